"""From candidates to quotations: which say the same, which stand first, how sure we are, and where each stands."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from rag.answers import Citation, Hedge, Quotation, Relation, ResolvedTime, Sentence
from rag.articles import DateCertainty, DateOrigin
from rag.calibration import Calibration, candidate_features
from rag.candidates import Candidate
from rag.sentences import sentences
from rag.times.signs import may_hold_time
from rag.values.sameness import is_same_value

__all__ = ["weigh"]


def weigh(
    query: str, candidates: Sequence[Candidate], *, calibration: Calibration, clock: date | None = None
) -> list[Quotation]:
    """Return one quotation for each value that beats "does not answer", best first.

    The clock is the day from which a time is past or coming; without it the tense is left open.
    """
    features = candidate_features(query, candidates)
    confidences = calibration.confidence.probability(features)
    order = np.argsort(-calibration.ranking.probability(features), kind="stable")
    groups: list[list[tuple[Candidate, float]]] = []
    for candidate, confidence in ((candidates[at], float(confidences[at])) for at in order):
        if candidate.margin <= 0.0:
            continue
        group = next((group for group in groups if is_same_value(group[0][0].text, candidate.text)), None)
        if group is None:
            groups.append([(candidate, confidence)])
        else:
            group.append((candidate, confidence))
    return [_quotation(group, is_first=at == 0, clock=clock) for at, group in enumerate(groups)]


def _quotation(group: Sequence[tuple[Candidate, float]], *, is_first: bool, clock: date | None) -> Quotation:
    """Return the best candidate of a group that says the same, and how many articles say it."""
    candidate, confidence = group[0]
    passage = candidate.retrieved.passage
    return Quotation(
        text=candidate.text,
        confidence=confidence,
        resolved=_resolved(candidate, clock),
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
        sources=len({other.article_id for other, _ in group}),
        speaker=None,
        hedge=Hedge.STATED,
        relation=Relation.CURRENT if is_first else Relation.OTHER,
    )


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
