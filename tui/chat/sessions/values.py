"""A session: the questions of one sitting and what came of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from rag.answers import Answer
    from rag.articles import StoredPassage

__all__ = ["Session", "SessionSummary", "SessionTurn", "new_session"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionTurn:
    """One question and what came of it.

    Attributes:
        asked_at: ISO 8601, UTC, whole seconds.
        answer: None when the question failed; ``failure`` then says why.
        nearest: The passages that were offered where the articles did not say, nearest first.
    """

    question: str
    asked_at: str
    answer: Answer | None = None
    nearest: tuple[StoredPassage, ...] = ()
    failure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The turns of one sitting, oldest first.

    Attributes:
        id: Names its file: hexadecimal digits.
        name: As the person called it; empty until then.
        library: The directory of the library that was asked; article ids mean something only there.
        began_at: ISO 8601, UTC, whole seconds.
        changes: How often it was changed, so that an older state is never written over a newer one.
    """

    id: str
    name: str
    library: str
    began_at: str
    turns: tuple[SessionTurn, ...]
    changes: int

    @property
    def title(self) -> str:
        """Its name, or else its first question."""
        return self.name or (self.turns[0].question if self.turns else "New session")

    def with_turn(self, turn: SessionTurn) -> Session:
        """Return the session with one more turn."""
        return replace(self, turns=(*self.turns, turn), changes=self.changes + 1)

    def named(self, name: str) -> Session:
        """Return the session under a name."""
        return replace(self, name=name, changes=self.changes + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSummary:
    """What a list of sessions shows and searches.

    Attributes:
        questions: All that were asked, oldest first.
    """

    id: str
    title: str
    last_at: str
    questions: tuple[str, ...]


def new_session(library: str) -> Session:
    """Return a session without turns, beginning now."""
    return Session(id=uuid4().hex, name="", library=library, began_at=now(), turns=(), changes=0)


def now() -> str:
    """Return this second, as sessions write it."""
    return datetime.now(UTC).isoformat(timespec="seconds")
