"""Dates in figures: 2026-02-01, 23/08/1999, 01.02.26."""

import re
from dataclasses import dataclass
from datetime import date

from rag.times.readings import Context, Reading, of_stretch
from rag.times.stretches import Stretch, Unit

__all__ = ["NumericDate", "whole_year"]


YEARS_BACK = 80
"""How far before the publication a year of two digits may lie; the rest of its century lies ahead. News tells of what
was: POSIX leaves 31 years ahead of 2000, and contracts end sooner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericDate:
    """A whole date in figures.

    Between slashes the day may come first or second, and only a figure above 12 tells, or a weekday; between dots it
    comes first.
    """

    written: str
    weekday: int | None = None

    def read(self, context: Context) -> Reading | None:
        """Return the day; None where day and month cannot be told apart."""
        if len(self.written) > 8 and self.written[4] == "-":
            return of_stretch(Stretch(Unit.DAY, date.fromisoformat(self.written[:10])), "as it says")
        one, other, last = (int(figure) for figure in re.split(r"[./-]", self.written))
        year = whole_year(last, context)
        if year is None:
            return None
        if one > 12 or "." in self.written or one == other:
            return of_stretch(Stretch(Unit.DAY, date(year, other, one)), "the day comes first")
        if other > 12:
            return of_stretch(Stretch(Unit.DAY, date(year, one, other)), "the day comes second")
        days = [date(year, month, day) for month, day in ((one, other), (other, one))]
        fitting = [day for day in days if day.weekday() == self.weekday]
        return of_stretch(Stretch(Unit.DAY, fitting[0]), "the weekday fits") if len(fitting) == 1 else None


def whole_year(year: int, context: Context) -> int | None:
    """Return a year of two digits with its century: from long before the publication to soon after."""
    if year >= 100:
        return year
    if context.anchor is None:
        return None
    first = context.anchor.year - YEARS_BACK
    whole = first + (year - first) % 100
    return whole if whole > 0 else None
