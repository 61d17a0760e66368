"""The chat itself: a transcript above a line for the next question, and the article beside it or over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import Key
from textual.screen import Screen
from textual.widgets import Static

from tui.chat.bridge import Bridge
from tui.chat.contents import content, failure_content
from tui.chat.messages import (
    ArticleFailed,
    ArticleOpened,
    CitationChosen,
    CitationStepped,
    EarlierTurnsWanted,
    LibraryFailed,
    LibraryOpened,
    TurnEnded,
)
from tui.chat.scope import Scope
from tui.chat.sessions.keeper import SessionKeeper
from tui.chat.sessions.messages import SessionsListed
from tui.chat.widgets.article_pane import ArticlePane
from tui.chat.widgets.citation import CitationView
from tui.chat.widgets.key_footer import KeyFooter
from tui.chat.widgets.question_input import QuestionInput
from tui.chat.widgets.transcript import Transcript
from tui.chat.widgets.turn import Turn

if TYPE_CHECKING:
    from tui.chat.sessions.values import Session

__all__ = ["ChatScreen"]

EARLIER_TURNS = 10
"""How many turns are drawn when earlier ones are wanted."""


class ChatScreen(Screen[None]):
    """Asks one library."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Cancel", id="chat.back"),
        Binding("f2", "edit", "Edit", show=False, id="chat.edit"),
        Binding("ctrl+r", "retry", "Retry", id="chat.retry"),
    ]

    def __init__(self, bridge: Bridge, keeper: SessionKeeper, *, first_question: str = "") -> None:
        super().__init__()
        self._bridge = bridge
        self._keeper = keeper
        self._first_question = first_question
        self._has_failed = False
        self.scope = Scope()
        self._transcript = Transcript(id="transcript")
        self._pane = ArticlePane()
        self._scope_line = Static(id="scope")
        self._input = QuestionInput()

    def compose(self) -> ComposeResult:
        """Lay out transcript, article, question and keys."""
        yield Horizontal(self._transcript, self._pane, id="body")
        yield self._scope_line
        yield self._input
        yield KeyFooter()

    async def on_mount(self) -> None:
        """Open the library while the first question is being written."""
        self._input.focus()
        self.set_scope(self.scope)
        self._bridge.open_library(self)
        self._keeper.list_sessions(self)
        if self._first_question:
            await self.ask(self._first_question)

    def on_screen_resume(self) -> None:
        """Offer again what was not offered under another screen."""
        self.refresh_bindings()

    def on_library_opened(self, message: LibraryOpened) -> None:
        """Tell what can be asked, or what to do first."""
        self._has_failed = False
        if message.article_count > 0:
            articles = "1 article" if message.article_count == 1 else f"{message.article_count:,} articles"
            shown = content(("Ask your articles; the answer is a quotation.\n", "bold"), (articles, "dim"))
        else:
            shown = content(("The library is empty.\n", "bold"), "Press F6 to add articles; then ask.")
        self._transcript.tell(shown)
        self.refresh_bindings()

    def on_library_failed(self, message: LibraryFailed) -> None:
        """Tell what mends it, and how to go on."""
        self._has_failed = True
        on = content("\nCtrl+R tries again; F6 adds articles, and makes a library where there is none.")
        self._transcript.tell(failure_content(message.error).append(on))
        self.refresh_bindings()

    def on_sessions_listed(self, message: SessionsListed) -> None:
        """Offer the questions of earlier runs."""
        self._input.remember([question for kept in reversed(message.summaries) for question in kept.questions])

    def on_key(self, event: Key) -> None:
        """Take what is typed on an answer for the next question, but for the keys that do something there."""
        typed = event.character if event.is_printable else None
        if typed and event.key not in self.active_bindings and isinstance(self.focused, CitationView):
            self._input.focus()
            self._input.insert_text_at_cursor(typed)

    async def on_input_submitted(self) -> None:
        """Ask the question; an empty one is ignored."""
        if question := self._input.take():
            await self.ask(question)

    async def ask(self, question: str) -> None:
        """Ask, with what was asked before in mind."""
        turn = Turn(question)
        if self.has_class("-narrow"):
            self._pane.close()
        await self._transcript.add(turn)
        self._bridge.ask(question, self.scope, self._keeper.session.turns, turn)
        self._offer()

    def on_turn_ended(self, message: TurnEnded) -> None:
        """Keep what came of the question, and show it."""
        if message.record is not None:
            self._keeper.add(message.record, self)
        self._offer()

    async def show_session(self, session: Session) -> None:
        """Go on with another session."""
        self._pane.close()
        self._keeper.session = session
        await self._transcript.clear()
        await self._transcript.add_earlier([Turn.of(record) for record in session.turns[-EARLIER_TURNS:]])
        if turns := self._transcript.turns:
            self._transcript.follow(turns[-1])
        self._offer()
        self._input.focus()

    async def on_earlier_turns_wanted(self, _: EarlierTurnsWanted) -> None:
        """Draw some of the turns that are not drawn."""
        hidden = self._keeper.session.turns[: -self._transcript.recorded_count or None]
        await self._transcript.add_earlier([Turn.of(record) for record in hidden[-EARLIER_TURNS:]])
        self._count_earlier()

    def on_citation_chosen(self, message: CitationChosen) -> None:
        """Read the article."""
        self._bridge.open_article(message.place, self)

    def on_citation_stepped(self, message: CitationStepped) -> None:
        """Read the article of the citation before or after the one that is open."""
        citation = self._transcript.neighbour(self._pane.place, message.step)
        if citation is None:
            self.notify("There is no other citation that way.", markup=False)
        else:
            self._transcript.scroll_to_widget(citation, animate=False)
            citation.action_choose()

    def on_article_opened(self, message: ArticleOpened) -> None:
        """Show the article."""
        self._pane.show(message.article, message.place)
        self.set_class(True, "-reading")

    def on_article_pane_closed(self) -> None:
        """Go back to the question."""
        self.set_class(False, "-reading")
        self._input.focus()

    async def on_article_failed(self, message: ArticleFailed) -> None:
        """Tell what went wrong, below the answers."""
        await self._transcript.mount(Static(failure_content(message.error)))
        self._transcript.scroll_end(animate=False)

    def set_scope(self, scope: Scope) -> None:
        """Ask the questions to come within this scope, and tell so."""
        self.scope = scope
        self._scope_line.update(content(("Only ", "dim"), (scope.words(), "$text-warning")))
        self._scope_line.display = bool(scope.words())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what would do something now."""
        match action:
            case "back":
                return bool(self._transcript.pending) or self._pane.display
            case "retry":
                return self._has_failed
            case "read":
                return self._pane.display or self._transcript.latest is not None
            case "edit":
                return bool(self._transcript.turns)
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """Let every running question go, or else close the article."""
        pending = self._transcript.pending
        for turn in pending:
            self._bridge.cancel(turn)
        if not pending:
            self._pane.close()

    def action_read(self) -> None:
        """Go from the question to the article that lies over the answers, or else to the latest answer."""
        if self._pane.display and self.has_class("-narrow"):
            self._pane.focus_text()
        elif (latest := self._transcript.latest) is not None:
            latest.focus()

    def action_edit(self) -> None:
        """Put what was really asked last, or asked where the focus is, in the line."""
        focused = self.focused
        turns = self._transcript.turns
        of_focus = [turn for turn in turns if focused is not None and turn in focused.ancestors]
        self._input.write((of_focus or turns)[-1].asked_as)

    def action_retry(self) -> None:
        """Try to open the library again."""
        self._transcript.tell(content(("Opening the library…", "dim")))
        self._bridge.open_library(self)

    def _offer(self) -> None:
        """Offer what can be done with the turns that are there now."""
        self._count_earlier()
        self.refresh_bindings()

    def _count_earlier(self) -> None:
        self._transcript.count_earlier(len(self._keeper.session.turns) - self._transcript.recorded_count)
