"""What a date says of year, month, day and so on, and which day of the calendar that is in its context."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rag.times.choosing import NEAR_DAYS, near, weekday_of
from rag.times.holidays import holiday_in
from rag.times.numeric_dates import whole_year
from rag.times.readings import Context, Reading, of_stretch
from rag.times.stretches import Stretch, Unit

__all__ = ["CalendarFields"]

CONTRADICTED_DAYS = 400
"""A weekday that fits its day in no year so near contradicts it: someone erred, and nobody can tell where."""

WEEKDAY_YEARS = 12
"""How far a year is sought in which a weekday fits a day: 11 years lie between two at most, around a century 12."""

LEAP_YEARS = 8
"""How far a leap year is sought: 8 years lie between two at most, around a century."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFields:
    """The parts that a date names; at least one is set.

    Attributes:
        year: As it is written.
        is_short_year: Whether that is ``'98``.
        year_shift: Years from that of the publication: ``next year`` is 1.
        part: A quarter, half or season: its unit and number (seasons: their first month).
        month: 1 to 12.
        day: 1 to 31.
        weekday: 0 for Monday.
        holiday: By its name.
        which: ``last``, ``this``, ``next`` or ``coming``, said of a weekday, month, part or holiday.
    """

    year: int | None = None
    is_short_year: bool = False
    year_shift: int | None = None
    part: tuple[Unit, int] | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    holiday: str | None = None
    which: str | None = None

    def read(self, context: Context) -> Reading | None:
        """Return the unit of the calendar that the fields name."""
        year = self.year
        if year is not None and self.is_short_year:
            year = whole_year(year, context)
            if year is None:
                return None
        if year is None and self.year_shift is not None:
            if context.day is None:
                return None
            year = context.day.year + self.year_shift
        if self.weekday is not None and self.day is None and self.month is None:
            return weekday_of(self.weekday, self.which, context)
        if year is not None:
            return self._in_year(year, context)
        if self.day is not None and self.month is None:
            return self._day_alone(self.day, context)
        return self._in_any_year(context)

    def _in_year(self, year: int, context: Context) -> Reading | None:
        """Return the unit in a year that is told; a weekday that contradicts the day leaves none."""
        stretch = self._stretch(year)
        if self.weekday is not None and stretch.first.weekday() != self.weekday:
            return None
        is_told = self.year is not None
        return of_stretch(stretch, "as it says", anchor=None if is_told else context.anchor)

    def _in_any_year(self, context: Context) -> Reading | None:
        """Return the unit in the year that the context makes likely."""
        anchor, is_exact = context.anchor, context.is_exact
        if anchor is None:
            focus = context.focus(None)
            if focus is None or focus.stretch is None or self.weekday is None:
                return None
            anchor, is_exact = focus.stretch.first, False
        reach = WEEKDAY_YEARS if self.weekday is not None else LEAP_YEARS if self._is_leap_day else 2
        units = list(self._units(anchor.year - reach, anchor.year + reach))
        if self.weekday is not None:
            units = [unit for unit in units if unit.first.weekday() == self.weekday]
            nearest = min(units, key=lambda unit: abs(unit.first - anchor), default=None)
            if nearest is None or (is_exact and abs((nearest.first - anchor).days) > CONTRADICTED_DAYS):
                return None
            return of_stretch(nearest, "the nearest year in which the weekday fits", anchor=anchor)
        if self.which is not None:
            return self._which_year(units, anchor) if is_exact else None
        if self.holiday is not None:
            nearest = min(units, key=lambda unit: abs(unit.first - anchor))
            if abs((nearest.first - anchor).days) <= NEAR_DAYS[Unit.DAY]:
                return of_stretch(nearest, "the nearest one", anchor=anchor)
        return near(units, anchor, context.direction if is_exact else None, f"XXXX{units[0].value[4:]}")

    def _which_year(self, units: list[Stretch], anchor: date) -> Reading | None:
        """Return the last or next one; None beyond the edges of the calendar."""
        if self.which == "last":
            before = [unit for unit in units if unit.last < anchor]
            return of_stretch(before[-1], "the last one before", anchor=anchor) if before else None
        if self.which in {"next", "coming"}:
            after = [unit for unit in units if unit.first > anchor]
            return of_stretch(after[0], "the next one", anchor=anchor) if after else None
        nearest = min(units, key=lambda unit: (not unit.first <= anchor <= unit.last, abs(unit.first - anchor)))
        return of_stretch(nearest, "the one at hand", anchor=anchor)

    @property
    def _is_leap_day(self) -> bool:
        return (self.month, self.day) == (2, 29)

    def _units(self, first_year: int, last_year: int) -> Iterator[Stretch]:
        """Yield the unit in each of these years in which there is one.

        Raises:
            ValueError: There is none in any.
        """
        found = False
        for year in range(max(first_year, 1), min(last_year, 9999) + 1):
            try:
                unit = self._stretch(year)
            except (ValueError, OverflowError):
                continue
            found = True
            yield unit
        if not found:
            raise ValueError("there is no such day")

    def _stretch(self, year: int) -> Stretch:
        if self.holiday is not None:
            return Stretch(Unit.DAY, holiday_in(self.holiday, year))
        if self.month is not None:
            day = date(year, self.month, self.day if self.day is not None else 1)
            return Stretch(Unit.MONTH if self.day is None else Unit.DAY, day)
        if self.part is not None:
            unit, number = self.part
            months = number if unit is Unit.SEASON else (number - 1) * (3 if unit is Unit.QUARTER else 6) + 1
            return Stretch(unit, date(year, months, 1))
        return Stretch(Unit.YEAR, date(year, 1, 1))

    def _day_alone(self, day: int, context: Context) -> Reading | None:
        """Return ``the 15th`` of this month or one beside it."""
        if context.day is None:
            return None
        month = Stretch.containing(context.day, Unit.MONTH)
        units = []
        for shift in range(-2, 3):
            first = month.shifted(shift).first
            if day <= month.shifted(shift).last.day:
                units.append(Stretch(Unit.DAY, first.replace(day=day)))
        if self.weekday is not None:
            units = [unit for unit in units if unit.first.weekday() == self.weekday]
        return near(units, context.day, context.direction, f"XXXX-XX-{day:02}") if units else None
