"""What the assistant reports while it works: past-tense facts, the last of which is the answer."""

from dataclasses import dataclass

from rag.answers import Answer
from rag.retriever import RetrievedPassage

__all__ = ["Answered", "AskEvent", "PassageRead", "PassagesRetrieved", "QueryPrepared"]


@dataclass(frozen=True, slots=True)
class QueryPrepared:
    """The question became this query."""

    query: str


@dataclass(frozen=True, slots=True)
class PassagesRetrieved:
    """These passages will be read, best first."""

    passages: tuple[RetrievedPassage, ...]


@dataclass(frozen=True, slots=True)
class PassageRead:
    """A passage was read; its best span, if any, is ``text``, and stands ``margin`` above its null score."""

    passage: RetrievedPassage
    text: str | None
    margin: float | None


@dataclass(frozen=True, slots=True)
class Answered:
    """The question was answered, or the assistant abstained."""

    answer: Answer


AskEvent = QueryPrepared | PassagesRetrieved | PassageRead | Answered
