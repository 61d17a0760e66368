"""Dates that an article states, and what is left unknown."""

from datetime import UTC, date, datetime

import pytest

from rag.loading.published_date import iso_date, published_in


@pytest.mark.parametrize(
    ("stated", "iso"),
    [
        ("2 May 2025", "2025-05-02"),
        ("May 2, 2025", "2025-05-02"),
        ("Friday, 2nd Sept. 2025", "2025-09-02"),
        (" 2025-05-02 ", "2025-05-02"),
        ("2026-02-03T11:20:00+01:00", "2026-02-03T11:20:00+01:00"),
        ("2026-02-03T11:20:00Z", "2026-02-03T11:20:00+00:00"),
        (date(2026, 3, 14), "2026-03-14"),
        (datetime(2026, 3, 14, 9, 30, tzinfo=UTC), "2026-03-14T09:30:00+00:00"),
    ],
)
def test_a_whole_date_becomes_iso(stated, iso):
    assert iso_date(stated) == iso


@pytest.mark.parametrize(
    "stated",
    [
        "12/03/2026",
        "03-12-2026",
        "May 2025",
        "2 May",
        "31 February 2026",
        "2026-13-01",
        "2026",
        2026,
        None,
        ["2026-01-01"],
    ],
)
def test_what_is_no_whole_or_plain_date_stays_unknown(stated):
    assert iso_date(stated) is None


@pytest.mark.parametrize(
    "line",
    [
        "Published: 14 March 2026",
        "First published on Saturday, 14 March 2026 at 10:30",
        "Date: 2026-03-14",
        "Saturday, 14 March 2026",
        "LISVIK, 14 March 2026 (Northern Wire) - Drivers will pay more.",
        "SANKT VERENA, Saturday 14 March 2026 – Drivers will pay more.",
        "Haldersund, March 14, 2026. Drivers will pay more.",
        "KHOSHRUD, Tarvan, 14 Mar. 2026 (Highland Press Service) - An earthquake",
        "By Hrvojka Tadin, Gradac, 14 March 2026",
    ],
)
def test_the_head_of_an_article_dates_it(line):
    assert published_in(f"A headline\n\n{line}\n\nText.") == "2026-03-14"


@pytest.mark.parametrize(
    "line",
    [
        "LISVIK, 14 March (Northern Wire) - Drivers will pay more.",
        "LISVIK, 12/03/2026 - Drivers will pay more.",
        "The night train will run again, the operator said on Monday, 13 April 2026. It will go three times a week.",
        "The truce ends on 14 March 2026.",
        "The minister, who resigned on 14 March 2026 - a Saturday - did not comment.",
        "The price has risen since 14 March 2026",
    ],
)
def test_a_date_in_the_story_does_not_date_the_article(line):
    assert published_in(f"A headline\n\n{line}") is None


def test_a_date_far_down_does_not_date_the_article():
    assert published_in("Headline\n" + "A paragraph.\n" * 10 + "Published: 14 March 2026") is None


def test_a_line_of_a_million_characters_is_no_matter():
    assert published_in("LISVIK " * 150_000 + "14 March 2026") is None
