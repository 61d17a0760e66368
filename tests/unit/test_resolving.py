"""Resolving spans: anchors, ambiguity, tense, and input that is wrong."""

from datetime import date

import pytest

from rag.answers import ResolvedTime, Tense, TimeKind
from rag.times.resolving import resolve_span, tense_at

PUBLISHED = "2026-01-30"


def resolve(text: str, expression: str, published: str | None = PUBLISHED, **options) -> ResolvedTime | None:
    start = text.index(expression)
    return resolve_span(text, start, start + len(expression), published=published, **options)


def test_a_resolved_time_tells_how_it_came_about() -> None:
    found = resolve("The truce ends on Sunday, he said.", "Sunday", clock=date(2026, 2, 2))
    assert found == ResolvedTime(
        start="2026-02-01",
        end="2026-02-01",
        granularity="day",
        kind=TimeKind.DATE,
        value="2026-02-01",
        anchor=PUBLISHED,
        rule="the coming one",
        tense=Tense.PAST,
    )


def test_what_is_ambiguous_is_an_interval() -> None:
    found = resolve("The meeting of Wednesday.", "Wednesday")
    assert found is not None
    assert (found.start, found.end, found.value) == ("2026-01-28", "2026-02-04", "XXXX-WXX-3")


def test_words_around_a_span_tell_its_day() -> None:
    text = "The truce lasts until Sunday, February 1st."
    for part in ("Sunday", "Sunday, February 1st", "until Sunday, February 1st.", "February 1st"):
        found = resolve(text, part)
        assert found is not None
        assert found.start == "2026-02-01"


def test_an_inferred_publication_tells_the_year_and_no_day() -> None:
    text = "He said on Friday that it ends on Sunday, February 1st. It was signed yesterday."
    ends = resolve(text, "Sunday, February 1st", published="2026-02-01", is_exact=False)
    assert ends is not None
    assert ends.start == "2026-02-01"
    assert resolve(text, "Friday", published="2026-02-01", is_exact=False) is None
    assert resolve(text, "yesterday", published="2026-02-01", is_exact=False) is None


@pytest.mark.parametrize(
    "expression",
    [
        "30 February 2027",
        "February 30th",
        "31 November",
        "05/06/2024",
        "32/13/2026",
        "the year 0",
        "0000-00-00",
        "2026-02-30",
        "3 Ramadan 1447",
        "1 Farvardin 1405",
        "18:00 Zembla time on 3 May 2026",
        "Friday, February 1st, 2026",
        "99999999999999999999 years ago",
        "nine thousand years ago",
        "the 99th century",
        "31 ½ GMT",
    ],
)
def test_what_no_calendar_holds_is_not_told(expression: str) -> None:
    found = resolve(f"It is dated {expression}, they said.", expression)
    assert found is None or found.start is None or not found.start.startswith("20")


@pytest.mark.parametrize(
    ("expression", "start"),
    [
        ("13/12/2025", "2025-12-13"),
        ("12/13/2025", "2025-12-13"),
        ("01.02.26", "2026-02-01"),
        ("'98", "1998-01-01"),
        ("the year 9999", "9999-01-01"),
        ("31 December 9999", "9999-12-31"),
        ("29 February 2028", "2028-02-29"),
    ],
)
def test_odd_dates_are_told_where_only_one_is_meant(expression: str, start: str) -> None:
    found = resolve(f"It is dated {expression}, they said.", expression)
    assert found is not None
    assert found.start == start


@pytest.mark.parametrize("published", ["9999-12-31", "0001-01-01"])
@pytest.mark.parametrize("expression", ["next year", "in three weeks", "last decade", "tomorrow", "Friday", "winter"])
def test_the_edges_of_the_calendar_break_nothing(published: str, expression: str) -> None:
    resolve(f"It will end {expression}.", expression, published=published)


@pytest.mark.parametrize("published", ["", "soon", "2026-13-45", "12/03/2026", "\u0662\u0660\u0662\u0666-01-01"])
def test_a_publication_date_that_is_none_anchors_nothing(published: str) -> None:
    assert resolve("He resigned yesterday.", "yesterday", published=published) is None


def test_an_article_from_the_future_is_its_own_anchor() -> None:
    found = resolve("He resigned yesterday.", "yesterday", published="2031-01-01", clock=date(2026, 1, 1))
    assert found is not None
    assert (found.start, found.tense) == ("2030-12-31", Tense.COMING)


def test_a_span_of_any_length_is_read_at_once() -> None:
    text = "The toll rises on 1 May 2026. " + "And so on and so forth. " * 5_000
    found = resolve_span(text, 0, len(text), published=PUBLISHED)
    assert found is not None
    assert found.start == "2026-05-01"
    assert resolve_span("word " * 20_000, 0, 100_000, published=PUBLISHED) is None
    assert resolve_span("", 0, 0, published=None) is None


def test_tense_is_told_by_the_clock() -> None:
    assert tense_at("2026-02-01", "2026-02-07", date(2026, 1, 31)) is Tense.COMING
    assert tense_at("2026-02-01", "2026-02-07", date(2026, 2, 1)) is Tense.PRESENT
    assert tense_at("2026-02-01T10:00Z", "2026-02-01T10:00Z", date(2026, 2, 2)) is Tense.PAST
    assert tense_at(None, None, date(2026, 2, 2)) is None


def test_of_two_times_in_one_span_none_is_taken() -> None:
    text = "It began at six on Friday 5 September and ends at sunset on Monday 15 September."
    assert resolve_span(text, 12, len(text) - 1, published="2025-09-04") is None
    found = resolve("It opened in March 2026 or so, on 3 March 2026.", "March 2026 or so, on 3 March 2026")
    assert found is not None
    assert (found.start, found.end) == ("2026-03-01", "2026-03-31")
