"""Days as a calendar names them ("Sunday, February 1st", "1 Feb 2026", "2026-02-01"), told apart without an anchor."""

import re
from dataclasses import astuple, dataclass

__all__ = ["CalendarDay", "calendar_day", "day_slices", "is_same_day"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d)"
_YEAR = r"(?:,? (?P<year>\d{4})(?!\d))?"
_WRITTEN = (
    re.compile(rf"\b{_DAY} (?:of )?{_MONTH}{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b{_MONTH} (?:the )?{_DAY}{_YEAR}", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)"),
)
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?day\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """What a text says of one day; None where it is silent."""

    year: int | None
    month: int | None
    day: int | None
    weekday: str | None


def calendar_day(text: str) -> CalendarDay | None:
    """Return the one day that a text names; None when it names none or several."""
    found = _written(text)
    weekdays = [name.lower() for name in _WEEKDAY.findall(text)]
    if len(found) > 1 or len(weekdays) > 1 or not (found or weekdays):
        return None
    weekday = weekdays[0] if weekdays else None
    if not found:
        return CalendarDay(year=None, month=None, day=None, weekday=weekday)
    year, month, day = (found[0][name] for name in ("year", "month", "day"))
    return CalendarDay(year=int(year) if year else None, month=_month(month), day=int(day), weekday=weekday)


def day_slices(text: str) -> list[tuple[int, int]]:
    """Return where the days of a text stand that it names with their month."""
    return [found.span() for found in _written(text)]


def _written(text: str) -> "list[re.Match[str]]":
    return next((matches for pattern in _WRITTEN if (matches := list(pattern.finditer(text)))), [])


def is_same_day(one: CalendarDay, other: CalendarDay) -> bool:
    """Tell whether two texts may name one day: what both say agrees, and both say something."""
    both = [pair for pair in zip(astuple(one), astuple(other), strict=True) if None not in pair]
    return bool(both) and all(left == right for left, right in both)


def _month(written: str) -> int:
    return int(written) if written.isdigit() else _MONTHS.index(written[:3].lower()) + 1
