"""The chat: a transcript above a line for the next question."""

from typing import ClassVar

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.events import Key
from textual.widgets import Footer, Static

from tui.chat.bridge import Bridge
from tui.chat.contents import content, failure_content
from tui.chat.messages import (
    ArticleFailed,
    ArticleOpened,
    CitationChosen,
    LibraryFailed,
    LibraryOpened,
    QuestionAnswered,
    QuestionCancelled,
    QuestionFailed,
)
from tui.chat.screens.article import ArticleScreen
from tui.chat.screens.help import HelpScreen
from tui.chat.widgets.citation import CitationView
from tui.chat.widgets.question_input import QuestionInput
from tui.chat.widgets.turn import Turn

__all__ = ["ChatApp"]


class ChatApp(App[None]):
    """Asks one library."""

    TITLE = "Pullquote"
    CSS_PATH = "chat.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel"),
        Binding("f1", "help", "Help"),
        Binding("ctrl+q", "quit", "Quit", priority=True),
        Binding("ctrl+c", "quit", show=False, priority=True),
    ]

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._library = Static(content(("Opening the library…", "dim")), id="library")
        self._transcript = VerticalScroll(self._library, id="transcript", can_focus=False)
        self._input = QuestionInput()

    def compose(self) -> ComposeResult:
        """Lay out transcript, question and keys."""
        yield self._transcript
        yield self._input
        yield Footer()

    def on_mount(self) -> None:
        """Open the library while the first question is being written."""
        self._input.focus()
        self._bridge.open_library(self)

    def on_library_opened(self, message: LibraryOpened) -> None:
        """Tell what can be asked, or what to do first."""
        if message.article_count > 0:
            articles = "1 article" if message.article_count == 1 else f"{message.article_count:,} articles"
            shown = content(("Ask your articles; the answer is a quotation.\n", "bold"), (articles, "dim"))
        else:
            shown = content(
                ("The library is empty.\n", "bold"), "Add articles with `pullquote add PATH` in a shell, then ask."
            )
        self._library.update(shown)

    def on_library_failed(self, message: LibraryFailed) -> None:
        """Tell what mends it."""
        self._library.update(failure_content(message.error))

    def on_key(self, event: Key) -> None:
        """Take what is typed on an answer for the next question; digits choose a citation."""
        typed = event.character if event.is_printable else None
        if typed and not typed.isdigit() and isinstance(self.focused, CitationView):
            self._input.focus()
            self._input.insert_text_at_cursor(typed)

    async def on_input_submitted(self) -> None:
        """Ask the question; an empty one is ignored."""
        question = self._input.take()
        if question:
            turn = Turn(question)
            await self._transcript.mount(turn)
            self._bridge.ask(question, turn)
            self._show(turn)

    @on(QuestionAnswered)
    @on(QuestionFailed)
    @on(QuestionCancelled)
    def _turn_ended(self) -> None:
        self._show(self._transcript.query(Turn).last())

    def on_citation_chosen(self, message: CitationChosen) -> None:
        """Read the article."""
        self._bridge.open_article(message.place, self)

    def on_article_opened(self, message: ArticleOpened) -> None:
        """Show the article, unless another one is already open."""
        if not isinstance(self.screen, ArticleScreen):
            self.push_screen(ArticleScreen(message.article, message.place))

    async def on_article_failed(self, message: ArticleFailed) -> None:
        """Tell what went wrong, below the answers."""
        await self._transcript.mount(Static(failure_content(message.error)))
        self._transcript.scroll_end(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what would do something now."""
        if action == "cancel":
            return any(turn.is_pending for turn in self._transcript.query(Turn))
        if action == "focus_previous":
            return bool(self._transcript.query(CitationView))
        return super().check_action(action, parameters)

    def action_cancel(self) -> None:
        """Let every running question go."""
        for turn in self._transcript.query(Turn):
            if turn.is_pending:
                self._bridge.cancel(turn)

    def action_help(self) -> None:
        """Show the keys."""
        self.push_screen(HelpScreen())

    def _show(self, turn: Turn) -> None:
        """Scroll to the turn, its question first, and offer the keys that now do something."""
        self.refresh_bindings()
        self.call_after_refresh(self._transcript.scroll_to_widget, turn, top=True, animate=False)
