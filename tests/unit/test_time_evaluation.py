"""The measure of time expressions, on a document by hand."""

import gzip
import json
from pathlib import Path

import pytest

from rag.evaluation.time_expressions import main, score_documents

TEXT = "He resigned on Friday. The talks took three weeks, and every Monday they met."


def timex(words: str, kind: str, value: str) -> dict[str, object]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words, "type": kind, "value": value}


DOCUMENT = {
    "id": "a",
    "document_time": "2026-02-01",
    "text": TEXT,
    "timex": [
        timex("Friday", "DATE", "2026-01-30"),
        timex("three weeks", "DURATION", "P2W"),
        timex("Monday", "SET", "XXXX-WXX-1"),
    ],
}


def test_scores_are_counts_over_expressions() -> None:
    scores = score_documents([DOCUMENT]).as_json()
    given = scores["value_accuracy_given"]
    assert (given["DATE"]["share"], given["DURATION"]["share"], given["TIME"]["of"]) == (1.0, 0.0, 0)
    assert (scores["expressions"], scores["found"]) == (3, 3)
    assert scores["strict_f1"] == pytest.approx(2 / 3)
    assert scores["relaxed_f1"] == 1.0
    assert scores["value_f1"] == pytest.approx(2 / 3)


def test_no_documents_score_nothing() -> None:
    assert score_documents([]).as_json()["value_f1"] == 0.0


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_files_are_read_packed_or_not(tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str]) -> None:
    line = json.dumps(DOCUMENT) + "\n\n"
    (tmp_path / "a.jsonl").write_text(line)
    with gzip.open(tmp_path / "b.jsonl.gz", "wt") as file:
        file.write(line)
    main([str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl.gz"), *options])
    printed = capsys.readouterr().out
    assert json.loads(printed)["expressions"] == 6 if options else printed.startswith("6 expressions")
