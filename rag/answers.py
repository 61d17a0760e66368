"""What comes of a question: a quotation with its citation, or an abstention with its reason, and how it came about.

``Answer.as_json`` is the one shape that the command line, HTTP and the evaluation speak.
"""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

__all__ = [
    "Abstention",
    "AbstentionReason",
    "Answer",
    "Citation",
    "HitTrace",
    "Quotation",
    "ResolvedTime",
    "Sentence",
    "Timings",
    "Trace",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """The sentence around a span: ``article.text[start:end] == text``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where the words stand: the span ``[start, end)`` in the text of this version of this article."""

    article_id: int
    version: int
    start: int
    end: int
    title: str
    source: str
    url: str | None
    published: str | None
    sentence: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedTime:
    """The days a time expression means, both included, ISO 8601."""

    start: str
    end: str
    granularity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words of an article that answer the question.

    Attributes:
        confidence: Calibrated probability in [0, 1] that they are right.
        resolved: What a time expression in them means, where it was worked out.
        sources: How many articles say the same.
    """

    text: str
    confidence: float
    resolved: ResolvedTime | None
    citation: Citation
    sources: int


class AbstentionReason(StrEnum):
    """Why no quotation is shown."""

    NOTHING_FOUND = "nothing_found"
    NOTHING_ANSWERS = "nothing_answers"
    NOT_SURE = "not_sure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstention:
    """The articles do not say, and why we think so."""

    reason: AbstentionReason
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HitTrace:
    """One passage that was read, with where each search ranked it (1 is best, None not found) and what reading gave.

    Attributes:
        score: The fused retrieval score.
        span_score: Of its best span; None when the passage has no span.
        null_score: Of "this passage does not answer", on the same scale.
    """

    article_id: int
    start: int
    end: int
    dense_rank: int | None
    lexical_rank: int | None
    score: float
    span_score: float | None
    null_score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Timings:
    """Where the time went, in milliseconds."""

    encode: float
    search: float
    read: float
    total: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What was looked at, best hit first, and how long it took."""

    hits: tuple[HitTrace, ...]
    timings_ms: Timings


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one question: either ``quotation`` or ``abstention`` is set.

    Attributes:
        query: What was sent to retrieval.
        also_reported: Other values that pass the same bar, most confident first.
    """

    question: str
    query: str
    quotation: Quotation | None
    also_reported: tuple[Quotation, ...]
    abstention: Abstention | None
    trace: Trace

    def as_json(self) -> dict[str, Any]:
        """Return the answer in the shape of ``docs/answer.md``, ready for ``json.dumps``."""
        return {
            "question": self.question,
            "query": self.query,
            "answered": self.quotation is not None,
            "answer": asdict(self.quotation) if self.quotation is not None else None,
            "also_reported": [asdict(quotation) for quotation in self.also_reported],
            "abstention": asdict(self.abstention) if self.abstention is not None else None,
            "trace": asdict(self.trace),
        }
