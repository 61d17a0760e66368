"""Which spans of one passage are told apart."""

from rag.protocols import ReadSpan
from rag.reader import distinct_spans


def test_spans_that_overlap_a_better_one_are_dropped() -> None:
    whole, part, apart = ReadSpan(10, 30, 5.0), ReadSpan(18, 24, 4.0), ReadSpan(30, 33, 1.0)
    assert distinct_spans([apart, part, whole], top_spans=3) == (whole, apart)


def test_the_same_span_of_two_windows_keeps_its_best_score() -> None:
    assert distinct_spans([ReadSpan(1, 4, 2.0), ReadSpan(1, 4, 3.0)], top_spans=3) == (ReadSpan(1, 4, 3.0),)


def test_equal_scores_go_by_place() -> None:
    later, earlier = ReadSpan(8, 9, 1.0), ReadSpan(2, 3, 1.0)
    assert distinct_spans([later, earlier], top_spans=1) == (earlier,)


def test_no_more_than_asked_for_are_kept() -> None:
    spans = [ReadSpan(place, place + 1, -float(place)) for place in range(10)]
    assert distinct_spans(spans, top_spans=4) == tuple(spans[:4])
    assert distinct_spans([], top_spans=4) == ()
