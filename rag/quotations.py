"""From candidates to quotations: which say the same, which stand first, how sure we are, and where each stands."""

import math
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from datetime import date

import numpy as np

from rag.answers import Citation, Quotation, Relation, ResolvedTime, Sentence, Speaker
from rag.articles import DateCertainty, DateOrigin
from rag.attribution.statements import statement_of
from rag.calibration import Calibration, candidate_features
from rag.candidates import Candidate
from rag.question_kind import QuestionKind, question_kind
from rag.sentences import sentences
from rag.stories.past_values import is_change, is_past_value, what_holds
from rag.stories.reports import Report, ReportedValue, grouped, trusted_date
from rag.stories.revisions import is_read, unread_revisions
from rag.stories.succession import in_succession, is_revisable, rivals, with_revisions
from rag.times.signs import may_hold_time
from rag.values.sameness import value_slices

__all__ = ["weigh"]

LIKELY_SHARE = 0.75
"""The share of the operating point from which a value counts beside a confident one of its story. Lower ones put more
revised values in order and more that were never revised out of it: docs/decisions/012-several-sources.md."""

LEADING_SHARE = 0.35
"""The same for the best that was read in its article: what an article of the story says first to the question."""


def weigh(
    query: str,
    candidates: Sequence[Candidate],
    *,
    calibration: Calibration,
    min_confidence: float,
    clock: date | None = None,
    in_focus: int | None = None,
) -> list[Quotation]:
    """Return one quotation for each value that was put forward, however unsure.

    The value that holds now comes first, then earlier ones of its story, latest first, then the others by confidence.

    Args:
        query: What was asked.
        candidates: What was read.
        calibration: Ranks them, and says how sure we are.
        min_confidence: Values of one story supersede one another from here on.
        clock: The day from which a time is past or coming; without it the tense is left open.
        in_focus: The article that answered the question on which this one leans.
    """
    if is_revisable(query):
        candidates = [*candidates, *unread_revisions(candidates)]
    features = candidate_features(query, candidates)
    odds = calibration.focus_odds * np.asarray([one.article_id == in_focus for one in candidates], dtype=np.float64)
    confidences = calibration.confidence.probability(features, odds)
    order = np.argsort(-calibration.ranking.probability(features, odds), kind="stable")
    values = grouped(
        _report(candidates[at], place=int(at), rank=rank, confidence=float(confidences[at]), clock=clock)
        for rank, at in enumerate(order)
    )
    succession = _succession(
        rivals(query, values), leading=_leading(values), calibration=calibration, min_confidence=min_confidence
    )
    first = succession or [(value, value.fullest) for value in values[:1]]
    shown = {report.place for value, _ in first for report in value.reports}
    left = (value for value in values if not any(report.place in shown for report in value.reports))
    asks_for_time = question_kind(query) in {QuestionKind.WHEN, QuestionKind.HOW_LONG}
    is_told = asks_for_time and bool(first) and first[0][1].resolved is not None
    others = (value for value in left if is_read(value.best) and not (is_told and _is_no_time(value.fullest)))
    return [
        *(_quotation(value, report, _relation(at)) for at, (value, report) in enumerate(first)),
        *(_quotation(value, value.fullest, Relation.OTHER) for value in sorted(others, key=_doubt)),
    ]


def _relation(at: int) -> Relation:
    return Relation.EARLIER if at else Relation.CURRENT


def _is_no_time(report: Report) -> bool:
    """Tell "fourth year": words of a time in a dated article that name none."""
    is_dated = report.passage.published is not None
    return is_dated and report.resolved is None and may_hold_time(report.candidate.text)


def _doubt(value: ReportedValue) -> float:
    return -value.best.confidence


def _leading(values: Iterable[ReportedValue]) -> set[int]:
    """Return the places of the reports that are the best read of their article."""
    best: dict[int, Report] = {}
    for report in (report for value in values for report in value.reports if is_read(report)):
        known = best.setdefault(report.candidate.article_id, report)
        if report.rank < known.rank:
            best[report.candidate.article_id] = report
    return {report.place for report in best.values()}


def _succession(
    story: Sequence[ReportedValue], *, leading: Set[int], calibration: Calibration, min_confidence: float
) -> list[tuple[ReportedValue, Report]]:
    """Return the values of a story with the report to quote of each, the value that holds now first.

    A value counts that is nearly confident itself, or less so if it leads its article, or that an article tells in the
    place of one that does. None do unless there are two, and they are confident.
    """
    sure = [
        value
        for value in story
        if value.quoted.confidence
        >= min_confidence * (LEADING_SHARE if value.quoted.place in leading else LIKELY_SHARE)
    ]
    told = with_revisions([value for value in sure if is_read(value.quoted)], story)
    confidence = _confidence_of_all(told, operating_point=calibration.min_confidence)
    if len(told) < 2 or told[0] is not story[0] or confidence < min_confidence:
        return []
    return [(value, replace(value.quoted, confidence=confidence)) for value in in_succession(told)]


def _confidence_of_all(values: Sequence[ReportedValue], *, operating_point: float) -> float:
    """Return how sure the values of one story are: as the surest, or up to the operating point all together.

    They answer one question at different times: what is doubted is whether they answer it, and that one does of any.
    """
    confidences = [value.quoted.confidence for value in values]
    together = 1.0 - math.prod(1.0 - confidence for confidence in confidences)
    return max(*confidences, min(together, operating_point), 0.0)


def _report(candidate: Candidate, *, place: int, rank: int, confidence: float, clock: date | None) -> Report:
    candidate = _narrowed(candidate)
    passage = candidate.retrieved.passage
    start, end = candidate.start - passage.start, candidate.end - passage.start
    statement = statement_of(passage.text, start, end)
    sentence = _sentence_around(candidate)
    offset = candidate.start - sentence.start
    return Report(
        candidate=candidate,
        place=place,
        rank=rank,
        confidence=confidence,
        resolved=_resolved(candidate, clock),
        published=trusted_date(passage, clock=clock),
        statement=statement,
        is_past=is_past_value(sentence.text, offset, offset + len(candidate.text)),
        is_change=is_change(sentence.text, offset + next(iter(value_slices(candidate.text)), (0, 0))[0]),
    )


def _narrowed(candidate: Candidate) -> Candidate:
    """Return the part of a candidate that holds, of one that runs from a value to the one that took its place."""
    parts = value_slices(candidate.text)
    if len(parts) < 2:
        return candidate
    sentence = _sentence_around(candidate)
    offset = candidate.start - sentence.start
    placed = [(start + offset, end + offset) for start, end in parts]
    start, end = what_holds(sentence.text, offset, offset + len(candidate.text), placed)
    return replace(candidate, start=sentence.start + start, end=sentence.start + end, text=sentence.text[start:end])


def _quotation(value: ReportedValue, report: Report, relation: Relation) -> Quotation:
    """Return a report of a value as words that can be shown and checked."""
    candidate, passage = report.candidate, report.passage
    return Quotation(
        text=candidate.text,
        confidence=report.confidence,
        resolved=report.resolved,
        citation=Citation(
            article_id=passage.article_id,
            version=passage.version,
            start=candidate.start,
            end=candidate.end,
            title=passage.title,
            source=passage.source,
            url=passage.url,
            published=passage.published,
            published_origin=passage.published_origin,
            published_certainty=passage.published_certainty,
            sentence=_sentence_around(candidate),
        ),
        sources=value.sources,
        speaker=_in_article(report.statement.speaker, passage.start),
        hedge=report.statement.hedge,
        relation=relation,
    )


def _in_article(speaker: Speaker | None, passage_start: int) -> Speaker | None:
    """Return a speaker found in a passage in the offsets of its article."""
    if speaker is None:
        return None
    return Speaker(text=speaker.text, start=speaker.start + passage_start, end=speaker.end + passage_start)


def _resolved(candidate: Candidate, clock: date | None) -> ResolvedTime | None:
    """Return what a time expression in the span means, if there is one."""
    if not may_hold_time(candidate.text):
        return None
    from rag.times.resolving import resolve_span

    passage = candidate.retrieved.passage
    is_inferred = passage.published_origin is DateOrigin.INFERRED
    is_unsure = is_inferred and passage.published_certainty is DateCertainty.UNSURE
    return resolve_span(
        passage.text,
        candidate.start - passage.start,
        candidate.end - passage.start,
        published=None if is_unsure else passage.published,
        is_exact=not is_inferred,
        clock=clock,
    )


def _sentence_around(candidate: Candidate) -> Sentence:
    """Return the sentence, or the run of sentences, that holds the span; a passage never cuts a sentence."""
    passage = candidate.retrieved.passage
    start, end = candidate.start - passage.start, candidate.end - passage.start
    touched = [sentence for sentence in sentences(passage.text) if sentence.start < end and start < sentence.end]
    first = min(start, touched[0].start) if touched else start
    last = max(end, touched[-1].end) if touched else end
    return Sentence(text=passage.text[first:last], start=passage.start + first, end=passage.start + last)
