"""What comes of a question: a quotation with its citation, or an abstention with its reason, and how it came about.

``Answer.as_json`` is the one shape that the command line, HTTP and the evaluation speak.
"""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from rag.articles import DateCertainty, DateOrigin

__all__ = [
    "Abstention",
    "AbstentionReason",
    "Answer",
    "Citation",
    "FollowUp",
    "Hedge",
    "HitTrace",
    "Quotation",
    "Relation",
    "ResolvedTime",
    "Sentence",
    "Speaker",
    "Tense",
    "TimeKind",
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
    published_origin: DateOrigin | None = None
    published_certainty: DateCertainty | None = None
    sentence: Sentence


class TimeKind(StrEnum):
    """What a time expression names."""

    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    SET = "set"


class Tense(StrEnum):
    """How a resolved time stands to the clock of the question."""

    PAST = "past"
    PRESENT = "present"
    COMING = "coming"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedTime:
    """What a time expression means.

    Attributes:
        start: First day or minute, ISO 8601; None for a duration or a set that no date holds.
        end: Last day or minute, included; None as above.
        granularity: Of start and end: ``minute``, ``hour``, ``day``, ``week``, ``month``, ``quarter``, ``season``,
            ``year``, ``decade``, ``century``; of a duration or a set, its unit.
        kind: A point or stretch of the calendar, a time of day, a length, or a repetition.
        value: As in TIMEX3: ``2026-02-01``, ``2026-W05``, ``P1W``.
        anchor: The day it was counted from, ISO 8601; None where it names its own.
        rule: How it was worked out, in a few words.
        tense: Past, present or coming, by the clock of the question; None without start.
    """

    start: str | None
    end: str | None
    granularity: str
    kind: TimeKind
    value: str
    anchor: str | None
    rule: str
    tense: Tense | None


class Hedge(StrEnum):
    """How firmly a sentence says what a span holds."""

    STATED = "stated"
    EXPECTED = "expected"
    PLANNED = "planned"
    ALLEGED = "alleged"
    DENIED = "denied"
    NEGATED = "negated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who is named as saying it: ``article.text[start:end] == text``."""

    text: str
    start: int
    end: int


class Relation(StrEnum):
    """How a quotation stands to the others of its answer."""

    CURRENT = "current"
    EARLIER = "earlier"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words of an article that answer the question.

    Attributes:
        confidence: Calibrated probability in [0, 1] that they are right.
        resolved: What a time expression in them means, where it was worked out.
        sources: How many articles say the same; near-copies of one story count once.
        speaker: Who says so, where the sentence names someone.
        hedge: How firmly it is said.
        relation: The value that holds now, one that held earlier, or another that is reported beside it.
    """

    text: str
    confidence: float
    resolved: ResolvedTime | None
    citation: Citation
    sources: int
    speaker: Speaker | None
    hedge: Hedge
    relation: Relation


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
class FollowUp:
    """How a question was made to stand alone.

    Attributes:
        is_follow_up: Whether anything was taken from earlier turns.
        carried: The words that were taken over.
        reason: Why, or why not, in a sentence.
        article_id: The article in focus, which answered an earlier turn or lay nearest to it: what stands in it is
            taken to be surer. None where nothing was taken over, or no such article is known.
        context: The question before, as it was meant, and its answer: the reader is told them behind the query. None
            where nothing was taken over.
    """

    is_follow_up: bool
    carried: tuple[str, ...]
    reason: str
    article_id: int | None = None
    context: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What was looked at, best hit first, and how long it took.

    Attributes:
        follow_up: How the query came of the question; None where no earlier turns were given.
    """

    hits: tuple[HitTrace, ...]
    timings_ms: Timings
    follow_up: FollowUp | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one question: either ``quotation`` or ``abstention`` is set.

    Attributes:
        query: What was sent to retrieval: the question, or what it means after the turns before it.
        also_reported: Other values that pass the same bar: earlier ones, latest first, then the rest by confidence.
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
