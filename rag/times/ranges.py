"""Times from one to another: ``3 to 7 May``, ``2019-2023``, ``the first nine months of 2025``."""

from dataclasses import dataclass, replace
from datetime import timedelta

from rag.answers import TimeKind
from rag.times.lengths import Length, moved
from rag.times.readings import Context, Form, Reading
from rag.times.stretches import Stretch, Unit

__all__ = ["Ending", "FirstMonths", "NightInto", "TimeRange", "WeekOf"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRange:
    """From one time to another, both included."""

    first: Form
    last: Form

    def read(self, context: Context) -> Reading | None:
        """Return both together; None where they are not in order, or either is ambiguous."""
        last = self.last.read(context)
        first = self.first.read(context)
        if first is None or last is None or first.is_open or last.is_open:
            return None
        if first.start is None or last.end is None or first.start[:10] > last.end[:10]:
            return None
        return replace(
            first,
            value=f"{first.value}/{last.value}",
            written=f"{first.written or first.value}/{last.written or last.value}",
            end=last.end,
            rule=f"from one to the other: {first.rule}",
            stretch=last.stretch,
            is_sure=first.is_sure and last.is_sure,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstMonths:
    """The first or last months of a year: ``the first nine months of 2025``."""

    count: int
    is_first: bool
    year: Form

    def read(self, context: Context) -> Reading | None:
        """Return the months, if the year has as many."""
        reading = self.year.read(context)
        if reading is None or reading.stretch is None or reading.is_open or not 0 < self.count <= 12:
            return None
        january = Stretch.containing(reading.stretch.first, Unit.MONTH)
        first = january if self.is_first else january.shifted(12 - self.count)
        last = first.shifted(self.count - 1)
        return replace(
            reading,
            value=f"{first.value}/{last.value}",
            start=first.first.isoformat(),
            end=last.last.isoformat(),
            granularity=Unit.MONTH,
            rule="months of a year",
            stretch=last,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekOf:
    """The week of a day."""

    day: Form

    def read(self, context: Context) -> Reading | None:
        """Return the week from Monday that holds the day."""
        reading = self.day.read(context)
        if reading is None or reading.stretch is None or reading.is_open:
            return None
        week = Stretch.containing(reading.stretch.first, Unit.WEEK)
        return replace(
            reading,
            value=week.value,
            start=week.first.isoformat(),
            end=week.last.isoformat(),
            granularity=Unit.WEEK,
            rule="the week of a day",
            stretch=week,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A length that ends on a day: ``one week, ending on Sunday``."""

    length: Length
    day: Form

    def read(self, context: Context) -> Reading | None:
        """Return the days; those of a quarter by its name."""
        reading = self.day.read(context)
        if reading is None or reading.stretch is None or reading.stretch.unit is not Unit.DAY or reading.is_open:
            return None
        last, (count, unit) = reading.stretch.first, self.length.in_days()
        if count is None or unit.is_within_day:
            return None
        first = moved(last + timedelta(days=1), -count, unit)
        quarter = Stretch.containing(first, Unit.QUARTER)
        days = f"{first.isoformat()}/{last.isoformat()}"
        return replace(
            reading,
            value=quarter.value if self.length.unit is Unit.QUARTER else days,
            start=first.isoformat(),
            rule=f"{self.length.value} up to {last.isoformat()}",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NightInto:
    """The night from one day to the next, told by the second."""

    day: Form

    def read(self, context: Context) -> Reading | None:
        """Return both days."""
        reading = self.day.read(context)
        if reading is None or reading.stretch is None or reading.stretch.unit is not Unit.DAY or reading.is_open:
            return None
        evening = reading.stretch.shifted(-1)
        return replace(
            reading,
            kind=TimeKind.TIME,
            value=f"{evening.value}TNI",
            start=evening.value,
            rule=f"{reading.rule}; the night before",
        )
