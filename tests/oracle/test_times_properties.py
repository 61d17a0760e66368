"""Whatever words of time stand side by side, they are read or left, and what is told is in order."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from rag.times.expressions import time_expressions
from rag.times.resolving import resolve_span
from rag.times.vocabulary import WORDS

FIGURES = [
    "3",
    "31",
    "1998",
    "'98",
    "2.5",
    "1,000",
    "10:30",
    "5 p.m.",
    "0",
    "2026-02-31",
    "13/13/2026",
    "\u00bd",
    "00s",
]
OTHERS = ["said", "the", "(", ")", "%", "$", "\u0663", "\u00b2", "Easter", "Kyiv", "time", "ending", "past", "half"]
words_of_time = st.lists(st.sampled_from([*sorted(WORDS), *FIGURES, *OTHERS]), min_size=1, max_size=8)
publications = st.none() | st.dates().map(date.isoformat)


@settings(max_examples=300, deadline=None)
@given(words=words_of_time, joint=st.sampled_from([" ", "-", ", ", ""]), published=publications, is_exact=st.booleans())
def test_any_words_of_time_are_read_or_left(
    words: list[str], joint: str, published: str | None, is_exact: bool
) -> None:
    span = joint.join(words)
    text = f"It was said that {span}."
    start = len("It was said that ")
    found = resolve_span(text, start, start + len(span), published=published, is_exact=is_exact, clock=date(2026, 1, 1))
    assert found is None or (found.start is None) == (found.end is None) == (found.tense is None)
    if found is not None and found.start is not None and found.end is not None:
        assert found.start[:10] <= found.end[:10]


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=300) | words_of_time.map(" ".join))
def test_expressions_are_slices_in_order(text: str) -> None:
    ends = 0
    for found in time_expressions(text):
        assert ends <= found.start < found.end <= len(text)
        ends = found.end
