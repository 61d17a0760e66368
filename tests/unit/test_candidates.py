import pytest

from rag.articles import StoredPassage
from rag.candidates import candidates_of
from rag.protocols import PassageReading, ReadSpan
from rag.retriever import RetrievedPassage

ARTICLE = "The halt began on Friday. It ends on Sunday, officials said."


def retrieved(passage_id: int, start: int, end: int) -> RetrievedPassage:
    passage = StoredPassage(
        id=passage_id,
        article_id=1,
        version=1,
        title="A halt",
        source="halt.txt",
        url=None,
        published=None,
        text=ARTICLE[start:end],
        start=start,
        end=end,
    )
    return RetrievedPassage(passage=passage, score=0.1, dense_rank=1, dense_score=0.5, lexical_rank=None)


def test_spans_are_told_in_the_offsets_of_the_article():
    second = retrieved(2, 26, 60)
    at = second.passage.text.index("Sunday")
    (candidate,) = candidates_of([second], [PassageReading((ReadSpan(at, at + 6, 9.0),), 2.0)])
    assert ARTICLE[candidate.start : candidate.end] == candidate.text == "Sunday"
    assert candidate.margin == pytest.approx(7.0)


def test_a_span_that_two_overlapping_passages_hold_comes_once_with_its_larger_margin():
    whole, second = retrieved(1, 0, 60), retrieved(2, 26, 60)
    readings = [
        PassageReading((ReadSpan(37, 43, 5.0),), 1.0),
        PassageReading((ReadSpan(11, 17, 9.0),), 1.0),
    ]
    (candidate,) = candidates_of([whole, second], readings)
    assert (candidate.rank, candidate.margin) == (2, 8.0)


def test_passages_without_spans_give_no_candidates():
    assert candidates_of([retrieved(1, 0, 60)], [PassageReading((), 3.0)]) == []
