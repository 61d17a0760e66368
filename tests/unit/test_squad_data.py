import gzip
import json
import logging
from pathlib import Path

import pytest

from rag.errors import DataError
from rag.evaluation.squad_data import read_contexts


def line(context: str = "Kyiv is cold.", answers: list[dict[str, object]] | None = None) -> str:
    question = {"id": "q1", "question": "Where?", "answers": answers or []}
    return json.dumps({"source": "news", "title": "Cold", "context": context, "questions": [question]})


def written(path: Path, *lines: str) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(f"{one}\n" for one in lines)
    return path


def test_contexts_come_in_order_with_their_questions(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl.gz", line(answers=[{"text": "Kyiv", "start": 0}]), line("Two."))
    first, second = read_contexts([path])
    assert (first.source, first.title, first.questions[0].answers[0].text) == ("news", "Cold", "Kyiv")
    assert (second.text, second.questions[0].answers) == ("Two.", ())


def test_a_file_that_is_not_packed_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(line() + "\n\n" + line() + "\n", encoding="utf-8")
    assert len(list(read_contexts([path]))) == 2


def test_offsets_count_code_points(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl.gz", line("❄️ 🥶 Kyiv", answers=[{"text": "Kyiv", "start": 5}]))
    (context,) = read_contexts([path])
    assert context.questions[0].answers[0].text == "Kyiv"


def test_an_answer_that_is_not_at_its_place_is_left_out_counted_and_reported(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    misplaced = [{"text": "Kyiv", "start": 3}, {"text": "Kyiv", "start": -13}, {"text": "", "start": 0}]
    mixed = written(tmp_path / "a.jsonl.gz", line(answers=[*misplaced, {"text": "cold", "start": 8}]))
    with caplog.at_level(logging.WARNING):
        (context,) = read_contexts([mixed])
    assert [answer.text for answer in context.questions[0].answers] == ["cold"]
    assert "a.jsonl.gz: 3 answers left out" in caplog.text


def test_a_question_that_loses_all_answers_does_not_become_unanswerable(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl.gz", line(answers=[{"text": "Kyiv", "start": 3}]))
    (context,) = read_contexts([path])
    assert context.questions == ()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="train-squad"):
        list(read_contexts([tmp_path / "train-squad.jsonl.gz"]))


@pytest.mark.parametrize("bad", ["{", "[]", '{"context": "x"}', line().replace('"Where?"', "7"), "null"])
def test_a_malformed_line_is_named_by_file_and_number(tmp_path: Path, bad: str) -> None:
    path = written(tmp_path / "a.jsonl.gz", line(), bad)
    with pytest.raises(DataError, match=r"a\.jsonl\.gz, line 2"):
        list(read_contexts([path]))


def test_a_file_cut_off_is_named_after_the_last_line_that_was_read(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl.gz", *(line(f"Context {number}.") for number in range(500)))
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(DataError, match=r"a\.jsonl\.gz, after line \d+"):
        list(read_contexts([path]))


def test_a_file_that_is_not_gzip_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_text("no gzip", encoding="utf-8")
    with pytest.raises(DataError, match=r"a\.jsonl\.gz, after line 0"):
        list(read_contexts([path]))
