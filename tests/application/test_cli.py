"""The command as a person runs it: a subprocess, its streams and its exit code."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from rag.settings import Settings

SEED = "000_eca062e3c27de5b0.txt"
TRUCE = "when does the truce end?"


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


Run = Callable[..., Ran]


def run_pullquote(*arguments: object, library: Path | None = None, **environment: str) -> Ran:
    """Run the installed command without a terminal; article text may hold any bytes."""
    chosen = [] if library is None else ["--library", str(library)]
    done = subprocess.run(
        [Path(sys.executable).with_name("pullquote"), *chosen, *map(str, arguments)],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        timeout=120,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def sample(sample_settings: Settings) -> Path:
    """A library that holds the sample article; only read."""
    return sample_settings.library


@pytest.fixture
def own(sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample library that a test may change."""
    return Path(shutil.copytree(sample, tmp_path / "own"))


def one_sentence(ran: Ran) -> str:
    """Return what stderr says, which must be one line without a traceback."""
    assert "Traceback" not in ran.err
    (said,) = ran.err.strip().splitlines()
    return said


def test_the_main_question_is_answered_with_the_words_of_the_article(sample, seed_text):
    ran = run_pullquote("ask", TRUCE, "--json", library=sample)
    answer = ran.json["answer"]
    citation = answer["citation"]
    assert ran.code == 0
    assert "February 1st" in answer["text"]
    assert seed_text[citation["start"] : citation["end"]] == answer["text"]
    sentence = citation["sentence"]
    assert seed_text[sentence["start"] : sentence["end"]] == sentence["text"]
    assert answer["text"] in sentence["text"]
    assert (citation["source"], citation["version"], answer["sources"]) == (SEED, 1, 1)


def test_the_answer_has_the_shape_that_the_design_gives(sample):
    answered = run_pullquote("ask", TRUCE, "--json", library=sample).json
    assert list(answered) == ["question", "query", "answered", "answer", "also_reported", "abstention", "trace"]
    assert list(answered["answer"]) == [
        *("text", "confidence", "resolved", "citation", "sources", "speaker", "hedge", "relation")
    ]
    assert list(answered["answer"]["resolved"]) == [
        *("start", "end", "granularity", "kind", "value", "anchor", "rule", "tense")
    ]
    assert list(answered["trace"]["timings_ms"]) == ["encode", "search", "read", "total"]
    assert list(answered["trace"]["hits"][0]) == [
        *("article_id", "start", "end", "dense_rank", "lexical_rank", "score", "span_score", "null_score")
    ]


def test_a_person_reads_the_quotation_its_sentence_and_where_it_stands(sample):
    ran = run_pullquote("ask", TRUCE, library=sample)
    assert ran.code == 0
    assert ran.out.startswith("“")
    assert "% sure" in ran.out
    assert "Putin halts Kyiv bombing" in ran.out
    assert "pullquote show 1 --span " in ran.out
    assert ran.err == ""


@pytest.mark.parametrize("question", ["who is the german chancellor?", "how many people died in the attack?"])
def test_what_the_articles_do_not_say_is_said_so_with_the_reason(sample, question):
    ran = run_pullquote("ask", question, "--json", library=sample)
    assert ran.code == 1
    assert ran.json["answer"] is None
    assert ran.json["abstention"]["reason"] in {"nothing_found", "nothing_answers", "not_sure"}
    assert run_pullquote("ask", question, library=sample).out.startswith("The articles do not say.")


def test_all_shows_what_was_read(sample):
    ran = run_pullquote("ask", TRUCE, "--all", library=sample)
    assert "What was read" in ran.out
    assert "by meaning rank 1" in ran.out


def test_a_filter_that_no_article_passes_finds_nothing(sample):
    ran = run_pullquote("ask", TRUCE, "--source", "elsewhere", "--json", library=sample)
    assert (ran.code, ran.json["abstention"]["reason"]) == (1, "nothing_found")


def test_confidence_moves_the_operating_point(sample):
    assert run_pullquote("ask", TRUCE, "--min-confidence", "1", library=sample).code == 1
    assert run_pullquote("ask", TRUCE, "--min-confidence", "0", library=sample).code == 0


@pytest.mark.parametrize("question", ["", "   \n ", "x" * 100_000, "when \udcff"])
def test_a_question_that_cannot_be_read_is_a_usage_error(sample, question):
    ran = run_pullquote("ask", question, library=sample)
    assert ran.code == 2
    assert one_sentence(ran).startswith("pullquote: The question")


@pytest.mark.parametrize(
    "question",
    [
        "когда закончится перемирие?",
        "متى تنتهي الهدنة؟",
        "休战何时结束？",
        "🕊️❓",
        "[bold]who[/bold] \x1b[31masked?",
        "%s {0} \\ ' \" ; --",
    ],
)
def test_any_script_and_any_characters_make_a_question(sample, question):
    ran = run_pullquote("ask", question, "--json", library=sample)
    assert ran.code in {0, 1}
    assert ran.json["question"] == question
    assert "\x1b" not in ran.out


def test_adding_again_changes_nothing_and_an_edit_makes_a_version(tmp_path):
    library, folder = tmp_path / "library", tmp_path / "news"
    folder.mkdir()
    story = folder / "toll.txt"
    story.write_text("Toll rises\n\nThe toll rises to four euros on 3 May 2026, the council said.")
    counts = {"added": 1, "updated": 0, "unchanged": 0}
    first = run_pullquote("add", folder, "--json", library=library).json
    assert {name: first[name] for name in counts} == counts
    assert run_pullquote("add", folder, library=library).out == "0 added, 0 updated, 1 unchanged, 0 refused.\n"
    story.write_text("Toll rises\n\nThe toll rises to five euros on 3 May 2026, the council said.")
    assert run_pullquote("add", folder, library=library).out == "0 added, 1 updated, 0 unchanged, 0 refused.\n"
    assert "five" in run_pullquote("ask", "how much is the toll?", "--min-confidence", "0", library=library).out
    (summary,) = run_pullquote("articles", "--json", library=library).json
    assert (summary["version"], summary["source"]) == (2, "toll.txt")
    assert "four euros" in run_pullquote("show", summary["id"], "--version", "1", library=library).out


def test_one_refused_file_never_stops_the_rest(tmp_path):
    library, folder = tmp_path / "library", tmp_path / "news"
    folder.mkdir()
    (folder / "a-empty.txt").write_text("")
    (folder / "b-binary.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "c-good.txt").write_text("A good story\n\nThe museum opens on Monday.")
    ran = run_pullquote("add", folder, "--json", library=library)
    assert ran.code == 0
    assert (ran.json["added"], [refused["source"] for refused in ran.json["refused"]]) == (
        1,
        ["a-empty.txt", "b-binary.txt"],
    )
    assert all(refused["reason"] and refused["remedy"] for refused in ran.json["refused"])
    assert ran.err.count("refused") >= 2


def test_adding_only_what_cannot_be_read_is_a_usage_error(tmp_path):
    ran = run_pullquote("add", tmp_path / "nowhere", library=tmp_path / "library")
    assert ran.code == 2
    assert "nowhere" in one_sentence(ran)


def test_a_dry_run_stores_nothing(tmp_path, seed_folder):
    library = tmp_path / "library"
    ran = run_pullquote("add", seed_folder, "--dry-run", library=library)
    assert ran.out == "1 added, 0 updated, 0 unchanged, 0 refused. Nothing was stored: this was a dry run.\n"
    assert run_pullquote("articles", "--json", library=library).json == []


def test_a_given_date_and_source_are_shown_and_filter(tmp_path, seed_folder):
    library = tmp_path / "library"
    run_pullquote("add", seed_folder, "--published", "2026-01-30", "--source", "wire", library=library)
    citation = run_pullquote("ask", TRUCE, "--json", library=library).json["answer"]["citation"]
    assert (citation["published"], citation["source"]) == ("2026-01-30", f"wire/{SEED}")
    assert run_pullquote("ask", TRUCE, "--since", "2026-01-31", library=library).code == 1
    assert run_pullquote("ask", TRUCE, "--as-of", "2026-01-29", library=library).code == 1
    assert run_pullquote("ask", TRUCE, "--as-of", "2026-01-30", "--source", "wire", library=library).code == 0


def test_the_time_in_the_answer_is_told_in_the_calendar_as_of_the_day_asked_for(tmp_path, seed_folder):
    library = tmp_path / "library"
    run_pullquote("add", seed_folder, "--published", "2026-01-30", library=library)
    assert "  = Sunday 1 February 2026 (past)\n" in run_pullquote("ask", TRUCE, library=library).out
    then = run_pullquote("ask", TRUCE, "--as-of", "2026-01-31", library=library)
    assert "  = Sunday 1 February 2026 (coming)\n" in then.out


def test_a_date_that_is_inferred_is_marked(sample):
    (summary,) = run_pullquote("articles", "--json", library=sample).json
    assert (summary["published"][5:], summary["published_origin"]) == ("02-01", "inferred")
    assert f"{summary['published']}?" in run_pullquote("articles", library=sample).out
    assert "published about" in run_pullquote("ask", TRUCE, library=sample).out


def test_show_marks_the_cited_span(sample):
    citation = run_pullquote("ask", TRUCE, "--json", library=sample).json["answer"]["citation"]
    span = f"{citation['start']}:{citation['end']}"
    shown = run_pullquote("show", citation["article_id"], "--span", span, library=sample)
    assert "February 1st«" in shown.out
    as_json = run_pullquote("show", citation["article_id"], "--span", span, "--json", library=sample).json
    assert as_json["span"]["text"] == as_json["text"][citation["start"] : citation["end"]]


@pytest.mark.parametrize("span", ["5", "a:b", "9:3", "0:99999999", "-1:4"])
def test_a_span_that_is_none_is_a_usage_error(sample, span):
    assert run_pullquote("show", "1", f"--span={span}", library=sample).code == 2


def test_a_removed_article_is_not_found_again_and_the_rest_stays(own):
    assert run_pullquote("remove", "1", "7", library=own).code == 2
    assert run_pullquote("ask", TRUCE, library=own).code == 0
    assert run_pullquote("remove", "1", library=own).out.startswith("Removed 1: Putin halts")
    ran = run_pullquote("ask", TRUCE, "--json", library=own)
    assert (ran.code, ran.json["abstention"]["reason"]) == (1, "nothing_found")
    assert run_pullquote("show", "1", library=own).code == 2


def test_text_of_articles_never_steers_the_terminal(tmp_path):
    library, story = tmp_path / "library", tmp_path / "bold[red].txt"
    story.write_text(
        "[/bold] \x1b]0;owned\x07 headline\n\nThe vault was opened by [link=x]Ada Ray[/link] \x1b[2J on Monday."
    )
    assert run_pullquote("add", story, library=library).code == 0
    for arguments in (["articles"], ["show", "1"], ["ask", "who opened the vault?", "--min-confidence", "0", "--all"]):
        ran = run_pullquote(*arguments, library=library)
        assert ran.code == 0
        assert "\x1b" not in ran.out + ran.err
        assert "[/bold]" in ran.out


def test_a_missing_library_names_the_command_that_makes_one(tmp_path):
    ran = run_pullquote("ask", TRUCE, library=tmp_path / "none")
    assert ran.code == 3
    assert "pullquote add" in one_sentence(ran)


def test_a_library_of_another_embedder_is_refused(own):
    ran = run_pullquote("ask", TRUCE, library=own, PULLQUOTE_EMBEDDER__MODEL="/nowhere/model")
    assert ran.code in {3, 4}
    assert "/nowhere/model" in one_sentence(ran)


def test_a_wrong_setting_is_refused_by_its_name(sample):
    ran = run_pullquote("ask", TRUCE, library=sample, PULLQUOTE_READER__TOP_K="0")
    assert ran.code == 3
    assert "PULLQUOTE_READER__TOP_K" in one_sentence(ran)


def test_doctor_finds_nothing_wrong_with_a_sound_installation(sample):
    ran = run_pullquote("doctor", "--json", library=sample)
    assert ran.code == 0
    assert {check["severity"] for check in ran.json} == {"ok"}
    assert "ok" in run_pullquote("doctor", library=sample).out


def test_doctor_names_what_is_wrong_and_its_remedy(tmp_path):
    (tmp_path / "library.sqlite").write_text("not a library")
    ran = run_pullquote("doctor", "--json", library=tmp_path)
    (wrong,) = [check for check in ran.json if check["severity"] != "ok"]
    assert ran.code == 3
    assert wrong["name"] == "library"
    assert wrong["remedy"]


def test_config_shows_settings_and_their_path(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text("[reader]\ntop_k = 4\n")
    assert run_pullquote("config", "show", "--json", PULLQUOTE_CONFIG=str(path)).json["reader"]["top_k"] == 4
    assert run_pullquote("config", "path", PULLQUOTE_CONFIG=str(path)).out.strip() == str(path)


def test_help_and_completion_import_nothing_heavy():
    script = (
        "import sys\nsys.argv = ['pullquote', '--help']\n"
        "from tui.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'onnxruntime', 'faiss', 'torch', 'textual', 'fastapi', 'tokenizers', 'pydantic'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert run_pullquote("--show-completion", _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1").code in {0, 2}


def test_asking_imports_no_torch(sample):
    script = (
        f"import sys\nsys.argv = ['pullquote', '--library', {str(sample)!r}, 'ask', {TRUCE!r}]\n"
        "from tui.cli import main\n"
        "try:\n    main()\nexcept SystemExit as ended:\n    assert ended.code == 0\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'textual', 'fastapi', 'sklearn', 'tiktoken'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
