"""Span search against a double loop."""

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from rag.span_scoring import TokenSpan, best_spans, null_score

# Few distinct values, so that ties are common.
LOGITS = st.integers(-8, 8).map(lambda value: value / 2)


@st.composite
def windows(draw: st.DrawFn) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
    length = draw(st.integers(1, 24))
    starts = draw(arrays.arrays(np.float32, length, elements=LOGITS))
    ends = draw(arrays.arrays(np.float32, length, elements=LOGITS))
    return starts, ends, draw(arrays.arrays(np.bool_, length))


def obvious_best_spans(
    starts: npt.NDArray[np.float32],
    ends: npt.NDArray[np.float32],
    allowed: npt.NDArray[np.bool_],
    max_span_tokens: int,
    top_spans: int,
) -> list[TokenSpan]:
    found = [
        TokenSpan(first, last, float(starts[first]) + float(ends[last]))
        for first in range(len(starts))
        for last in range(first, min(first + max_span_tokens, len(starts)))
        if allowed[first] and allowed[last]
    ]
    return sorted(found, key=lambda span: (-span.score, span.first, span.last))[:top_spans]


@given(window=windows(), max_span_tokens=st.integers(1, 30), top_spans=st.integers(1, 40))
def test_best_spans_are_those_of_the_double_loop(
    window: tuple[npt.NDArray[np.float32], npt.NDArray[np.float32], npt.NDArray[np.bool_]],
    max_span_tokens: int,
    top_spans: int,
) -> None:
    starts, ends, allowed = window
    found = best_spans(starts, ends, allowed=allowed, max_span_tokens=max_span_tokens, top_spans=top_spans)
    assert found == obvious_best_spans(starts, ends, allowed, max_span_tokens, top_spans)


def test_null_score_is_read_off_the_first_position() -> None:
    starts, ends = np.array([1.5, 9, 9], dtype=np.float32), np.array([2.25, 9, 9], dtype=np.float32)
    assert null_score(starts, ends) == 3.75


def test_the_better_of_two_spans_comes_first() -> None:
    starts, ends = np.array([0, 1, 3], dtype=np.float32), np.array([0, 1, 2], dtype=np.float32)
    allowed = np.array([False, True, True])
    found = best_spans(starts, ends, allowed=allowed, max_span_tokens=1, top_spans=2)
    assert found == [TokenSpan(2, 2, 5.0), TokenSpan(1, 1, 2.0)]
