"""Inferring when an article was published."""

from datetime import date
from pathlib import Path

import pytest

from rag.articles import DateCertainty
from rag.times.publication import infer_published

ADDED = date(2026, 11, 23)
SEED = next((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def test_the_nearest_year_in_which_the_weekday_fits_wins() -> None:
    inferred = infer_published(SEED.read_text(encoding="utf-8"), added=ADDED)
    assert inferred is not None
    assert (inferred.day, inferred.certainty) == (date(2026, 2, 1), DateCertainty.LIKELY)


def test_several_days_must_fit_the_same_year() -> None:
    text = "It began on Friday, January 30th, and ends on Sunday, February 1st. On Monday, 3 March nothing happened."
    inferred = infer_published(text, added=ADDED)
    assert inferred is not None
    assert inferred.day == date(2026, 2, 1)


def test_a_year_far_away_is_unsure() -> None:
    inferred = infer_published("It ends on Sunday, February 1st.", added=date(2029, 6, 1))
    assert inferred is not None
    assert inferred.certainty is DateCertainty.UNSURE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It ends on Sunday.",
        "It ends on February 1st.",
        "It ended on Sunday, February 1st, 2015.",
        "Since 1998 nothing has changed; on 12/03/2026 it may.",
        "It ends on Sunday, February 30th.",
    ],
)
def test_nothing_is_invented(text: str) -> None:
    assert infer_published(text, added=ADDED) is None


def test_the_edges_of_the_calendar_break_nothing() -> None:
    for added in (date.min, date.max):
        infer_published("It ends on Sunday, February 29th.", added=added)
