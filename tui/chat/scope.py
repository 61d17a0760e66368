"""What a question is asked of: which articles, as of which day, and how sure an answer must be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from rag.assistant import AskOptions
    from tui.chat.sessions.values import SessionTurn

__all__ = ["Scope"]

REMEMBERED_TURNS = 8
"""How many earlier turns a question may lean on; what was asked long before is no longer meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The person's choice for the questions to come; None leaves it to the settings.

    Attributes:
        since: Only articles published on this day or later.
        until: Only articles published on this day or earlier.
        as_of: Answer as on this day: from what was published by then, times past and coming told from there.
        source: Only this source, or what lies below it.
        min_confidence: Abstain below it.
    """

    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    source: str | None = None
    min_confidence: float | None = None

    def words(self) -> str:
        """Return the choice in words; empty when nothing was chosen."""
        told = [
            f"since {self.since}" if self.since else "",
            f"until {self.until}" if self.until else "",
            f"as of {self.as_of}" if self.as_of else "",
            f"from {self.source}" if self.source else "",
            f"at least {self.min_confidence:.0%} sure" if self.min_confidence is not None else "",
        ]
        return " · ".join(words for words in told if words)

    def ask_options(self, turns: Sequence[SessionTurn]) -> AskOptions:
        """Return what the assistant is told, with the last of the turns before, oldest first."""
        from rag.articles import ArticleFilter
        from rag.assistant import AskOptions
        from rag.conversation import PastTurn

        history = [PastTurn.of(turn.answer.query, turn.answer) for turn in turns if turn.answer is not None]
        until = min((day for day in (self.until, self.as_of) if day is not None), default=None)
        return AskOptions(
            article_filter=ArticleFilter(since=self.since, until=until, source=self.source),
            min_confidence=self.min_confidence,
            history=tuple(history[-REMEMBERED_TURNS:]),
            clock=self.as_of,
        )
