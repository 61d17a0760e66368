"""When an article was published, where it says so unmistakably. Nothing is inferred: 12/03/2026 says nothing."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import Literal

__all__ = ["dateline_in", "iso_date", "published_in", "stated_publication"]

HEAD_LINES = 6
"""How many lines with text are looked at: headline, standfirst, byline, dateline."""

HEAD_LINE_CHARS = 200

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_MONTH = (
    r"(?P<month{0}>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?"
    r"|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_DATE = (
    rf"(?:(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH.format(1)},?\s+(?P<year1>\d{{4}})"
    rf"|{_MONTH.format(2)}\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}})"
    r"|(?P<iso>\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?))(?!\d)"
)
_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
WHOLE_DATE = re.compile(_WEEKDAY + _DATE, re.IGNORECASE)
LABELLED = re.compile(
    r"(?:first\s+)?(?:published|posted|date|issued)(?:\s+on)?\s*:?\s*" + _WEEKDAY + _DATE, re.IGNORECASE
)
DATED_LINE = re.compile(
    rf"(?P<lead>[^.!?]{{0,80}}?)\b{_WEEKDAY}{_DATE}\s*(?P<next>$|[(.|\u2013\u2014-])", re.IGNORECASE
)


def iso_date(stated: object) -> str | None:
    """Return a stated date as ISO 8601, with its time where it has one; None if it is not a whole, plain date.

    Takes what YAML gives (dates, date-times, text) and text such as ``2 May 2025``, ``May 2, 2025``, ``2025-05-02``.
    """
    if isinstance(stated, date):  # A datetime is a date too.
        return stated.isoformat()
    found = WHOLE_DATE.fullmatch(stated.strip()) if isinstance(stated, str) else None
    return _iso(found) if found else None


def stated_publication(metadata: str | None, text: str) -> tuple[str | None, Literal["metadata", "dateline"] | None]:
    """Return the date that metadata gives, else the one that the head of the text states, and which of them it is."""
    if metadata is not None:
        return metadata, "metadata"
    published = published_in(text)
    return published, None if published is None else "dateline"


def published_in(text: str) -> str | None:
    """Return the date that one of the first lines states: a label, a line of its own, a byline or a dateline."""
    found = next(_stated_in(text), None)
    return _iso(found[1]) if found is not None else None


def dateline_in(text: str) -> tuple[int, int] | None:
    """Return where the date is stated: the label, the byline or the dateline ``[start, end)``; None if nowhere."""
    found = next(_stated_in(text), None)
    return (found[0], found[0] + found[1].end()) if found is not None else None


def _stated_in(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield where a line begins that states a date, and its match, for each such line at the head of a text."""
    lines = (
        (line.start() + len(line[0]) - len(line[0].lstrip()), line[0].strip()) for line in _LINE.finditer(text[:10_000])
    )
    for start, line in islice(((start, line) for start, line in lines if line), HEAD_LINES):
        found = _date_stated_on(line[:HEAD_LINE_CHARS])
        if found is not None and _iso(found) is not None:
            yield start, found


def _date_stated_on(line: str) -> re.Match[str] | None:
    found = LABELLED.match(line)
    if found is not None:
        return found
    found = DATED_LINE.match(line)
    return found if found is not None and _leads(found["lead"].strip(), is_whole_line=not found["next"]) else None


def _leads(lead: str, *, is_whole_line: bool) -> bool:
    """Tell whether what stands before a date makes it the date of the article.

    That is nothing, a place (``SANKT VERENA,``), or, if the line ends with the date, anything with a comma.
    """
    if is_whole_line and lead.endswith(","):
        return True
    return all(word[0].isupper() for word in re.findall(r"\w+", lead))


def _iso(found: re.Match[str]) -> str | None:
    """Return the date of a match, None if there is no such day."""
    try:
        if found["iso"]:
            stated = found["iso"]
            day_only = len(stated) == len("2026-01-31")
            return (date if day_only else datetime).fromisoformat(stated).isoformat()
        form = "1" if found["day1"] else "2"
        month = MONTHS.index(found[f"month{form}"][:3].lower()) + 1
        return date(int(found[f"year{form}"]), month, int(found[f"day{form}"])).isoformat()
    except ValueError:
        return None
