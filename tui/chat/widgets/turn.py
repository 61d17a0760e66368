"""One question in the transcript and what came of it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from rag.answers import Answer, Quotation
from rag.articles import StoredPassage
from tui.chat.contents import (
    abstention_content,
    brief_content,
    content,
    failure_content,
    passage_content,
    quotation_content,
    reading_content,
)
from tui.chat.messages import PassagesFound, Place, QuestionAnswered, QuestionFailed
from tui.chat.widgets.citation import CitationView

__all__ = ["Turn"]


class Turn(Vertical):
    """Shows the question at once, then how far it is, then its end; what comes after the end is ignored."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(str(number), f"choose({number})", show=False) for number in range(1, 10)
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question
        self._nearest: StoredPassage | None = None
        self.is_pending = True

    def compose(self) -> ComposeResult:
        """Show the question, and that it is being worked on."""
        yield Static(content(("> ", "bold $text-accent"), (self._question, "bold")))
        yield Static(content(("Searching…", "dim")), classes="status")

    def on_passages_found(self, message: PassagesFound) -> None:
        """Show what is being read."""
        if self.is_pending:
            self._nearest = next(iter(message.passages), None)
            self.query_one(".status", Static).update(reading_content(message.passages))

    async def on_question_answered(self, message: QuestionAnswered) -> None:
        """Show the answer."""
        await self._end(*self._answer_widgets(message.answer))

    async def on_question_failed(self, message: QuestionFailed) -> None:
        """Show what went wrong and what mends it."""
        await self._end(Static(failure_content(message.error)))

    async def on_question_cancelled(self) -> None:
        """Show that nothing more will come."""
        await self._end(Static(content(("Cancelled.", "dim"))))

    def action_choose(self, number: int) -> None:
        """Open the article of the citation with this number, if there is one."""
        citations = list(self.query(CitationView))
        if number <= len(citations):
            citations[number - 1].action_choose()

    async def _end(self, *widgets: Widget) -> None:
        if self.is_pending:
            self.is_pending = False
            await self.query_one(".status").remove()
            await self.mount(*widgets)

    def _answer_widgets(self, answer: Answer) -> list[Widget]:
        widgets: list[Widget] = []
        if answer.quotation is not None:
            widgets.append(CitationView(quotation_content(1, answer.quotation), _place_of(answer.quotation)))
        elif answer.abstention is not None:
            widgets.append(Static(abstention_content(answer.abstention)))
            if (near := self._nearest) is not None:
                place = Place(article_id=near.article_id, version=near.version, start=near.start, end=near.end)
                widgets.append(CitationView(passage_content(1, near), place))
        if answer.also_reported:
            widgets.append(Static(content(("Also reported", "bold"))))
        for number, quotation in enumerate(answer.also_reported, start=2):
            widgets.append(CitationView(brief_content(number, quotation), _place_of(quotation)))
        return widgets


def _place_of(quotation: Quotation) -> Place:
    cited = quotation.citation
    return Place(article_id=cited.article_id, version=cited.version, start=cited.start, end=cited.end)
