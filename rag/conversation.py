"""Follow-ups: a question that leans on the turns before it, made to stand alone, by rules that tell what they did."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answers import FollowUp

__all__ = ["PastTurn", "StandaloneQuestion", "standalone_question"]


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


def standalone_question(question: str, history: Sequence[PastTurn]) -> StandaloneQuestion:
    """Return what a question means after earlier turns, oldest first."""
    reason = "Nothing is carried over yet." if history else "No question was asked before."
    return StandaloneQuestion(query=question, follow_up=FollowUp(is_follow_up=False, carried=(), reason=reason))
