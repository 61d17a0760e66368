"""Numbers with what they measure, and which of them are the same when one is rounded."""

import math
import re
from dataclasses import dataclass

from rag.values.numbers import Number, numbers

__all__ = [
    "COUNT",
    "DISTANCES",
    "ROUNDING",
    "TIME_UNITS",
    "Quantity",
    "is_same_quantity",
    "quantities",
    "quantity_at",
    "quantity_slices",
    "seconds_of",
]

_UNITS = {
    "percent": r"%|per ?cents?|percentage points?|pct",
    "second": r"seconds?|secs?",
    "minute": r"minutes?|mins?",
    "hour": r"hours?|hrs?",
    "day": r"days?",
    "night": r"nights?",
    "week": r"weeks?",
    "month": r"months?",
    "year": r"years?|yrs?",
    "millimetre": r"millimet(?:re|er)s?|mm",
    "centimetre": r"centimet(?:re|er)s?|cm",
    "kilometre": r"kilomet(?:re|er)s?|kms?",
    "metre": r"met(?:re|er)s?|m",
    "mile": r"miles?",
    "foot": r"feet|foot|ft",
    "hectare": r"hectares?|ha",
    "kilogram": r"kilogram(?:me)?s?|kilos?|kg",
    "tonne": r"tons?|tonnes?",
    "litre": r"lit(?:re|er)s?",
    "barrel": r"barrels?",
    "megawatt": r"megawatts?|mw",
    "degree": r"degrees?|°c?",
    "dollar": r"\$|(?:us )?dollars?|usd",
    "euro": r"€|euros?|eur",
    "pound": r"£|pounds?|gbp",
    "crown": r"crowns?|kroner|kronor",
    "franc": r"francs?",
    "mark": r"marks?",
    "cent": r"cents?|pence",
}
"""Units of measure by name."""

DISTANCES = ("millimetre", "centimetre", "metre", "kilometre", "foot", "mile")

TIME_UNITS = {
    "second": 1.0,
    "minute": 60.0,
    "hour": 3_600.0,
    "day": 86_400.0,
    "night": 86_400.0,
    "week": 7 * 86_400.0,
    "month": 30.4 * 86_400.0,
    "year": 365.25 * 86_400.0,
}
"""The units of how long something lasts, in seconds, months and years at their mean."""

_LENGTH = re.compile(r"P(?P<clock>T)?(?P<count>\d+(?:\.\d+)?)(?P<letter>[YMWDHS])")
_LETTERS = {"Y": "year", "M": "month", "W": "week", "D": "day", "TH": "hour", "TM": "minute", "TS": "second"}

COUNT = "count"
"""The unit of what is counted and not measured."""

_UNIT_BEHIND = re.compile(
    r"[ -]?(?:" + "|".join(rf"(?P<{name}>{pattern})(?!\w)" for name, pattern in _UNITS.items()) + ")", re.IGNORECASE
)
_CURRENCY_BEFORE = re.compile(r"(?P<dollar>\$)|(?P<euro>€)|(?P<pound>£)")
_SIGN_BEFORE = re.compile(r"(?:\bminus |(?<!\w)[-\u2212]|[$€£])$", re.IGNORECASE)
_NOUN_BEHIND = re.compile(r" [^\W\d_]{3}")
_ROUGHLY = re.compile(
    r"\b(?:about|around|roughly|approximately|some|nearly|almost|over|under|more than|less than|at least|up to|circa"
    r"|close to|just short of)(?: the)? [$€£]?$|~ ?[$€£]?$",
    re.IGNORECASE,
)
ROUNDING = 0.05
"""The largest share that rounding may take away: "3 million" is not what was 3.4 million before."""

_LOOK_BACK = 24
"""Characters before a number in which "just short of $" and its like fit."""


_LOOK_AHEAD = 16
"""Characters behind a number in which its unit begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its unit.

    Attributes:
        unit: A unit of measure, ``count`` where a noun stands behind the number, or None where nothing does.
        is_rough: Whether it was said to be rounded, or with a word such as "million".
    """

    value: float
    step: float
    unit: str | None
    is_rough: bool


def quantities(text: str) -> list[Quantity]:
    """Return the quantities of a text in order."""
    return [_quantity(text, number) for number in numbers(text)]


def quantity_slices(text: str) -> list[tuple[int, int]]:
    """Return where the quantities of a text stand, with their signs and units: "minus 50.9 degrees"."""
    return [_slice(text, number) for number in numbers(text)]


def quantity_at(text: str, start: int, end: int) -> Quantity | None:
    """Return the first quantity that begins in ``[start, end)`` of a text, with the unit that follows it there."""
    window, ahead = text[max(0, start - _LOOK_BACK) : end + _LOOK_AHEAD], min(start, _LOOK_BACK)
    found = (number for number in numbers(window) if ahead <= number.start < ahead + end - start)
    number = next(found, None)
    return _quantity(window, number) if number is not None else None


def seconds_of(length: str) -> float | None:
    """Return the seconds of a length of one unit, ISO 8601 as in TIMEX3 ("PT30M", "P1W"); None for anything else."""
    found = _LENGTH.fullmatch(length)
    unit = None if found is None else _LETTERS.get(f"{found['clock'] or ''}{found['letter']}")
    return None if found is None or unit is None else float(found["count"]) * TIME_UNITS[unit]


def is_same_quantity(one: Quantity, other: Quantity) -> bool:
    """Tell whether two quantities are one: equal, or as near as the place to which the rough one is rounded allows.

    Units must agree where both are given.
    """
    if one.unit is not None and other.unit is not None and one.unit != other.unit:
        return False
    tolerances = (min(quantity.step / 2, quantity.value * ROUNDING) for quantity in (one, other) if quantity.is_rough)
    return math.isclose(one.value, other.value, rel_tol=1e-9, abs_tol=max(tolerances, default=0.0))


def _quantity(text: str, number: Number) -> Quantity:
    before = text[max(0, number.start - _LOOK_BACK) : number.start]
    return Quantity(
        value=number.value,
        step=number.step,
        unit=_unit(text, number),
        is_rough=number.has_scale or _ROUGHLY.search(before) is not None,
    )


def _slice(text: str, number: Number) -> tuple[int, int]:
    sign = _SIGN_BEFORE.search(text, max(0, number.start - _LOOK_BACK), number.start)
    measure = _UNIT_BEHIND.match(text, number.end)
    return sign.start() if sign else number.start, measure.end() if measure else number.end


def _unit(text: str, number: Number) -> str | None:
    currency = _CURRENCY_BEFORE.match(text, number.start - 1) if number.start else None
    measure = currency or _UNIT_BEHIND.match(text, number.end)
    if measure is not None:
        return measure.lastgroup
    return COUNT if _NOUN_BEHIND.match(text, number.end) else None
