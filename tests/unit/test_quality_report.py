"""What `make eval` does beside asking: data sets laid out as question sets, and docs/quality.md."""

import gzip
import json
from pathlib import Path

from rag.evaluation.quality import OWN_RUNS, markdown_of, write_data_run
from rag.evaluation.validate import validated
from tests.unit.evaluated import report_of

ROOT = Path(__file__).parent.parent.parent


def written(path: Path, *, contexts: int) -> Path:
    """Write contexts of two articles, each with a question that has an answer and one that has none."""
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for number in range(contexts):
            text = f"Ada {number} won on Sunday."
            asked = [
                {"id": f"{number}-who", "question": "who won?", "answers": [{"text": f"Ada {number}", "start": 0}]},
                {"id": f"{number}-where", "question": "where?", "answers": []},
            ]
            context = {"source": "set", "title": f"Article {number % 2}", "context": text, "questions": asked}
            file.write(json.dumps(context) + "\n")
    return path


def test_a_data_set_becomes_sound_questions_over_a_library(tmp_path):
    run = write_data_run(written(tmp_path / "dev-some.jsonl.gz", contexts=6), tmp_path, limit=100)
    sound, faults = validated(run.questions, run.articles)
    assert (run.name, len(sound), faults) == ("dev-some", 12, [])
    assert {one.expected.article for one in sound} == {"set/Article_0.txt", "set/Article_1.txt"}
    assert sum(one.expected.is_answerable for one in sound) == 6


def test_a_large_data_set_is_asked_in_part_spread_over_all_of_it(tmp_path):
    run = write_data_run(written(tmp_path / "dev-some.jsonl.gz", contexts=50), tmp_path, limit=7)
    ids = [one.expected.id for one in validated(run.questions, run.articles)[0]]
    assert 4 <= len(ids) <= 7
    assert int(ids[-1].split("-")[0]) > 40


def test_the_projects_own_runs_name_what_is_there():
    for run in OWN_RUNS:
        assert all((ROOT / path).exists() for path in (*run.questions, *run.articles))


def test_the_figures_stand_in_tables_with_when_and_how_they_were_measured():
    report = report_of()
    text = markdown_of([(OWN_RUNS[0], report)])
    assert "## sample\n\n`pullquote eval tests/questions/truce.jsonl --articles seeds`." in text
    assert report.made in text
    assert report.conditions.models["reader"][:12] in text
    assert "| citation exactness | 100.0 [100.0, 100.0] |" in text
    tables = [line for line in text.splitlines() if line.startswith("|")]
    assert all(line.endswith("|") for line in tables)
    assert report.conditions.settings["library"] not in text
