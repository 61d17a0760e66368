"""What a conversation consists of, and what comes of its last question."""

from dataclasses import dataclass

from rag.answers import FollowUp

__all__ = ["PastTurn", "Rewriting", "StandaloneQuestion"]


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


@dataclass(frozen=True, slots=True)
class Rewriting:
    """The words of a stand-alone question without its mark, and what of them came from earlier turns.

    Attributes:
        is_open: Whether a word in it still refers to something that it does not name.
    """

    text: str
    carried: tuple[str, ...]
    is_open: bool = False
