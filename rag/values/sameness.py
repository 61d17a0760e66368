"""Which spans give the same answer."""

from dataclasses import dataclass
from functools import lru_cache

from rag.normal_form import normalize_answer
from rag.values.calendar_days import CalendarDay, calendar_day, day_slices, is_same_day
from rag.values.names import is_same_name, name_words
from rag.values.numbers import numbers
from rag.values.quantities import Quantity, is_same_quantity, quantities

__all__ = ["is_same_value", "value_slices"]

REMEMBERED = 1024
"""Texts whose reading is kept: each candidate of a question is compared with each other."""


@dataclass(frozen=True, slots=True)
class _Value:
    """What a text can be taken for; None or empty where it is no such thing."""

    day: CalendarDay | None
    quantities: tuple[Quantity, ...]
    name: tuple[str, ...] | None
    words: tuple[str, ...]


def is_same_value(one: str, other: str) -> bool:
    """Tell whether two spans give the same answer: the same day, number, name, or the words of one in the other."""
    value, compared = _value(one), _value(other)
    if value.day is not None and compared.day is not None:
        return is_same_day(value.day, compared.day)
    if value.quantities and compared.quantities and value.day is None and compared.day is None:
        # The quantities of the shorter list stand first in the longer.
        return all(map(is_same_quantity, value.quantities, compared.quantities))
    if value.name is not None and compared.name is not None and is_same_name(value.name, compared.name):
        return True
    if _is_number_left_out(value, compared):
        return False
    return _holds_words(value.words, compared.words)


def _is_number_left_out(value: _Value, other: _Value) -> bool:
    """Tell whether the shorter of two texts lacks the number of the longer: "people" of "eleven people"."""
    shorter, longer = sorted((value, other), key=lambda one: len(one.words))
    return longer.day is None and bool(longer.quantities) and not shorter.quantities


def value_slices(text: str) -> list[tuple[int, int]]:
    """Return where the days of a text stand, or else its numbers."""
    return day_slices(text) or [(number.start, number.end) for number in numbers(text)]


@lru_cache(maxsize=REMEMBERED)
def _value(text: str) -> _Value:
    return _Value(calendar_day(text), tuple(quantities(text)), name_words(text), tuple(normalize_answer(text).split()))


def _holds_words(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Tell whether the words of one stand in a row in the other."""
    shorter, longer = sorted((words, others), key=len)
    return bool(shorter) and any(
        longer[at : at + len(shorter)] == shorter for at in range(len(longer) - len(shorter) + 1)
    )
