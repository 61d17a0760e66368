"""Finds the time expressions of a text."""

from collections.abc import Iterator
from dataclasses import dataclass

from rag.times.grammar import form_at
from rag.times.readings import Form
from rag.times.tokens import kinds_of, tokens_of

__all__ = ["TimeExpression", "time_expressions"]

_BEGINS = frozenset("rnoyYemwWuspPchidqfvxLNTAHDIEVKJMkFRXBCt")
"""The kinds of words that an expression may begin with."""


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """An expression at ``[start, end)`` of a text, taken apart."""

    start: int
    end: int
    form: Form


def time_expressions(
    text: str, start: int = 0, end: int | None = None, *, joins_ranges: bool = False
) -> Iterator[TimeExpression]:
    """Yield the time expressions that lie within ``[start, end)``, in order, none in another.

    A range, such as ``3 to 7 May``, is one expression if ranges are joined, and else two, as in TIMEX3. The ``in`` of
    ``in three weeks`` counts for the meaning, and does not belong to the expression; so does ``for``.
    """
    offset = start
    tokens = tokens_of(text[start:end])
    kinds = kinds_of(tokens)
    at = 0
    while at < len(tokens):
        found = form_at(tokens, kinds, at, joins_ranges=joins_ranges) if kinds[at] in _BEGINS else None
        if found is None:
            at += 1
            continue
        form, count = found
        first = tokens[at + (kinds[at] in "Ir")]
        yield TimeExpression(offset + first.start, offset + tokens[at + count - 1].end, form)
        at += count
