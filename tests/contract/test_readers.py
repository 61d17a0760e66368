"""What the Reader promises, held by the one that ships with the package."""

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.assembly import MODELS
from rag.protocols import PassageReading, PassageText
from rag.reader import MAX_QUESTION_TOKENS, OnnxReader

SEED = next((Path(__file__).parents[2] / "seeds").glob("*.txt"))
QUESTION = "When does the truce end?"
PASSAGE = "The ceasefire is set to last for one week, ending on Sunday, February 1st, the Kremlin said."


@pytest.fixture(scope="module")
def reader() -> OnnxReader:
    return OnnxReader(MODELS / "reader", threads=2)


def read_one(reader: OnnxReader, question: str, text: str) -> PassageReading:
    (reading,) = reader.read(question, [PassageText("", text)])
    return reading


def best_text(reading: PassageReading, text: str) -> str:
    return text[reading.spans[0].start : reading.spans[0].end]


def test_the_best_span_answers_and_beats_null(reader: OnnxReader) -> None:
    reading = read_one(reader, QUESTION, PASSAGE)
    assert "February 1st" in best_text(reading, PASSAGE)
    assert reading.spans[0].score > reading.null_score


def test_null_beats_every_span_where_the_passage_does_not_answer(reader: OnnxReader) -> None:
    reading = read_one(reader, "Who won the hundred metres in Lisbon?", PASSAGE)
    assert reading.spans[0].score < reading.null_score


def test_readings_come_in_the_order_of_the_passages(reader: OnnxReader) -> None:
    texts = ["Bread needs flour.", PASSAGE, "", "The talks resume in Abu Dhabi."]
    readings = list(reader.read(QUESTION, [PassageText("", text) for text in texts]))
    assert readings == [read_one(reader, QUESTION, text) for text in texts]
    assert max(readings, key=lambda reading: reading.spans[0].score if reading.spans else -99.0) is readings[1]


def test_a_passage_reads_the_same_alone_and_in_any_batch(reader: OnnxReader) -> None:
    article = SEED.read_text(encoding="utf-8")
    passages = [PassageText("", text) for text in (PASSAGE, article, "Sunday.", article[:500])]
    forwards = list(reader.read(QUESTION, passages))
    backwards = list(reader.read(QUESTION, passages[::-1]))[::-1]
    assert forwards == backwards == [read_one(reader, QUESTION, passage.text) for passage in passages]


def test_who_stops_reading_does_not_wait_for_the_rest(reader: OnnxReader) -> None:
    passages = [PassageText("", PASSAGE)] * 60
    began = time.perf_counter()
    every = list(reader.read(QUESTION, passages))
    whole_s = time.perf_counter() - began
    began = time.perf_counter()
    reading = reader.read(QUESTION, passages)
    first = next(reading)
    reading.close()
    assert read_one(reader, QUESTION, PASSAGE) == first == every[0]
    assert time.perf_counter() - began < whole_s / 4


def test_no_passages_give_no_readings(reader: OnnxReader) -> None:
    assert list(reader.read(QUESTION, [])) == []


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\x00"])
def test_a_passage_without_a_token_has_no_spans(reader: OnnxReader, text: str) -> None:
    assert read_one(reader, QUESTION, text) == PassageReading((), 0.0)


def test_the_headline_tells_what_a_passage_is_about_and_is_never_quoted(reader: OnnxReader) -> None:
    passage = "It ends on Sunday, the ministry said. Schools open again the day after."
    question = "When does the strike at Torrhavn port end?"
    about, other = (
        next(reader.read(question, [PassageText(headline, passage)]))
        for headline in ("Strike at Torrhavn port goes on", "Truce in the Orlen valley holds")
    )
    assert best_text(about, passage) in {"Sunday", "on Sunday"}
    assert about.spans[0].score - about.null_score > other.spans[0].score - other.null_score
    assert all(0 <= span.start < span.end <= len(passage) for span in about.spans)


def test_a_passage_that_begins_with_its_headline_is_read_as_it_stands(reader: OnnxReader) -> None:
    (headed,) = reader.read(QUESTION, [PassageText(PASSAGE[:20], PASSAGE)])
    assert headed == read_one(reader, QUESTION, PASSAGE)


def test_a_headline_of_any_length_leaves_room_for_the_passage(reader: OnnxReader) -> None:
    (headed,) = reader.read(QUESTION, [PassageText("Truce " * 5000, PASSAGE)])
    assert best_text(headed, PASSAGE) in {"Sunday", "February 1st", "Sunday, February 1st"}


def test_an_answer_is_found_wherever_it_stands_in_a_long_passage(reader: OnnxReader) -> None:
    filler = "The mayor opened a new library in the old town and thanked the builders. " * 40
    fact = "The truce ends on Sunday, the Kremlin said. "
    for text in (fact + filler, filler + fact, filler + fact + filler):
        assert best_text(read_one(reader, QUESTION, text), text) in {"Sunday", "on Sunday"}


def test_spans_are_limited_in_number_and_length_and_do_not_overlap() -> None:
    short = OnnxReader(MODELS / "reader", threads=2, max_span_tokens=2, spans_per_passage=5)
    reading = read_one(short, QUESTION, PASSAGE)
    assert 1 <= len(reading.spans) <= 5
    assert all(len(PASSAGE[span.start : span.end].split()) <= 2 for span in reading.spans)
    ordered = sorted(reading.spans, key=lambda span: span.start)
    assert all(one.end <= other.start for one, other in pairwise(ordered))
    scores = [span.score for span in reading.spans]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("passage", "answer"),
    [
        ("🕊️🇺🇦👩‍👩‍👧 The truce ends on Sunday 🕊️, they said.", "Sunday"),
        ("The café’s truce — so José Müller‑Peña — ends on Sunday…", "Sunday"),
        ("TRUCE\r\n\r\nThe truce\u00a0ends on\u2028Sunday.", "Sunday"),
    ],
)
def test_offsets_count_code_points_of_the_passage(reader: OnnxReader, passage: str, answer: str) -> None:
    assert answer in best_text(read_one(reader, QUESTION, passage), passage)


def test_a_span_keeps_the_accent_of_its_last_letter(reader: OnnxReader) -> None:
    passage = "The truce was signed in the cafe\u0301."
    assert best_text(read_one(reader, "Where was the truce signed?", passage), passage).endswith("cafe\u0301")


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=60) | st.text("aé́ا🙂 .'日\u200d\x00", max_size=60))
def test_spans_of_any_text_lie_inside_it_and_carry_no_space(reader: OnnxReader, text: str) -> None:
    for span in read_one(reader, QUESTION, text).spans:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]


def test_a_long_question_is_cut_and_still_read(reader: OnnxReader) -> None:
    question = QUESTION + " please tell" * 50_000
    assert len(question) > 100_000
    assert reader.count_question_tokens(question) > MAX_QUESTION_TOKENS
    assert read_one(reader, question, PASSAGE).spans


@pytest.mark.parametrize("question", ["", " ", "🙂", "متى تنتهي الهدنة؟"])
def test_any_question_is_read(reader: OnnxReader, question: str) -> None:
    assert read_one(reader, question, PASSAGE).spans
