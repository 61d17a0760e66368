"""When an article without a date was published, as far as the days that its text names tell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rag.articles import DateCertainty
from rag.times.expressions import time_expressions
from rag.times.fields import WEEKDAY_YEARS, CalendarFields

__all__ = ["InferredDate", "infer_published"]

MAX_CHARS = 20_000
"""How much of a text is looked at; news names its days at the beginning."""

MAX_DATE_CHARS = 40
"""How long a day with its weekday may be: ``Wednesday, the 24th of September 2026`` has 36 characters."""

_WEEKDAY_BEFORE_DATE = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+(?:the\s+)?"
    r"(?=\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)

LIKELY_DAYS = 730
"""A year is likely if its day is that near to the day the article was added: the next year in which the weekday fits
lies five or six years on, eleven at most, and what people add is rarely older than two. Source: the issue's rule, that
the nearest wins."""

SLACK_DAYS = 400
"""How far an announced day may lie ahead of the day an article is added."""


@dataclass(frozen=True, slots=True)
class InferredDate:
    """A day near the publication, and how sure its year is."""

    day: date
    certainty: DateCertainty


def infer_published(text: str, *, added: date) -> InferredDate | None:
    """Return the day that the text names with its weekday but without its year, in the year that fits best.

    "Sunday, February 1st" fits few years; the nearest to the day the article was added wins. Where several days are
    named, a year must fit as many as any other. Nothing is inferred from a text that names no such day: neither from a
    year, which may be that of an old event, nor from a weekday alone.
    """
    dated = list(_days_with_weekday(text[:MAX_CHARS]))
    if not dated:
        return None
    years = range(max(1, added.year - WEEKDAY_YEARS), min(9999, added.year + WEEKDAY_YEARS) + 1)
    fits = {year: [day for fields in dated if (day := _fitting(fields, year)) is not None] for year in years}
    most = max(len(days) for days in fits.values())
    if most == 0:
        return None
    near = [min(days, key=lambda day: abs(day - added)) for days in fits.values() if len(days) == most]
    near = [day for day in near if day <= added + timedelta(days=SLACK_DAYS)] or near
    nearest = min(near, key=lambda day: abs(day - added))
    is_likely = abs((nearest - added).days) <= LIKELY_DAYS
    return InferredDate(nearest, DateCertainty.LIKELY if is_likely else DateCertainty.UNSURE)


def _days_with_weekday(text: str) -> Iterator[CalendarFields]:
    """Yield the days that are named with their weekday and without their year."""
    for found in _WEEKDAY_BEFORE_DATE.finditer(text):
        expression = next(time_expressions(text, found.start(), found.start() + MAX_DATE_CHARS), None)
        if expression is None or not isinstance(expression.form, CalendarFields):
            continue
        fields = expression.form
        if fields.weekday is not None and fields.month and fields.day and not (fields.year or fields.year_shift):
            yield fields


def _fitting(fields: CalendarFields, year: int) -> date | None:
    """Return the day in a year, if there is one and the weekday fits."""
    if fields.month is None or fields.day is None:
        return None
    try:
        day = date(year, fields.month, fields.day)
    except ValueError:
        return None
    return day if day.weekday() == fields.weekday else None
