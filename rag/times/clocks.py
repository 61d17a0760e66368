"""Times of day, on a day that is told or understood, and the zones they are told in."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rag.answers import TimeKind
from rag.times.readings import Context, Form, Reading
from rag.times.stretches import Unit

__all__ = ["CITY_ZONES", "DayPart", "TimeOfDay"]

CITY_ZONES: Final[dict[str, str]] = {
    "kyiv": "Europe/Kyiv",
    "moscow": "Europe/Moscow",
    "london": "Europe/London",
    "paris": "Europe/Paris",
    "berlin": "Europe/Berlin",
    "brussels": "Europe/Brussels",
    "rome": "Europe/Rome",
    "madrid": "Europe/Madrid",
    "warsaw": "Europe/Warsaw",
    "athens": "Europe/Athens",
    "istanbul": "Europe/Istanbul",
    "cairo": "Africa/Cairo",
    "jerusalem": "Asia/Jerusalem",
    "tehran": "Asia/Tehran",
    "dubai": "Asia/Dubai",
    "delhi": "Asia/Kolkata",
    "beijing": "Asia/Shanghai",
    "tokyo": "Asia/Tokyo",
    "sydney": "Australia/Sydney",
    "washington": "America/New_York",
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
}
"""Zones of the tz database by the name that stands before "time"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOfDay:
    """A time of the clock.

    Attributes:
        minutes: After midnight; 1440 is the midnight that ends the day.
        zone: An offset such as ``+02:00``, or a name of the tz database; None where none is told.
        day: Of which day; None where none is told.
    """

    minutes: int
    zone: str | None
    day: Form | None

    def read(self, context: Context) -> Reading | None:
        """Return the minute; without a day told, that of the publication is a guess."""
        reading = self.day.read(context) if self.day is not None else None
        if self.day is not None and (reading is None or reading.stretch is None or reading.is_open):
            return None
        if reading is None or reading.stretch is None:
            return self._without_day(context.day)
        day = reading.stretch.first
        if reading.start != reading.end:
            return None
        offset = _offset(self.zone, day)
        if self.zone is not None and offset is None:
            return None
        hour, minute = divmod(self.minutes, 60)
        moment = datetime(day.year, day.month, day.day) + timedelta(minutes=self.minutes)
        told = f"{moment.isoformat(timespec='minutes')}{offset or ''}"
        return Reading(
            kind=TimeKind.TIME,
            value=f"{day.isoformat()}T{hour:02}:{minute:02}",
            written=f"{day.isoformat()}T{hour:02}:{minute:02}{offset}" if offset else None,
            granularity=Unit.MINUTE,
            rule="a time of the clock",
            start=told,
            end=told,
            anchor=reading.anchor,
            stretch=reading.stretch,
        )

    def _without_day(self, day: date | None) -> Reading:
        """Return the time of day alone; that of the publication is a guess."""
        hour, minute = divmod(self.minutes, 60)
        return Reading(
            kind=TimeKind.TIME,
            value=f"{day.isoformat() if day is not None else 'XXXX-XX-XX'}T{hour:02}:{minute:02}",
            written=f"XXXX-XX-XXT{hour:02}:{minute:02}",
            granularity=Unit.MINUTE,
            rule="no day is told",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPart:
    """A part of a day: MO, MI, AF, EV, NI; the days it is told with, or that of the publication."""

    part: str
    day: Form

    def read(self, context: Context) -> Reading | None:
        """Return the part; a clock would say more than the words do, so start and end are the day's."""
        reading = self.day.read(context)
        if reading is None or reading.stretch is None or reading.stretch.unit is not Unit.DAY:
            return None
        value = f"{reading.stretch.first.isoformat()}T{self.part}"
        return Reading(
            kind=TimeKind.TIME,
            value=value,
            granularity=Unit.DAY,
            rule=f"{reading.rule}; its part",
            start=reading.start,
            end=reading.end,
            anchor=reading.anchor,
            stretch=reading.stretch,
            written=f"{reading.written}T{self.part}" if reading.is_open else None,
            is_open=reading.is_open,
            is_sure=reading.is_sure,
        )


def _offset(zone: str | None, day: date) -> str | None:
    """Return the offset of a zone on a day as ISO 8601 writes it, None where there is no such zone."""
    if zone is None or zone[0] in "+-":
        return "Z" if zone == "+00:00" else zone
    try:
        moment = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(zone))
    except ZoneInfoNotFoundError:
        return None
    offset = moment.isoformat()[-6:]
    return "Z" if offset == "+00:00" else offset
