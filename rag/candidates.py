"""Spans that might answer, in the article's own offsets."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.loading.published_date import dateline_in
from rag.protocols import PassageReading, ReadSpan
from rag.retriever import RetrievedPassage

__all__ = ["Candidate", "candidates_of"]

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A span ``[start, end)`` of an article's text that a reader put forward.

    Attributes:
        rank: Of its passage in the retrieval, from 1.
        margin: Span score over null score of its passage; comparable across passages.
    """

    retrieved: RetrievedPassage
    rank: int
    start: int
    end: int
    text: str
    span_score: float
    null_score: float

    @property
    def margin(self) -> float:
        """How far the span stands above "this passage does not answer"."""
        return self.span_score - self.null_score

    @property
    def article_id(self) -> int:
        """The article it stands in."""
        return self.retrieved.passage.article_id


def candidates_of(passages: Sequence[RetrievedPassage], readings: Sequence[PassageReading]) -> list[Candidate]:
    """Return every span that was read, once: where passages overlap, from the passage with the larger margin.

    A span that runs over a blank line, or touches the dateline, answers nothing: the day in a dateline is when the
    article was published, whatever is asked.
    """
    best: dict[tuple[int, int, int], Candidate] = {}
    for candidate in _every_candidate(passages, readings):
        place = (candidate.article_id, candidate.start, candidate.end)
        if place not in best or candidate.margin > best[place].margin:
            best[place] = candidate
    return list(best.values())


def _every_candidate(passages: Sequence[RetrievedPassage], readings: Sequence[PassageReading]) -> Iterator[Candidate]:
    for rank, (retrieved, reading) in enumerate(zip(passages, readings, strict=True), start=1):
        passage = retrieved.passage
        dateline = dateline_in(passage.text) if passage.start == 0 else None
        for span in reading.spans:
            if _touches(dateline, span) or _BLANK_LINE.search(passage.text, span.start, span.end):
                continue
            yield Candidate(
                retrieved=retrieved,
                rank=rank,
                start=passage.start + span.start,
                end=passage.start + span.end,
                text=passage.text[span.start : span.end],
                span_score=span.score,
                null_score=reading.null_score,
            )


def _touches(dateline: tuple[int, int] | None, span: ReadSpan) -> bool:
    return dateline is not None and span.start < dateline[1] and dateline[0] < span.end
