"""Values that an article tells in the place of others: it names what an article before it told, and tells another."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from rag.candidates import Candidate
from rag.sentences import sentences
from rag.stories.past_values import is_past_value, new_values
from rag.stories.reports import Report, ReportedValue
from rag.values.calendar_days import calendar_day, day_slices
from rag.values.numbers import numbers
from rag.values.quantities import quantity_slices
from rag.values.sameness import is_same_value

__all__ = ["is_in_place_of", "is_read", "is_revision_of", "unread_revisions"]

_PART_OF = re.compile(r"(?:\s[^\s,.;]+)?\s(?:out )?of (?:the|its|their|all|those)\b")
"""What stands behind a number that is a share of another."""

UNREAD = -30.0
"""The margin of what was not read: further below null than anything that was, so that nothing comes of it alone."""


def is_revision_of(report: Report, value: ReportedValue) -> bool:
    """Tell whether the article of a report names a value too, in its passage or where it was read.

    What a later article tells first, and beside the older value, took that value's place; but not a part of it
    ("52,000 of the 118,000"). An article that appears on a day names it: what was to be on that day is on another.
    """
    passage, article = report.passage, report.candidate.article_id
    if _PART_OF.match(passage.text, report.candidate.end - passage.start):
        return False
    if any(one.candidate.article_id == article for one in value.reports):
        return True
    told = value.quoted.candidate.text
    return any(is_same_value(passage.text[start:end], told) for start, end in _values_like(told, passage.text))


def is_in_place_of(report: Report, value: ReportedValue) -> bool:
    """Tell whether the very sentence of a report does: "put off from 14 November to 22 January"."""
    text, at = report.passage.text, report.candidate.start - report.passage.start
    own = next((one for one in sentences(text) if one.start <= at < one.end), None)
    return own is not None and _looks_back_on(text[own.start : own.end], value)


def _looks_back_on(sentence: str, value: ReportedValue) -> bool:
    told = value.quoted.candidate.text
    return any(
        is_same_value(sentence[start:end], told) and is_past_value(sentence, start, end)
        for start, end in _values_like(told, sentence)
    )


def _values_like(told: str, text: str) -> list[tuple[int, int]]:
    """Return where the days of a text stand, if a day was told, or else its numbers, without those of days."""
    days = day_slices(text)
    if calendar_day(told) is not None:
        return days
    places = ((number.start, number.end) for number in numbers(text))
    return [place for place in places if not any(start <= place[0] < end for start, end in days)]


def is_read(report: Report) -> bool:
    """Tell whether a report is of what the reader put forward."""
    return report.candidate.margin > UNREAD


def unread_revisions(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the values that the passages of candidates call new and that were not read, behind all others.

    None of them is anything by itself; where its article looks back on a value that was read surely, it is what took
    that value's place.
    """
    in_order = sorted(candidates, key=lambda one: one.retrieved.passage.id)
    for _, group in groupby(in_order, key=lambda one: one.retrieved.passage.id):
        read = list(group)
        passage = read[0].retrieved.passage
        for start, end in _new_values(passage.text):
            first, last = passage.start + start, passage.start + end
            if not any(_is_cut((one.start, one.end), (first, last)) for one in read):
                score = read[0].null_score + UNREAD
                yield replace(read[0], start=first, end=last, text=passage.text[start:end], span_score=score)


def _new_values(text: str) -> Iterator[tuple[int, int]]:
    for one in sentences(text):
        sentence = text[one.start : one.end]
        for at in new_values(sentence):
            days_first = (*day_slices(sentence), *quantity_slices(sentence))
            # What is signed may begin before its first word: "to minus 50.9 degrees".
            place = next(((start, end) for start, end in days_first if start <= at < end), None)
            if place is not None and not is_past_value(sentence, *place):
                text_of = sentence[place[0] : place[1]].rstrip(".")
                yield one.start + place[0], one.start + place[0] + len(text_of)


def _is_cut(read: tuple[int, int], place: tuple[int, int]) -> bool:
    """Tell whether a span that was read touches a place, and is more than a part of it: "Wednesday" of its date."""
    touches = read[0] < place[1] and place[0] < read[1]
    is_part = place[0] <= read[0] and read[1] <= place[1] and read != place
    return touches and not is_part
