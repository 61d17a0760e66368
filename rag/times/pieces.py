"""The smallest pieces that times are written in: words, figures, clocks and marks, each with its kind and value."""

import re
from collections.abc import Callable
from typing import Final

from rag.times.stretches import Unit
from rag.times.vocabulary import WORDS, Word, listed

__all__ = ["PIECE", "kind_and_value"]

PIECE: Final = re.compile(
    r"(?P<iso>\d{4}-\d{2}-\d{2})(?:[T ](?P<isoclock>\d{2}:\d{2}))?(?![\d-])"
    r"|(?P<figures>\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)\d{2,4})(?![\d/])"
    r"|(?P<half>\d{1,3}(?:,\d{3})* ?(?:1/2|\u00bd))(?![\d/])"
    r"|(?P<pair>[12]\d{3}[-/\u2013]\d{2})(?![\d/-])"
    r"|(?P<clock12>(?:1[0-2]|0?[1-9])(?:[.:][0-5]\d)?\s?[ap]\.?m\b\.?)"
    r"|(?P<clock24>(?:[01]?\d|2[0-4]):[0-5]\d)(?::[0-5]\d)?(?![\d:])"
    r"|(?P<decade>['\u2019]?\d{2,4}s)\b"
    r"|(?P<short>['\u2019]\d{2})(?!\w)"
    r"|(?P<ordinal>\d{1,2}(?:st|nd|rd|th))\b"
    r"|(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d%])"
    r"|(?P<part>[QH][1-4])\b"
    r"|(?P<possessive>['\u2019]s\b|(?<=s)['\u2019](?= ))"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<other>\S)",
    re.IGNORECASE,
)
_CAPITALISED: Final = frozenset(listed("may march mar sat sun mon wed dec august"))
"""Words that mean something else without a capital letter."""


def kind_and_value(found: re.Match[str]) -> Word:
    """Return what a match of ``PIECE`` is, as the vocabulary has it."""
    group = next(name for name in _READ if found[name])
    return _READ[group](found[group])


def _word(text: str) -> Word:
    lowered = text.lower()
    is_other = lowered in _CAPITALISED and text[0].islower()
    return ("_", None) if is_other else WORDS.get(lowered, ("_", None))


def _number(text: str) -> Word:
    """Return a number; one of four digits without a comma may be a year. Long ones are cut: no time has as many."""
    plain = text.replace(",", "")
    if "." in plain:
        return "n", float(plain[:15])
    is_year = len(text) == 4 and text >= "1000"
    return ("y" if is_year else "n"), int(plain[:9])


def _half(text: str) -> Word:
    whole = re.sub(r"1/2$|[\u00bd, ]", "", text)
    return "n", int(whole or 0) + 0.5


def _clock(text: str) -> Word:
    """Return minutes after midnight."""
    digits = re.findall(r"\d+", text)
    hour, minute = int(digits[0]), int(digits[1]) if len(digits) > 1 else 0
    half = re.search(r"[ap]", text.lower())
    if half is not None:
        hour = hour % 12 + 12 * (half[0] == "p")
    return "c", hour * 60 + minute


_READ: Final[dict[str, Callable[[str], Word]]] = {
    "iso": lambda text: ("i", text),
    "figures": lambda text: ("i", text),
    "half": _half,
    "pair": lambda text: ("Y", int(text[:4])),
    "clock12": _clock,
    "clock24": _clock,
    "decade": lambda text: ("e", int(text.strip("'\u2019sS"))),
    "short": lambda text: ("y", int(text[1:])),
    "ordinal": lambda text: ("o", int(text[:-2])),
    "number": _number,
    "part": lambda text: ("q", (Unit.QUARTER if text[0] in "Qq" else Unit.HALF, int(text[1]))),
    "possessive": lambda _: ("S", None),
    "word": _word,
    "other": lambda text: WORDS.get(text, (".", None)),
}
"""How each group of ``PIECE`` is read, in their order."""
