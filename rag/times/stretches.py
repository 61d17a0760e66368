"""Stretches of the calendar: the day, week, month and so on that holds a day, and how TIMEX3 writes it."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

__all__ = ["Stretch", "Unit", "months_later"]


class Unit(StrEnum):
    """A unit of time; seasons are those of the northern half of the earth, by whole months."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    MILLENNIUM = "millennium"

    @property
    def is_within_day(self) -> bool:
        """Whether a clock measures it, and no calendar."""
        return self in {Unit.SECOND, Unit.MINUTE, Unit.HOUR}


_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.SEASON: 3, Unit.HALF: 6}
_YEARS = {Unit.YEAR: 1, Unit.DECADE: 10, Unit.CENTURY: 100, Unit.MILLENNIUM: 1000}
_DAYS = {Unit.DAY: 1, Unit.WEEKEND: 7, Unit.WEEK: 7}
_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of that month if it is shorter.

    Raises:
        ValueError: No such year.
    """
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    return min(first + timedelta(days=day.day - 1), _last_of_months(first, 1))


@dataclass(frozen=True, slots=True)
class Stretch:
    """One unit of the calendar, from its first day on."""

    unit: Unit
    first: date

    @classmethod
    def containing(cls, day: date, unit: Unit) -> Self:
        """Return the unit that holds a day; a weekend is that of the week of the day.

        Raises:
            ValueError, OverflowError: It begins before the year 1.
        """
        if unit is Unit.WEEK:
            return cls(unit, day - timedelta(days=day.weekday()))
        if unit is Unit.WEEKEND:
            return cls(unit, day + timedelta(days=5 - day.weekday()))
        if unit is Unit.SEASON:
            return cls(unit, months_later(day.replace(day=1), -(day.month % 3)))
        if unit in _MONTHS:
            return cls(unit, date(day.year, day.month - (day.month - 1) % _MONTHS[unit], 1))
        if unit in _YEARS:
            return cls(unit, date(day.year - day.year % _YEARS[unit], 1, 1))
        return cls(Unit.DAY, day)

    def shifted(self, count: int) -> Self:
        """Return the unit so many units later.

        Raises:
            ValueError, OverflowError: Beyond the calendar.
        """
        if self.unit in _MONTHS:
            return type(self)(self.unit, months_later(self.first, count * _MONTHS[self.unit]))
        if self.unit in _YEARS:
            return type(self)(self.unit, self.first.replace(year=self.first.year + count * _YEARS[self.unit]))
        return type(self)(self.unit, self.first + timedelta(days=count * _DAYS[self.unit]))

    @property
    def last(self) -> date:
        """Its last day."""
        if self.unit in _MONTHS:
            return _last_of_months(self.first, _MONTHS[self.unit])
        if self.unit in _YEARS:
            return date(self.first.year + _YEARS[self.unit] - 1, 12, 31)
        return self.first + timedelta(days={Unit.WEEK: 6, Unit.WEEKEND: 1}.get(self.unit, 0))

    @property
    def value(self) -> str:
        """How TIMEX3 writes it."""
        year, month = f"{self.first.year:04}", self.first.month
        if self.unit in {Unit.WEEK, Unit.WEEKEND}:
            iso_year, week, _ = self.first.isocalendar()
            return f"{iso_year:04}-W{week:02}" + ("-WE" if self.unit is Unit.WEEKEND else "")
        if self.unit in _YEARS:
            return year[: 5 - len(str(_YEARS[self.unit]))]
        within_year = {
            Unit.MONTH: f"{month:02}",
            Unit.QUARTER: f"Q{month // 3 + 1}",
            Unit.SEASON: _SEASONS.get(month, ""),
            Unit.HALF: f"H{month // 6 + 1}",
        }
        return f"{year}-{within_year[self.unit]}" if self.unit in within_year else self.first.isoformat()

    @property
    def granularity(self) -> str:
        """Its unit, by the names that answers use; a weekend is two days, a half two quarters."""
        return str({Unit.WEEKEND: Unit.DAY, Unit.HALF: Unit.QUARTER}.get(self.unit, self.unit))


def _last_of_months(first: date, count: int) -> date:
    month = first.month + count - 1  # A stretch of months ends in its own year, but for winters.
    year, month = first.year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1])
