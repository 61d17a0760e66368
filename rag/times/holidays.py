"""Days that news calls by name. Fixed by the calendar or by Easter; those set by the moon are not worked out."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

__all__ = ["HOLIDAY_WORDS", "holiday_in", "match_holiday"]


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _nth(month: int, weekday: int, count: int) -> Callable[[int], date]:
    """Return the holiday on the so-manieth weekday of a month, the last one for -1."""

    def day_in(year: int) -> date:
        if count < 0:
            last = date(year, month + 1, 1) - timedelta(days=1)
            return last - timedelta(days=(last.weekday() - weekday) % 7)
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1))

    return day_in


def _easter(days: int, *, is_orthodox: bool = False) -> Callable[[int], date]:
    def day_in(year: int) -> date:
        from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter  # type: ignore[import-untyped]

        sunday: date = easter(year, EASTER_ORTHODOX if is_orthodox else EASTER_WESTERN)
        return sunday + timedelta(days=days)

    return day_in


_HOLIDAYS: Final[dict[str, Callable[[int], date]]] = {
    "new year 's day": _fixed(1, 1),
    "epiphany": _fixed(1, 6),
    "martin luther king day": _nth(1, 0, 3),
    "valentine 's day": _fixed(2, 14),
    "presidents day": _nth(2, 0, 3),
    "st patrick 's day": _fixed(3, 17),
    "april fools day": _fixed(4, 1),
    "april fool 's day": _fixed(4, 1),
    "ash wednesday": _easter(-46),
    "palm sunday": _easter(-7),
    "maundy thursday": _easter(-3),
    "good friday": _easter(-2),
    "holy saturday": _easter(-1),
    "easter sunday": _easter(0),
    "easter": _easter(0),
    "easter monday": _easter(1),
    "ascension day": _easter(39),
    "pentecost": _easter(49),
    "whit sunday": _easter(49),
    "whit monday": _easter(50),
    "orthodox easter": _easter(0, is_orthodox=True),
    "labour day": _fixed(5, 1),
    "may day": _fixed(5, 1),
    "victory day": _fixed(5, 9),
    "memorial day": _nth(5, 0, -1),
    "juneteenth": _fixed(6, 19),
    "independence day": _fixed(7, 4),
    "bastille day": _fixed(7, 14),
    "labor day": _nth(9, 0, 1),
    "columbus day": _nth(10, 0, 2),
    "halloween": _fixed(10, 31),
    "all saints day": _fixed(11, 1),
    "all saints ' day": _fixed(11, 1),
    "armistice day": _fixed(11, 11),
    "veterans day": _fixed(11, 11),
    "thanksgiving day": _nth(11, 3, 4),
    "thanksgiving": _nth(11, 3, 4),
    "christmas eve": _fixed(12, 24),
    "christmas day": _fixed(12, 25),
    "christmas": _fixed(12, 25),
    "boxing day": _fixed(12, 26),
    "new year 's eve": _fixed(12, 31),
}
_MOST_WORDS: Final = max(len(name.split()) for name in _HOLIDAYS)

HOLIDAY_WORDS: Final = frozenset(name.split()[0] for name in _HOLIDAYS)
"""Words that may begin the name of a holiday."""


def match_holiday(words: list[str]) -> tuple[str | None, int]:
    """Return the longest holiday whose name these words begin with, and how many of them it takes."""
    plain = ["'s" if word == "\u2019s" else word for word in words]
    for count in range(min(len(plain), _MOST_WORDS), 0, -1):
        name = " ".join(plain[:count])
        if name in _HOLIDAYS:
            return name, count
    return None, 0


def holiday_in(name: str, year: int) -> date:
    """Return the day of a holiday in a year.

    Raises:
        ValueError, OverflowError: There is no such year.
    """
    return _HOLIDAYS[name](year)
