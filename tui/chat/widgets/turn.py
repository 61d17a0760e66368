"""One question in the transcript and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from tui.chat.contents import content, failure_content, query_content, reading_content
from tui.chat.messages import PassagesFound, QueryPrepared, QuestionAnswered, QuestionFailed, TurnEnded
from tui.chat.sessions.values import SessionTurn, now
from tui.chat.widgets.answer_widgets import answer_widgets
from tui.chat.widgets.citation import CitationView

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
        super().__init__()
        self.question = question
        self.record: SessionTurn | None = None
        self.is_pending = True
        self._asked_at = now()
        self._found: tuple[StoredPassage, ...] = ()

    @classmethod
    def of(cls, record: SessionTurn) -> Turn:
        """Return a turn as it ended."""
        turn = cls(record.question)
        turn.record, turn.is_pending = record, False
        return turn

    @property
    def asked_as(self) -> str:
        """What was asked: the question, or what it was taken to mean."""
        return self.record.answer.query if self.record and self.record.answer else self.question

    def compose(self) -> ComposeResult:
        """Show the question, and what came of it or that it is being worked on."""
        yield Static(content(("> ", "bold $text-accent"), (self.question, "bold")))
        if self.record is None:
            yield Static(content(("Searching…", "dim")), classes="status")
        else:
            yield from _widgets(self.record)

    def on_query_prepared(self, message: QueryPrepared) -> None:
        """Show what is searched for, where it is not what was typed."""
        if self.is_pending and message.query != " ".join(self.question.split()):
            self._tell((f"Searching: {message.query}…", "dim"))

    def on_passages_found(self, message: PassagesFound) -> None:
        """Show what is being read."""
        self._found = message.passages[:NEAREST]
        if self.is_pending:
            self.query_one(".status", Static).update(reading_content(message.passages))

    async def on_question_answered(self, message: QuestionAnswered) -> None:
        """Show the answer."""
        answer = message.answer
        nearest = self._found if answer.quotation is None else ()
        await self._end(self._recorded(answer=answer, nearest=nearest))

    async def on_question_failed(self, message: QuestionFailed) -> None:
        """Show what went wrong and what mends it."""
        record = self._recorded(failure=f"{message.error.message} {message.error.remedy}")
        await self._end(record, Static(failure_content(message.error)))

    async def on_question_cancelled(self) -> None:
        """Show that nothing more will come."""
        await self._end(None, Static(content(("Cancelled.", "dim"))))

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

    def _tell(self, *pieces: str | tuple[str, str]) -> None:
        self.query_one(".status", Static).update(content(*pieces))

    async def _end(self, record: SessionTurn | None, *shown: Widget) -> None:
        if self.is_pending:
            self.is_pending, self.record = False, record
            await self.query_one(".status").remove()
            await self.mount(*(shown or (_widgets(record) if record else ())))
            self.post_message(TurnEnded(record))


def _widgets(record: SessionTurn) -> list[Widget]:
    """Return what a turn that ended is shown as, below its question."""
    if record.answer is None:
        return [Static(content((record.failure, "$text-error")))]
    asked_as = query_content(record.answer)
    shown: list[Widget] = [Static(asked_as)] if asked_as is not None else []
    return shown + answer_widgets(record.answer, record.nearest)
