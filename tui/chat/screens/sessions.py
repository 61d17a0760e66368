"""The sessions that are kept: listed, searched, gone on with, renamed, exported and deleted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input, Static

from tui.chat.contents import content, failure_content
from tui.chat.paths import path_of
from tui.chat.screens.prompt import ConfirmScreen, PromptScreen
from tui.chat.sessions.keeper import SessionKeeper
from tui.chat.sessions.messages import SessionExported, SessionFailed, SessionOpened, SessionsListed
from tui.chat.sessions.values import Session
from tui.chat.widgets.key_footer import KeyFooter
from tui.chat.widgets.row_list import RowList
from tui.terminal_text import printable

if TYPE_CHECKING:
    from tui.chat.sessions.values import SessionSummary

__all__ = ["SessionsScreen"]


class SessionsScreen(Screen[Session]):
    """Lists the sessions with this library; dismissed with the one to go on with."""

    CSS_PATH = "sessions.tcss"
    HELP_TEXT = """\
What was asked of this library before, the latest first. The line above finds sessions by name and by the words of \
their questions. Each session is kept in a file of its own after every answer.

An export is Markdown, or JSON where the name of the file ends in .json."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "rename", "Rename", id="sessions.rename"),
        Binding("x", "export", "Export", id="sessions.export"),
        Binding("d,delete", "delete", "Delete", id="sessions.delete"),
        Binding("slash", "filter", "Search", id="sessions.filter"),
        Binding("escape", "back", "Back", id="sessions.back"),
    ]

    def __init__(self, keeper: SessionKeeper) -> None:
        super().__init__()
        self._keeper = keeper
        self._all: list[SessionSummary] = []
        self._shown: list[SessionSummary] = []
        self._filter = Input(placeholder="words of the name or of a question", max_length=200)
        self._status = Static(content(("Reading the sessions…", "dim")), id="sessions-status")
        self._list = RowList(id="sessions")

    def compose(self) -> ComposeResult:
        """Lay out search and list."""
        yield self._filter
        yield self._status
        yield self._list
        yield KeyFooter()

    def on_mount(self) -> None:
        """Read the list."""
        self._list.focus()
        self._keeper.list_sessions(self)

    def on_sessions_listed(self, message: SessionsListed) -> None:
        """Show the sessions, and tell which cannot be read."""
        self._all = message.summaries
        for error in message.failures[:3]:
            self.notify(printable(str(error)), severity="warning", markup=False)
        self._refresh()

    def on_session_opened(self, message: SessionOpened) -> None:
        """Go on with it."""
        self.dismiss(message.session)

    def on_session_exported(self, message: SessionExported) -> None:
        """Tell where it is."""
        self.notify(printable(f"Written to {message.path}."), markup=False)

    def on_session_failed(self, message: SessionFailed) -> None:
        """Tell what mends it."""
        message.stop()
        self._status.update(failure_content(message.error))

    @on(RowList.Chosen)
    def _open(self, event: RowList.Chosen) -> None:
        self._keeper.open(self._shown[event.index].id, self)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._refresh()

    @on(Input.Submitted)
    def _to_list(self, event: Input.Submitted) -> None:
        event.stop()
        self._list.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is done with a session only where there is one at the cursor."""
        if action in ("rename", "export", "delete"):
            return bool(self._shown) and self.focused is self._list
        return super().check_action(action, parameters)

    def action_rename(self) -> None:
        """Ask for a name."""
        chosen = self._shown[self._list.cursor]

        def take(name: str | None) -> None:
            if name is not None:
                self._keeper.rename(chosen.id, name, self)

        self.app.push_screen(
            PromptScreen("The name of the session; empty takes its first question.", chosen.title), take
        )

    def action_export(self) -> None:
        """Ask for a file."""
        chosen = self._shown[self._list.cursor]

        def take(path: str | None) -> None:
            if path:
                self._keeper.export(chosen.id, path_of(path), self)

        name = Path.home() / f"pullquote-{chosen.last_at[:10]}-{chosen.id[:4]}.md"
        self.app.push_screen(PromptScreen("The file to write: .md, or .json.", str(name)), take)

    def action_delete(self) -> None:
        """Ask whether it is really meant."""
        chosen = self._shown[self._list.cursor]

        def take(is_meant: bool | None) -> None:
            if is_meant:
                self._keeper.delete(chosen.id, self)

        self.app.push_screen(ConfirmScreen(f"Delete “{chosen.title}” for good?"), take)

    def action_filter(self) -> None:
        """Go to the search."""
        self._filter.focus()

    def action_back(self) -> None:
        """Go from the search to the list, or else back to the chat."""
        if self.focused is self._filter:
            self._list.focus()
        else:
            self.dismiss(None)

    def _refresh(self) -> None:
        words = self._filter.value.casefold().split()
        self._shown = [
            summary
            for summary in self._all
            if all(word in " ".join((summary.title, *summary.questions)).casefold() for word in words)
        ]
        self._list.show(
            [(f"{one.last_at[:16].replace('T', ' ')}  ", one.title, _count(len(one.questions))) for one in self._shown]
        )
        self._status.update(content((f"{len(self._shown):,} of {len(self._all):,} sessions", "dim")))
        self.refresh_bindings()


def _count(questions: int) -> str:
    return "1 question" if questions == 1 else f"{questions:,} questions"
