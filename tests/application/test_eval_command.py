"""``pullquote eval`` as a person runs it: a subprocess on the real parts, over a handful of questions."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.settings import Settings, load_settings

ROOT = Path(__file__).parent.parent.parent
PROGRAM = Path(sys.executable).with_name("pullquote")
SETTINGS = {"PULLQUOTE_READER__TOP_K": "3", "PULLQUOTE_ANSWER__MIN_CONFIDENCE": "0.35"}

QUESTIONS = (ROOT / "tests" / "questions" / "truce.jsonl").read_text(encoding="utf-8").splitlines()[:3]

Started = Callable[..., "subprocess.Popen[str]"]


def start(*arguments: object, **environment: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [PROGRAM, "eval", *map(str, arguments)],
        env={**os.environ, **SETTINGS, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def run(*arguments: object, **environment: str) -> tuple[int, str, str]:
    process = start(*arguments, **environment)
    out, err = process.communicate(timeout=120)
    assert "Traceback" not in err
    return process.returncode, out, err


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def reported(sample_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of three questions over the sample library, with its page beside it."""
    folder = tmp_path_factory.mktemp("reported")
    questions = written(folder / "truce.jsonl", *QUESTIONS)
    code, out, err = run(
        questions, "--library", sample_settings.library, "--out", folder / "a.json", "--html", folder / "a.html"
    )
    assert (code, err) == (0, "")
    assert "Asked: 3. Articles: 1." in out
    assert "citation exactness" in out
    return folder / "a.json"


def test_the_settings_of_a_report_are_the_products_own(reported, sample_settings, monkeypatch):
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    conditions = json.loads(reported.read_text())["conditions"]
    assert conditions["settings"] == load_settings(library=sample_settings.library).model_dump(mode="json")
    assert conditions["min_confidence"] == 0.35
    assert all(len(digest) == 64 for digest in conditions["models"].values())
    assert {"python", "pullquote", "onnxruntime"} <= conditions["versions"].keys()
    assert conditions["machine"]["cores"] >= 1


def test_the_answers_of_a_report_are_those_that_ask_gives(reported, sample_settings):
    first = json.loads(reported.read_text())["asked"][0]
    asked = subprocess.run(
        [PROGRAM, "ask", first["expected"]["question"], "--json", "--library", sample_settings.library],
        env={**os.environ, **SETTINGS},
        capture_output=True,
        check=False,
    )
    same, told = json.loads(asked.stdout), first["answer"]
    for one in (same, told):
        one["trace"].pop("timings_ms")
    assert same == told
    assert len(told["trace"]["hits"]) <= 3


def test_a_report_that_is_whole_is_shown_again_without_asking(reported, sample_settings):
    before = json.loads(reported.read_text())
    questions = reported.with_name("truce.jsonl")
    code, out, _ = run(questions, "--library", sample_settings.library, "--out", reported, "--json")
    assert code == 0
    assert json.loads(out)["asked"] == before["asked"]
    assert not json.loads(out)["is_partial"]


def test_two_reports_are_compared(reported):
    code, out, _ = run("--compare", reported, reported)
    assert code == 0
    assert "3 questions are in both reports" in out
    assert "p = 1" in out


def test_bad_lines_are_named_the_rest_runs_and_the_exit_code_tells(sample_settings, tmp_path):
    good = json.loads(QUESTIONS[0])
    lines = [
        {**good, "id": "elsewhere", "article": "elsewhere.txt"},
        {**good, "id": "wrong", "answers": ["never said \x1b[2J"]},
        {**good, "id": "long", "question": "why? " * 500},
    ]
    path = written(tmp_path / "set.jsonl", "{", QUESTIONS[0], QUESTIONS[0], *map(json.dumps, lines))
    code, out, err = run(path, "--library", sample_settings.library)
    assert code == 2
    assert "Asked: 1. Articles: 1." in out
    said = err.splitlines()
    assert len(said) == 5
    assert [f"set.jsonl, line {number}" in line for number, line in zip((1, 3, 4, 5, 6), said, strict=True)] == [
        True
    ] * 5
    assert "\x1b" not in err


def test_a_set_without_a_question_is_a_usage_error(sample_settings, tmp_path):
    path = written(tmp_path / "set.jsonl", "", "{")
    code, _, err = run(path, "--library", sample_settings.library)
    assert code == 2
    assert "There is no question to ask" in err


def test_arguments_that_do_not_fit_are_usage_errors(tmp_path, reported):
    assert run()[0] == 2
    assert run("--compare", reported, tmp_path / "none.json")[0] == 2


def test_articles_build_a_library_for_the_run_and_leave_the_persons_own_alone(tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    written(articles / "a.txt", "Halt ends", "", "The halt ends on Sunday, the ministry said.")
    written(articles / "b.txt", "")
    question = {
        "id": "a",
        "question": "When does the halt end?",
        "answers": ["Sunday", "on Sunday"],
        "answerable": True,
    }
    questions = written(tmp_path / "set.jsonl", json.dumps({**question, "article": "a.txt"}))
    own = tmp_path / "own"
    code, out, err = run(questions, "--articles", articles, "--json", PULLQUOTE_LIBRARY=str(own))
    assert code == 2
    assert "left out b.txt: b.txt is empty" in err
    assert json.loads(out)["conditions"]["library"]["articles"] == 1
    assert not own.exists()


def test_an_interrupted_run_leaves_a_partial_report(sample_settings, tmp_path):
    question = json.loads(QUESTIONS[0])
    lines = [json.dumps({**question, "id": f"q{number}"}) for number in range(3000)]
    path, out = written(tmp_path / "many.jsonl", *lines), tmp_path / "run.json"
    arguments = (path, "--library", sample_settings.library, "--out", out, "--html", tmp_path / "page.html")
    process = start(*arguments, PULLQUOTE_READER__TOP_K="1")
    assert process.stderr is not None
    assert process.stderr.readline() == "Asked 50 of 3,000 questions.\n"
    process.send_signal(signal.SIGINT)
    printed, _ = process.communicate(timeout=60)
    report = json.loads(out.read_text())
    assert process.returncode == 130
    assert "PARTIAL" in printed
    assert report["is_partial"]
    assert 50 <= len(report["asked"]) < report["total"] == 3000
    assert "PARTIAL" in (tmp_path / "page.html").read_text()
