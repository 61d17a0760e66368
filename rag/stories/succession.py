"""Which values of one story superseded which: a toll that rose, a deadline that was moved, a corrected figure."""

import re
from collections.abc import Sequence
from datetime import datetime

from rag.question_kind import QuestionKind, question_kind
from rag.stories.kinship import is_same_story
from rag.stories.reports import Report, ReportedValue
from rag.values.quantities import quantities

__all__ = ["in_succession", "rivals"]

_ASKS_FOR_FORMER = re.compile(
    r"\b(?:first|at first|original(?:ly)?|initial(?:ly)?|earlier|earliest|previous(?:ly)?|former(?:ly)?|before|used to"
    r"|old|at the (?:start|beginning|outset)|in the beginning)\b",
    re.IGNORECASE,
)
_REVISED_KINDS = {QuestionKind.WHEN, QuestionKind.HOW_MANY, QuestionKind.HOW_LONG, QuestionKind.WHAT}
"""What is asked for when a value is revised; who did something, and why, does not change from report to report."""


def rivals(question: str, values: Sequence[ReportedValue]) -> list[ReportedValue]:
    """Return the first value with those of the same story that cannot hold together with it; none when it has no rival.

    Rivals are times, or amounts in one unit, in dated articles of one story. A question that asks for a former value by
    name ("the original deadline") has none.
    """
    if not values or question_kind(question) not in _REVISED_KINDS or _ASKS_FOR_FORMER.search(question):
        return []
    first, *others = values
    found = [other for other in others if _excludes(first.quoted, other.quoted)]
    return [first, *found] if found else []


def in_succession(values: Sequence[ReportedValue]) -> list[ReportedValue]:
    """Return rivals with the one that holds now first, then the earlier ones, latest first.

    What holds is what the latest article tells as holding; a value counts from the first article that reports it.
    Values that a story only looks back on come before what that article itself reports.
    """
    by_time = sorted(values, key=_since, reverse=True)
    current = next((value for value in by_time if value.quoted.holds), None)
    if current is None:
        return list(values)
    return [current, *(value for value in by_time if value is not current)]


def _since(value: ReportedValue) -> tuple[datetime, bool, str, int]:
    """Return from when a value holds: its first report, then the time it names, then its place in the text."""
    quoted = value.quoted
    told = [report for report in value.reports if report.holds is quoted.holds and _is_of_story(report, quoted)]
    moment, first = min(((_published(report), report) for report in told), key=lambda pair: pair[0])
    event = first.resolved.start if first.resolved is not None else None
    return moment, first.holds, event or "", first.candidate.start


def _is_of_story(report: Report, quoted: Report) -> bool:
    return report.published is not None and is_same_story(report.passage, quoted.passage)


def _published(report: Report) -> datetime:
    assert report.published is not None, "rivals stand in dated articles"
    return report.published


def _excludes(one: Report, other: Report) -> bool:
    """Tell whether two values of one story cannot both hold."""
    if one.published is None or other.published is None or not is_same_story(one.passage, other.passage):
        return False
    if one.resolved is not None and other.resolved is not None:
        return one.resolved.kind is other.resolved.kind
    if one.resolved is not None or other.resolved is not None:
        return False
    amounts, others = quantities(one.candidate.text), quantities(other.candidate.text)
    if not amounts or not others:
        return False
    units = {amounts[0].unit, others[0].unit} - {None}
    return len(units) <= 1
