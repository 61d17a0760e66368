"""Numbers as news writes them: in digits, in words, and in both together ("1.2 million", "twenty-one", "two dozen")."""

import re
from dataclasses import dataclass

__all__ = ["Number", "numbers"]

_ONES = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen",
)
_TENS = re.findall(r"\w+", "twenty thirty forty fifty sixty seventy eighty ninety")
_AMOUNTS = {word: value for value, word in enumerate(_ONES)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}
_SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
    "k": 1_000,
    "m": 1_000_000,
    "mln": 1_000_000,
    "bn": 1_000_000_000,
}

_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?!,?\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_AMOUNT = rf"(?:{_DIGITS}|(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_ONES[1:10])}))?|{'|'.join(reversed(_ONES))})"
# Letters are a scale only written onto digits: "a 3 m wall" is no wall of three million.
_SCALE = r"(?: (?:dozen|hundred|thousand|million|billion|trillion|mln|bn)\b|(?<=\d)(?:bn|mln|[km])\b)"
_NUMBER = re.compile(
    rf"(?<![\w.,])(?:(?P<half>half an?|half|an?)(?={_SCALE})|{_AMOUNT})(?:{_SCALE}(?:(?: and)? {_AMOUNT}\b)?)*(?!\w)",
    re.IGNORECASE,
)
MAX_NOUGHTS = 300
"""More overflow a float; what has so many is no number that anyone tells."""

_PART = re.compile(rf"{_DIGITS}|[a-z]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number that stands at ``[start, end)`` of a text.

    Attributes:
        step: The place of the last digit that was said: 100,000 of "1.2 million", 1 of "nine", 10 of "40".
        has_scale: Whether it was said with a word such as "million", as rounded numbers are.
    """

    start: int
    end: int
    value: float
    step: float
    has_scale: bool


def numbers(text: str) -> list[Number]:
    """Return the numbers of a text in order; ordinals, and "a" without "hundred" or more behind it, are none."""
    return [_number(found) for found in _NUMBER.finditer(text)]


def _number(found: "re.Match[str]") -> Number:
    """Add up the parts of a number from left to right; a thousand and more closes what was said before it."""
    closed, open_part, step, has_scale = 0.0, 0.0, 1.0, False
    for part in _PART.findall(found.group().lower()):
        if part in _SCALES:
            factor = _SCALES[part]
            open_part, step = (open_part or 1.0) * factor, step * factor
            has_scale = has_scale or factor >= 1_000
            if factor >= 1_000:
                closed, open_part = closed + open_part, 0.0
        elif part[0].isdigit():
            value, step = _digits(part)
            open_part += value
        elif part in _AMOUNTS:
            open_part, step = open_part + _AMOUNTS[part], 10.0 if part in _TENS else 1.0
        elif part == "half":
            open_part, step = 0.5, 0.1
    return Number(start=found.start(), end=found.end(), value=closed + open_part, step=step, has_scale=has_scale)


def _digits(written: str) -> tuple[float, float]:
    """Return the value of digits, and the place of the last one that is not a nought behind the others."""
    plain = re.sub(r"[,\s]", "", written)
    whole, _, decimals = plain.partition(".")
    if decimals:
        return float(plain), 10.0 ** -len(decimals)
    noughts = min(len(whole) - len(whole.rstrip("0")), len(whole) - 1)
    return float(plain), 10.0 ** min(noughts, MAX_NOUGHTS)
