"""How a resolved time is put into words."""

import pytest

from rag.answers import ResolvedTime, Tense, TimeKind
from tui.calendar_words import calendar_words


def time_of(start: str | None, end: str | None, tense: Tense | None, kind: TimeKind = TimeKind.DATE) -> ResolvedTime:
    return ResolvedTime(
        start=start, end=end, granularity="day", kind=kind, value="P1W", anchor=None, rule="", tense=tense
    )


@pytest.mark.parametrize(
    ("resolved", "words"),
    [
        (time_of("2026-02-01", "2026-02-01", Tense.PAST), "Sunday 1 February 2026 (past)"),
        (time_of("2026-02-02", "2026-02-08", None), "Monday 2 February 2026 to Sunday 8 February 2026"),
        (time_of("2026-02-01T10:00Z", "2026-02-01T10:00Z", Tense.COMING), "Sunday 1 February 2026, 10:00Z (coming)"),
        (time_of("0843-01-01", "0843-01-01", None), "Thursday 1 January 843"),
        (time_of(None, None, None, TimeKind.DURATION), "P1W (duration)"),
    ],
)
def test_days_come_with_their_weekday_and_tense(resolved: ResolvedTime, words: str) -> None:
    assert calendar_words(resolved) == words
