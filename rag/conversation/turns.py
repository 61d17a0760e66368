"""What a conversation consists of, and what comes of its last question."""

from dataclasses import dataclass

from rag.answers import FollowUp

__all__ = ["PastTurn", "StandaloneQuestion"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastTurn:
    """A question that was asked before, and the words that answered it; None where the articles did not say."""

    question: str
    answer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandaloneQuestion:
    """What is really asked, and how it came about."""

    query: str
    follow_up: FollowUp
