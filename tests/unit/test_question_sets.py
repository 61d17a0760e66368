"""Reading question sets: what is malformed is named by its line, and the rest is read."""

import json
from pathlib import Path

import pytest

from rag.errors import DataError
from rag.evaluation.question_sets import load_question_set, read_question_set

SOUND = {"id": "a", "question": "who?", "answers": ["Ada"], "answerable": True, "article": "a.txt", "type": "who"}


def written(folder: Path, *lines: bytes | dict[str, object]) -> Path:
    path = folder / "set.jsonl"
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines))
    return path


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "malformed"),
        (b'"text"', "it is no JSON object"),
        (b"\xff\xfe{}", "malformed"),
        (b"[" * 100_000, "nested too deeply"),
        ({**SOUND, "answers": "Ada"}, "answers is no list"),
        ({**SOUND, "answers": [" "]}, "answers is no text, or an empty one"),
        ({**SOUND, "question": ""}, "question is no text, or an empty one"),
        ({**SOUND, "question": "who \ud800?"}, "surrogates not allowed"),
        ({**SOUND, "id": 7}, "id is no text, or an empty one"),
        ({**SOUND, "also": [None]}, "also is no text, or an empty one"),
        ({**SOUND, "follows": 1}, "follows is no text, or an empty one"),
        ({**SOUND, "answerable": False}, "answerable does not agree with answers"),
        ({"id": "b", "question": "who?", "answerable": True}, "there is no 'answers'"),
        (SOUND, "repeats the id a"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_read(tmp_path, line, reason):
    path = written(tmp_path, SOUND, b"  ", line, {**SOUND, "id": "c"})
    questions, faults = read_question_set(path)
    assert [(one.set, one.place, one.expected.id) for one in questions] == [
        ("set", "set.jsonl, line 1", "a"),
        ("set", "set.jsonl, line 4", "c"),
    ]
    (fault,) = faults
    assert fault.place == "set.jsonl, line 3"
    assert reason in fault.reason
    with pytest.raises(DataError, match=r"set\.jsonl, line 3"):
        load_question_set(path)


def test_a_line_separator_inside_a_text_ends_no_line(tmp_path):
    path = written(tmp_path, json.dumps({**SOUND, "question": "who\u2028\x85now?"}, ensure_ascii=False).encode())
    assert [one.question for one in load_question_set(path)] == ["who\u2028\x85now?"]


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault(tmp_path):
    path = tmp_path / "set.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(SOUND).encode() + b"\r\n")
    assert len(load_question_set(path)) == 1


def test_what_is_not_said_has_its_default(tmp_path):
    (read,) = load_question_set(written(tmp_path, {"id": "a", "question": "who?", "answers": [], "answerable": False}))
    assert (read.article, read.also, read.type, read.follows, read.standalone) == (None, (), "what", None, "who?")
    assert not read.is_answerable
    assert read.answering_articles == set()


def test_a_missing_file_and_a_folder_are_data_errors(tmp_path):
    for path in (tmp_path / "none.jsonl", tmp_path):
        with pytest.raises(DataError, match="cannot be read"):
            read_question_set(path)
