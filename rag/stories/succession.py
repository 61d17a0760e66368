"""Which values of one story superseded which: a toll that rose, a deadline that was moved, a corrected figure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, groupby

from rag.answers import TimeKind
from rag.question_kind import QuestionKind, question_kind
from rag.stories.kinship import is_same_story
from rag.stories.reports import Report, ReportedValue
from rag.stories.revisions import is_in_place_of, is_revision_of
from rag.values.calendar_days import calendar_day
from rag.values.quantities import COUNT, DISTANCES, TIME_UNITS, Quantity, quantities, seconds_of

__all__ = ["in_succession", "is_revisable", "rivals", "with_revisions"]

_FIGURE = (
    r"(?:date|day|deadline|figure|number|count|toll|estimate|price|cost|sum|amount|offer|bid|fine|rate|plan|value|total"
    r"|result|report|version|time|limit|length|term|sentence|announcement|ultimatum)"
)
_ASKS_FOR_ONE_REPORT = re.compile(
    r"\b(?:at first|original(?:ly)?|initial(?:ly)?|earlier|earliest|previous(?:ly)?|former(?:ly)?|used to"
    r"|at the (?:start|beginning|outset)|in the beginning|according to)\b"
    rf"|\b(?:first|old) {_FIGURE}\b|\bbefore\W*$|\bbefore (?:that|then|now|it was|they were)\b"
    r"|\bfirst (?:announced|reported|said|told|given|named|set|fixed|planned|meant|intended|thought|estimated|counted"
    r"|put)\b",
    re.IGNORECASE,
)
"""Asks for a former value, or for what one source says, whatever another said later."""

_REVISED_KINDS = {QuestionKind.WHEN, QuestionKind.HOW_MANY, QuestionKind.HOW_LONG, QuestionKind.WHAT}
"""What is asked for when a value is revised; who did something, and why, does not change from report to report."""

DAY, CLOCK, LENGTH, BARE_NUMBER = "day", "clock", "length", "number"
_SORT_OF_TIME = {TimeKind.DATE: DAY, TimeKind.TIME: CLOCK, TimeKind.DURATION: LENGTH}
_SORT_ASKED_FOR = {
    QuestionKind.WHEN: frozenset({DAY, CLOCK}),
    QuestionKind.HOW_LONG: frozenset({LENGTH, BARE_NUMBER, *DISTANCES}),
}

_COUNTED = re.compile(r"\b(?:how many|number of) (?P<noun>[a-z-]{2,40})", re.IGNORECASE)
_ASKS_FOR_CHANGE = re.compile(
    r"\bby (?:how (?:much|many|long)|what)\b|\bhow much (?:more|less|longer)\b", re.IGNORECASE
)
REVISED_BY = 10.0
"""A measure more than so many times another is of something else."""

NEARLY = 0.5
"""The share of an article's best margin from which a new value in it counts."""

CLOSE = 3.0
"""How far below its article's best margin a value may be whose sentence says what it took the place of."""


def is_revisable(question: str) -> bool:
    """Tell whether a question asks for what may be revised, as it stands now."""
    return question_kind(question) in _REVISED_KINDS and not _ASKS_FOR_ONE_REPORT.search(question)


def rivals(question: str, values: Sequence[ReportedValue]) -> list[ReportedValue]:
    """Return the first value with those of its story that cannot hold together with it; none when it has no rival.

    Rivals are days, lengths, or amounts in one unit, in dated articles of one story; an article has one of them to
    tell, the best read. A question that is not revisable has none.
    """
    if not values or not is_revisable(question):
        return []
    first, *others = _in_one_story(_without_changes(question, values))
    asked = _asked_for(question)
    story = list(_in_one_unit([first, *(other for other in others if _excludes(first.quoted, other.quoted, asked))]))
    told = _told(story)
    kept = [value for value in story if value is first or not value.quoted.holds or _of(value, told)]
    return kept if len(kept) > 1 else []


def _in_one_story(values: Sequence[ReportedValue]) -> Iterator[ReportedValue]:
    """Yield the values as the story of the first tells them: what another story counts is not when this one did."""
    story = values[0].quoted.passage
    passages = {report.passage.id: report.passage for value in values for report in value.reports}
    kin = {at for at, passage in passages.items() if is_same_story(story, passage)}
    for value in values:
        reports = tuple(report for report in value.reports if report.passage.id in kin)
        if reports:
            yield ReportedValue(reports)


def _in_one_unit(values: Sequence[ReportedValue]) -> Iterator[ReportedValue]:
    """Yield the values without the bare numbers of articles that tell one in the unit of the first, or of its noun."""
    first, *others = values
    unit = _unit(first.quoted)
    if unit == BARE_NUMBER:
        yield from values
        return
    in_unit = {
        report.candidate.article_id
        for value in values
        for report in value.reports
        if _unit(report) == unit and report.holds and not report.is_change
    }
    yield first
    for value in others:
        reports = tuple(
            report
            for report in value.reports
            if _sort(report) != BARE_NUMBER or report.candidate.article_id not in in_unit
        )
        if reports:
            yield ReportedValue(reports)


def _unit(report: Report) -> str | None:
    """Return what a value is of; of a count, what is counted: the last word of "23 votes", if the span has one."""
    sort, last = _sort(report), report.candidate.text.split()[-1].lower()
    if sort != COUNT:
        return sort
    return BARE_NUMBER if quantities(last) else last


def _without_changes(question: str, values: Sequence[ReportedValue]) -> Sequence[ReportedValue]:
    """Return the values without those by which another changed, behind the first, unless the question asks for them."""
    if _ASKS_FOR_CHANGE.search(question):
        return values
    return [value for at, value in enumerate(values) if at == 0 or not value.quoted.is_change]


def in_succession(values: Sequence[ReportedValue]) -> list[ReportedValue]:
    """Return rivals with the one that holds now first, then the earlier ones, latest first.

    What holds is what the latest article tells as holding; a value counts from the first article that tells it. Values
    that a story only looks back on come before what that article itself tells.
    """
    told = _told(values)
    by_time = sorted(values, key=lambda value: _since(value, told), reverse=True)
    current = next((value for value in by_time if value.quoted.holds), None)
    if current is None:
        return list(values)
    return [current, *(value for value in by_time if value is not current)]


def with_revisions(sure: Sequence[ReportedValue], story: Sequence[ReportedValue]) -> list[ReportedValue]:
    """Return the sure values of a story with those that a later article tells in the place of one of them, and so on.

    How sure the reader is of these does not matter: that their article names the other beside them is what tells.
    """
    found = list(sure)
    left = (value for value in story if value not in found and _is_dated(value.quoted))
    for value in sorted(left, key=lambda value: _published(value.quoted)):
        if any(_revises(value.quoted, known) for known in found) and _are_near(value.quoted, story[0].quoted):
            found.append(value)
    return [value for value in story if value in found]


def _revises(report: Report, known: ReportedValue) -> bool:
    """Tell whether the article of a report names a value that an article before it told."""
    moment = _published(report)
    told_before = any(other.published is not None and other.published < moment for other in known.reports)
    return told_before and is_revision_of(report, known)


def _told(values: Sequence[ReportedValue]) -> set[int]:
    """Return the places of the reports that are, of these values, what their article has to tell.

    That is the best that holds; but a value that no article before told is what is new in this one, if it was read
    nearly as well, or if its sentence says what it took the place of.
    """
    holding = [(at, report) for at, value in enumerate(values) for report in value.reports if _is_dated(report)]
    known: set[int] = set()
    told: set[int] = set()
    for _, article in groupby(sorted(holding, key=_moment_and_article), key=_moment_and_article):
        best_first = sorted(article, key=lambda pair: pair[1].rank)
        best = best_first[0][1].candidate.margin
        new = [pair for pair in best_first if pair[0] not in known]
        revised = (pair for pair in new if _is_close(pair[1], best) and _is_in_place_of_any(pair[1], values, known))
        nearly = (pair for pair in new if pair[1].candidate.margin >= min(best, best * NEARLY))
        at, report = next(chain(revised, nearly), best_first[0])
        known.add(at)
        told.add(report.place)
    return told


def _is_close(report: Report, best: float) -> bool:
    return best - report.candidate.margin <= CLOSE


def _is_in_place_of_any(report: Report, values: Sequence[ReportedValue], known: Iterable[int]) -> bool:
    return any(is_in_place_of(report, values[at]) for at in known)


def _is_dated(report: Report) -> bool:
    return report.holds and report.published is not None


def _moment_and_article(pair: tuple[int, Report]) -> tuple[datetime, int]:
    return _published(pair[1]), pair[1].candidate.article_id


def _of(value: ReportedValue, told: set[int]) -> list[Report]:
    """Return the reports of a value that are what their article has to tell."""
    return [report for report in value.reports if report.place in told]


def _since(value: ReportedValue, told: set[int]) -> tuple[datetime, bool, str, int]:
    """Return from when a value holds: its first report, then the time it names, then its place in the text."""
    reports = _of(value, told) or value.reports
    dated = [report for report in reports if report.published is not None] or [value.quoted]
    moment, first = min(((_published(report), report) for report in dated), key=lambda pair: pair[0])
    event = first.resolved.start if first.resolved is not None else None
    return moment, first.holds, event or "", first.candidate.start


def _published(report: Report) -> datetime:
    assert report.published is not None, "rivals stand in dated articles"
    return report.published


def _excludes(one: Report, other: Report, asked: frozenset[str] | None) -> bool:
    """Tell whether two values of one story cannot both hold: both say the same sort of thing, and what is asked for."""
    sorts = {_sort(one), _sort(other)}
    if BARE_NUMBER in sorts and sorts & {DAY, CLOCK}:
        return False
    if None in sorts or len(sorts - {BARE_NUMBER}) > 1 or (asked is not None and not sorts <= asked):
        return False
    return one.published is not None and other.published is not None and _are_of_one_size(one, other)


def _are_of_one_size(one: Report, other: Report) -> bool:
    """Tell whether two measures are near enough to be one that was revised; what is only counted may be any number.

    A number without a unit is taken for one of what the other measures.
    """
    if DAY in {_sort(one), _sort(other)}:
        return True
    size, other_size = _size(one), _size(other)
    if size is None and other_size is None:
        return True
    if size is None or other_size is None:
        return _may_become(one.amount, other.amount)
    return size[1] != other_size[1] or max(size[0], other_size[0]) <= REVISED_BY * min(size[0], other_size[0])


def _are_near(one: Report, other: Report) -> bool:
    """Tell the same where nothing else says that a value answers: there, a count must be near too."""
    if DAY in {_sort(one), _sort(other)}:
        return True
    return _are_of_one_size(one, other) and (_size(one) is not None or _may_become(one.amount, other.amount))


def _may_become(amount: Quantity | None, other: Quantity | None) -> bool:
    """Tell whether one number may have become the other."""
    if amount is None or other is None:
        return True
    return max(amount.value, other.value) <= REVISED_BY * min(amount.value, other.value)


def _size(report: Report) -> tuple[float, str] | None:
    """Return how large a measure is, and in what; None for what is only counted."""
    amount = report.amount
    if amount is None and report.resolved is not None:
        seconds = seconds_of(report.resolved.value)
        return None if seconds is None else (seconds, LENGTH)
    if amount is None or amount.unit is None or amount.unit == COUNT:
        return None
    seconds = TIME_UNITS.get(amount.unit)
    return (amount.value, amount.unit) if seconds is None else (amount.value * seconds, LENGTH)


def _asked_for(question: str) -> frozenset[str] | None:
    """Return the sorts of value that a question can ask for; None where it does not say."""
    kind = question_kind(question)
    if kind in _SORT_ASKED_FOR:
        return _SORT_ASKED_FOR[kind]
    counted = _COUNTED.search(question)
    if counted is None:
        return None
    unit = quantities(f"1 {counted['noun']}")[0].unit or COUNT
    return frozenset({LENGTH if unit in TIME_UNITS else unit, BARE_NUMBER})


def _sort(report: Report) -> str | None:
    """Return what a value is of: a day, a length of time, or a unit of measure; None for several, and for others."""
    amount = report.amount
    if amount is not None and amount.unit is not None and amount.unit not in TIME_UNITS and amount.unit != COUNT:
        return amount.unit
    if calendar_day(report.candidate.text) is not None:
        return DAY
    if report.resolved is not None:
        return _SORT_OF_TIME.get(report.resolved.kind)
    if amount is None or len(quantities(report.candidate.text)) > 1:
        return None
    return LENGTH if amount.unit in TIME_UNITS else amount.unit or BARE_NUMBER
