"""Units of the calendar."""

from datetime import date

import pytest

from rag.times.stretches import Stretch, Unit, months_later


@pytest.mark.parametrize(
    ("unit", "value", "first", "last"),
    [
        (Unit.DAY, "2026-01-31", "2026-01-31", "2026-01-31"),
        (Unit.WEEKEND, "2026-W05-WE", "2026-01-31", "2026-02-01"),
        (Unit.WEEK, "2026-W05", "2026-01-26", "2026-02-01"),
        (Unit.MONTH, "2026-01", "2026-01-01", "2026-01-31"),
        (Unit.QUARTER, "2026-Q1", "2026-01-01", "2026-03-31"),
        (Unit.SEASON, "2025-WI", "2025-12-01", "2026-02-28"),
        (Unit.HALF, "2026-H1", "2026-01-01", "2026-06-30"),
        (Unit.YEAR, "2026", "2026-01-01", "2026-12-31"),
        (Unit.DECADE, "202", "2020-01-01", "2029-12-31"),
        (Unit.CENTURY, "20", "2000-01-01", "2099-12-31"),
    ],
)
def test_a_unit_holds_its_day(unit: Unit, value: str, first: str, last: str) -> None:
    stretch = Stretch.containing(date(2026, 1, 31), unit)
    assert (stretch.value, stretch.first.isoformat(), stretch.last.isoformat()) == (value, first, last)
    assert stretch.shifted(3).shifted(-3) == stretch
    assert Stretch.containing(stretch.last, unit) == stretch


@pytest.mark.parametrize("unit", [unit for unit in Unit if not unit.is_within_day])
def test_the_last_year_of_the_calendar_ends(unit: Unit) -> None:
    stretch = Stretch.containing(date(9999, 12, 24), unit)
    if unit is not Unit.SEASON:
        assert stretch.last <= date.max
    with pytest.raises((ValueError, OverflowError)):
        stretch.shifted(400)


def test_months_later_stay_within_the_month() -> None:
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2024, 2, 29), -12) == date(2023, 2, 28)
