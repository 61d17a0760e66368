"""One question in the transcript and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from tui.chat.contents import content, failure_content, question_content, reading_words
from tui.chat.messages import (
    PassageRead,
    PassagesFound,
    QueryPrepared,
    QuestionAnswered,
    QuestionFailed,
    TurnEnded,
)
from tui.chat.sessions.values import SessionTurn, now
from tui.chat.widgets.answer_widgets import answer_widgets
from tui.chat.widgets.citation import CitationView
from tui.chat.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from rag.answers import Answer
    from rag.articles import StoredPassage

__all__ = ["Turn"]

NEAREST = 3
"""How many passages are offered where the articles do not say."""


class Turn(Vertical):
    """Shows the question at once, then how far it is, then its end; what comes after the end is ignored."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(str(number), f"choose({number})", show=False) for number in range(1, 10)
    ]

    def __init__(self, question: str) -> None:
        self._head = Static(question_content(question))
        self._progress = ProgressLine("Searching…")
        super().__init__(self._head, self._progress)
        self.question = question
        self.record: SessionTurn | None = None
        self.is_pending = True
        self._asked_at = now()
        self._found: tuple[StoredPassage, ...] = ()
        self._unread: list[StoredPassage] = []

    @classmethod
    def of(cls, record: SessionTurn) -> Turn:
        """Return a turn as it ended."""
        turn = cls(record.question)
        turn._end(record)
        return turn

    @property
    def asked_as(self) -> str:
        """What was asked: the question, or what it was taken to mean."""
        return self.record.answer.query if self.record and self.record.answer else self.question

    def compose(self) -> ComposeResult:
        """Show what came of the question, if that is known already."""
        yield from _widgets(self.record) if self.record is not None else ()

    def on_query_prepared(self, message: QueryPrepared) -> None:
        """Show what is searched for, where it is not what was typed."""
        if message.query != " ".join(self.question.split()):
            self._progress.tell(f"Searching: {message.query}…")

    def on_passages_found(self, message: PassagesFound) -> None:
        """Show what is being read."""
        self._found = message.passages[:NEAREST]
        self._unread = list(message.passages)
        self._progress.tell(reading_words(self._unread))

    def on_passage_read(self, message: PassageRead) -> None:
        """Show what is still to be read."""
        self._unread = [passage for passage in self._unread if passage.id != message.passage.id]
        self._progress.tell(reading_words(self._unread))

    async def on_question_answered(self, message: QuestionAnswered) -> None:
        """Show the answer."""
        answer = message.answer
        nearest = self._found if answer.quotation is None else ()
        record = self._recorded(answer=answer, nearest=nearest)
        await self._show_end(record, _widgets(record))

    async def on_question_failed(self, message: QuestionFailed) -> None:
        """Show what went wrong and what mends it."""
        record = self._recorded(failure=f"{message.error.message} {message.error.remedy}")
        await self._show_end(record, [Static(failure_content(message.error))])

    async def on_question_cancelled(self) -> None:
        """Show that nothing more will come."""
        await self._show_end(None, [Static(content(("Cancelled.", "dim")))])

    def action_choose(self, number: int) -> None:
        """Open the article of the citation with this number, if there is one."""
        citations = list(self.query_children(CitationView))
        if number <= len(citations):
            citations[number - 1].action_choose()

    def _recorded(
        self, *, answer: Answer | None = None, nearest: tuple[StoredPassage, ...] = (), failure: str = ""
    ) -> SessionTurn:
        return SessionTurn(
            question=self.question, asked_at=self._asked_at, answer=answer, nearest=nearest, failure=failure
        )

    async def _show_end(self, record: SessionTurn | None, shown: list[Widget]) -> None:
        """Show what came of the question; all that asks for a layout comes at once, so that one frame has it."""
        if self.is_pending:
            await self.mount_all(shown)
            self._end(record)
            self.post_message(TurnEnded(record))

    def _end(self, record: SessionTurn | None) -> None:
        self.is_pending, self.record = False, record
        self._progress.display = False
        if record is not None and record.answer is not None:
            self._head.update(question_content(self.question, query=record.answer.query))


def _widgets(record: SessionTurn) -> list[Widget]:
    """Return what a turn that ended is shown as, below its question."""
    if record.answer is None:
        return [Static(content((record.failure, "$text-error")))]
    return answer_widgets(record.answer, record.nearest)
