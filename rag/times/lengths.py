"""Lengths of time, and days that are told by a length from another: ``three weeks ago``, ``a year earlier``."""

from dataclasses import dataclass
from datetime import date, timedelta

from rag.answers import TimeKind
from rag.times.readings import Context, Direction, Form, Reading, named, of_stretch
from rag.times.stretches import Stretch, Unit, months_later

__all__ = ["Length", "Lengths", "Shift", "moved"]

HOURS_A_DAY = 24

_LETTERS = {
    Unit.SECOND: "S",
    Unit.MINUTE: "M",
    Unit.HOUR: "H",
    Unit.DAY: "D",
    Unit.WEEKEND: "WE",
    Unit.WEEK: "W",
    Unit.MONTH: "M",
    Unit.YEAR: "Y",
}
_PARTS = {
    Unit.MINUTE: (60, Unit.SECOND),
    Unit.HOUR: (60, Unit.MINUTE),
    Unit.YEAR: (12, Unit.MONTH),
}
"""What half a unit is counted in."""

_UNKNOWN = {Unit.QUARTER: "Q", Unit.DECADE: "DE", Unit.CENTURY: "CE", Unit.MILLENNIUM: "ML"}
"""Letters of units whose number is not told, and which therefore cannot be counted in months or years."""

_MULTIPLES = {
    Unit.QUARTER: (3, Unit.MONTH),
    Unit.SEASON: (3, Unit.MONTH),
    Unit.HALF: (6, Unit.MONTH),
    Unit.DECADE: (10, Unit.YEAR),
    Unit.CENTURY: (100, Unit.YEAR),
    Unit.MILLENNIUM: (1000, Unit.YEAR),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """A number of units; None where the number is not told (``several weeks``)."""

    count: float | None
    unit: Unit

    def in_days(self) -> tuple[float | None, Unit]:
        """Return the same with the multiples of a month or year taken apart."""
        times, unit = _MULTIPLES.get(self.unit, (1, self.unit))
        return None if self.count is None else self.count * times, unit

    @property
    def value(self) -> str:
        """How TIMEX3 writes it; a half is written in the next smaller unit."""
        if self.count is None:
            return f"P{'T' * self.unit.is_within_day}X{_UNKNOWN.get(self.unit) or _LETTERS[self.unit]}"
        count, unit = self.in_days()
        whole, rest = divmod(count or 0, 1)
        parts, smaller = _PARTS.get(unit, (1, unit))
        if rest and smaller is not unit:
            tail = f"{rest * parts:.0f}{_LETTERS[smaller]}"
            return f"P{'T' * unit.is_within_day}" + (f"{whole:.0f}{_LETTERS[unit]}" if whole else "") + tail
        return f"P{'T' * unit.is_within_day}{count:g}{_LETTERS[unit]}"

    def read(self, context: Context) -> Reading | None:
        """Return the length; no days of the calendar hold it."""
        del context
        return named(TimeKind.DURATION, self.value, self.unit, "a length")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengths:
    """A length in several units, the largest first: ``two hours, 24 minutes``."""

    parts: tuple[Length, ...]

    def read(self, context: Context) -> Reading | None:
        """Return the lengths together."""
        del context
        days = "".join(part.value[1:] for part in self.parts if not part.unit.is_within_day)
        clock = "".join(part.value[2:] for part in self.parts if part.unit.is_within_day)
        value = f"P{days}" + (f"T{clock}" if clock else "")
        return named(TimeKind.DURATION, value, self.parts[0].unit, "a length in several units")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A length from some day on, or back where ``sign`` is -1.

    Attributes:
        origin: What it is counted from; None is the day of publication.
        from_focus: Counted from what was spoken of before.
        is_exact: To the day, whatever the unit.
        only_coming: ``in three weeks`` of something past tells how long it took.
    """

    length: Length
    sign: int
    origin: Form | None = None
    from_focus: bool = False
    is_exact: bool = False
    only_coming: bool = False

    def read(self, context: Context) -> Reading | None:
        """Return the unit that is reached; a day that is counted from by weeks gives a day."""
        if self.only_coming and context.direction is Direction.PAST:
            return self.length.read(context)
        base = self._base(context)
        if base is None or self.length.count is None:
            return self._vague() if self.length.count is None and self.origin is None else None
        count, unit = self.length.in_days()
        if unit.is_within_day and self.length.count % HOURS_A_DAY:
            return of_stretch(Stretch.containing(base.first, Unit.DAY), "within the day", is_sure=False)
        target = moved(base.first, self.sign * (count or 0), unit)
        if unit is Unit.DAY and base.unit is not Unit.DAY:
            return None
        granularity = self._granularity(
            base, is_told=base.unit is not Unit.DAY or self.from_focus or self.origin is not None
        )
        rule = f"{abs(count or 0):g} {unit}s {'before' if self.sign < 0 else 'after'} {base.value}"
        return of_stretch(Stretch.containing(target, granularity), rule, anchor=base.first)

    def _base(self, context: Context) -> Stretch | None:
        quarter = context.focus(Unit.QUARTER) if self.is_comparison else None
        if self.origin is not None:
            reading = self.origin.read(context)
        elif quarter is not None:
            reading = quarter
        elif self.from_focus:
            reading = context.focus(None)
            if reading is None and self.is_comparison and context.day is not None:
                return Stretch(Unit.DAY, context.day)
        elif context.anchor is None or not (context.is_exact or self.length.unit in {Unit.DECADE, Unit.CENTURY}):
            return None
        else:
            return Stretch(Unit.DAY, context.anchor)
        return reading.stretch if reading is not None and not reading.is_open else None

    @property
    def is_comparison(self) -> bool:
        """Whether it is ``a year ago`` or ``a year earlier``: beside results of a quarter, the same one is meant."""
        return self.origin is None and self.sign < 0 and self.length == Length(count=1, unit=Unit.YEAR)

    def _granularity(self, base: Stretch, *, is_told: bool) -> Unit:
        """Return the unit that is reached: that of the length, or of what is counted from where it is told."""
        _, unit = self.length.in_days()
        if self.is_exact or unit.is_within_day or (is_told and base.unit is Unit.DAY and unit is Unit.WEEK):
            return Unit.DAY
        if is_told and base.unit is not Unit.DAY:
            return base.unit
        return self.length.unit if self.length.unit is Unit.QUARTER else unit

    def _vague(self) -> Reading:
        value = "PAST_REF" if self.sign < 0 else "FUTURE_REF"
        return named(TimeKind.DATE, value, self.length.unit, "no number is told")


def moved(day: date, count: float, unit: Unit) -> date:
    """Return the day so many days, weeks, months or years later; parts of a day count as days.

    Raises:
        ValueError, OverflowError: Beyond the calendar.
    """
    if abs(count) > 10_000:
        raise OverflowError("beyond the calendar")
    match unit:
        case Unit.YEAR:
            return months_later(day, round(count * 12))
        case Unit.MONTH:
            return months_later(day, round(count))
        case Unit.WEEK | Unit.WEEKEND:
            return day + timedelta(days=round(count * 7))
        case Unit.DAY:
            return day + timedelta(days=round(count))
        case Unit.HOUR:
            return day + timedelta(days=count // HOURS_A_DAY)
        case _:
            return day
