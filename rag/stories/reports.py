"""Values as articles report them: which candidates give one value, and which of them to quote."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from rag.answers import Hedge, ResolvedTime, TimeKind
from rag.articles import DateOrigin, StoredPassage
from rag.attribution.statements import Statement
from rag.candidates import Candidate
from rag.near_copies import count_independent
from rag.values.calendar_days import calendar_day, is_same_day
from rag.values.quantities import Quantity, quantity_at
from rag.values.sameness import is_same_value

__all__ = ["Report", "ReportedValue", "grouped", "trusted_date"]

SOME_WEEKDAY = "XXXX-WXX-"
"""How the value of a weekday begins whose week is left open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One candidate with what was worked out of it.

    Attributes:
        place: Of the candidate among those of its question, as they were read.
        rank: The same, best first.
        resolved: The time it names.
        published: When its article was, as far as that can be trusted.
        statement: Who says it and how firmly.
        is_past: Whether its sentence says that it holds no longer, or not at all.
        is_change: Whether its sentence says that a value changed by it.
    """

    candidate: Candidate
    place: int
    rank: int
    confidence: float
    resolved: ResolvedTime | None
    published: datetime | None
    statement: Statement
    is_past: bool
    is_change: bool

    @property
    def passage(self) -> StoredPassage:
        """Where it stands."""
        return self.candidate.retrieved.passage

    @property
    def amount(self) -> Quantity | None:
        """The quantity it begins with, in the unit that its sentence gives it."""
        start = self.passage.start
        return quantity_at(self.passage.text, self.candidate.start - start, self.candidate.end - start)

    @property
    def is_full(self) -> bool:
        """Whether it is more than a weekday or a time of day."""
        day = calendar_day(self.candidate.text)
        if day is None:
            return self.resolved is None or self.resolved.kind is not TimeKind.TIME
        return day.day is not None

    @property
    def holds(self) -> bool:
        """Whether it is told as what holds now."""
        return not self.is_past and self.statement.hedge not in {Hedge.DENIED, Hedge.NEGATED}

    def gives_same(self, other: "Report") -> bool:
        """Tell whether both give one value: the same days, where both name days, or else the same in other words."""
        if self.resolved is None or other.resolved is None or None in {self.resolved.start, other.resolved.start}:
            return is_same_value(self.candidate.text, other.candidate.text)
        if _is_one_day_of_the_year(self.candidate.text, other.candidate.text):
            return True
        return _is_same_time(self.resolved, other.resolved)


def _is_same_time(one: ResolvedTime, other: ResolvedTime) -> bool:
    """Tell whether both name the same days; a weekday that may be of two weeks names either of them."""
    days, other_days = _days(one), _days(other)
    if days == other_days:
        return True
    shorter, either = sorted((days, other_days), key=lambda pair: pair[0] != pair[1])
    weekday = one if days == either else other
    return shorter[0] == shorter[1] and shorter[0] in either and weekday.value.startswith(SOME_WEEKDAY)


def _days(time: ResolvedTime) -> tuple[str, str]:
    return (time.start or "")[:10], (time.end or "")[:10]


def _is_one_day_of_the_year(one: str, other: str) -> bool:
    """Tell whether both name one day of one month; the years they were resolved to matter less than that."""
    day, other_day = calendar_day(one), calendar_day(other)
    if day is None or other_day is None or day.month is None or other_day.month is None:
        return False
    return is_same_day(day, other_day)


@dataclass(frozen=True, slots=True)
class ReportedValue:
    """The reports that give one value, at least one, best first."""

    reports: tuple[Report, ...]

    @property
    def best(self) -> Report:
        """The best report of all."""
        return self.reports[0]

    @property
    def fullest(self) -> Report:
        """The best report, or a fuller one of its article."""
        return self._fuller(self.best)

    @property
    def quoted(self) -> Report:
        """The best report that tells it as what holds, or else the best; or a fuller one of its article."""
        return self._fuller(next((report for report in self.reports if report.holds), self.best))

    def _fuller(self, report: Report) -> Report:
        """Return a report, or where it is only a weekday, the best of its article that names the day, as surely."""
        if report.is_full:
            return report
        article = report.candidate.article_id
        full = (one for one in self.reports if one.is_full and one.candidate.article_id == article)
        fuller = next(full, None)
        return replace(fuller, confidence=max(report.confidence, fuller.confidence)) if fuller is not None else report

    @property
    def sources(self) -> int:
        """How many articles give the value; near-copies of one story count once."""
        passages = {report.passage.article_id: report.passage for report in self.reports}
        return count_independent(passage.text for passage in passages.values())


def trusted_date(passage: StoredPassage, *, clock: date | None) -> datetime | None:
    """Return when an article was published; None where that is unknown, only inferred, or still to come by the clock.

    A day ahead is left to time zones.
    """
    if passage.published is None or passage.published_origin is DateOrigin.INFERRED:
        return None
    try:
        moment = datetime.fromisoformat(passage.published)
    except ValueError:
        return None
    if clock is not None and moment.date().toordinal() > clock.toordinal() + 1:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def grouped(reports: Iterable[Report]) -> list[ReportedValue]:
    """Return the values that reports give, in the order of their first reports; each joins the first it agrees with."""
    groups: list[list[Report]] = []
    for report in reports:
        group = next((group for group in groups if group[0].gives_same(report)), None)
        if group is None:
            groups.append([report])
        else:
            group.append(report)
    return [ReportedValue(tuple(group)) for group in groups]
