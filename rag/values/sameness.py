"""Which spans give the same answer."""

from rag.normal_form import normalize_answer
from rag.values.calendar_days import calendar_day, is_same_day
from rag.values.names import is_same_name, name_words
from rag.values.quantities import Quantity, is_same_quantity, quantities

__all__ = ["is_same_value"]


def is_same_value(one: str, other: str) -> bool:
    """Tell whether two spans give the same answer: the same day, number, name, or the words of one in the other."""
    day, other_day = calendar_day(one), calendar_day(other)
    if day is not None and other_day is not None:
        return is_same_day(day, other_day)
    amounts, other_amounts = quantities(one), quantities(other)
    if amounts and other_amounts and day is None and other_day is None:
        return _are_same_quantities(amounts, other_amounts)
    name, other_name = name_words(one), name_words(other)
    if name is not None and other_name is not None and is_same_name(name, other_name):
        return True
    return _holds_words(one, other)


def _are_same_quantities(some: list[Quantity], others: list[Quantity]) -> bool:
    """Tell whether the quantities of the shorter list stand first in the longer."""
    return all(map(is_same_quantity, some, others))


def _holds_words(one: str, other: str) -> bool:
    """Tell whether the normalised words of one stand in a row in the other."""
    words, others = normalize_answer(one).split(), normalize_answer(other).split()
    shorter, longer = sorted((words, others), key=len)
    return bool(shorter) and any(
        longer[at : at + len(shorter)] == shorter for at in range(len(longer) - len(shorter) + 1)
    )
