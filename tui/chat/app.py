"""The chat as an application: its screens, its palette, and how it ends.

Screens that open over the chat are imported when they open: the first frame does not wait for them.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from rag.errors import DataError
from tui.chat.bridge import Bridge
from tui.chat.citation_styles import CitationStyle, quoted
from tui.chat.messages import CitationCopied, SourceWanted
from tui.chat.screens.chat import ChatScreen
from tui.chat.sessions.keeper import SessionKeeper
from tui.chat.sessions.messages import SessionFailed
from tui.chat.sessions.values import Session
from tui.chat.themes import THEMES, ThemeName
from tui.chat.web_address import is_web_address
from tui.terminal_text import printable

if TYPE_CHECKING:
    from tui.chat.choices import Choices, ChoicesFile

__all__ = ["ChatApp"]


class ChatApp(App[None]):
    """Asks one library."""

    TITLE = "Pullquote"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - typed by Textual
    VERTICAL_BREAKPOINTS = [(0, "-short"), (10, "-tall")]  # noqa: RUF012 - typed by Textual
    CSS_PATH: ClassVar[list[str | PurePath]] = ["screens/chat.tcss", "widgets/article_pane.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Help", id="app.help"),
        Binding("f3", "library", "Library", id="app.library"),
        Binding("f4", "sessions", "Sessions", id="app.sessions"),
        Binding("f5", "options", "Settings", show=False, id="app.settings"),
        Binding("f6", "add", "Add", show=False, id="app.add"),
        Binding("ctrl+q", "quit", "Quit", priority=True, id="app.quit"),
        Binding("ctrl+c", "quit", show=False, priority=True),
    ]

    def __init__(
        self,
        bridge: Bridge,
        keeper: SessionKeeper,
        *,
        theme: ThemeName = ThemeName.DARK,
        citation_style: CitationStyle = CitationStyle.PLAIN,
        choices_file: ChoicesFile | None = None,
        keys: Mapping[str, str] | None = None,
        first_question: str = "",
    ) -> None:
        super().__init__()
        self._bridge = bridge
        self._keeper = keeper
        self._chat = ChatScreen(bridge, keeper, first_question=first_question)
        self.citation_style = citation_style
        self._choices_file = choices_file
        for each in THEMES:
            self.register_theme(each)
        self.theme = theme
        self.set_keymap(dict(keys or {}))

    def get_default_screen(self) -> Screen[None]:
        """Begin with the chat itself."""
        return self._chat

    def on_mount(self) -> None:
        """Take what was chosen before; end in order when the system asks for it or the terminal goes away."""
        if self._choices_file is not None:
            self._remember(self._choices_file)
        if sys.platform != "win32":
            for number in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(number, self.exit)

    def on_citation_copied(self, message: CitationCopied) -> None:
        """Put the words with their reference in the clipboard."""
        self.copy_to_clipboard(printable(quoted(message.cited, self.citation_style)))
        self.notify(f"Copied with its reference ({self.citation_style}).", markup=False)

    def on_source_wanted(self, message: SourceWanted) -> None:
        """Open the article's address in a browser; where there is none, copy it."""
        if message.url is None or not is_web_address(message.url):
            self.notify("The article has no web address.", markup=False)
        elif self._has_browser():
            self.open_url(message.url)
        else:
            self.copy_to_clipboard(message.url)
            self.notify("There is no browser here; the address was copied.", markup=False)

    def on_session_failed(self, message: SessionFailed) -> None:
        """Tell what became of a session's file."""
        self.notify(printable(str(message.error)), severity="error", markup=False)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield what the palette offers."""
        yield SystemCommand("Help", "Explain what has the focus, and its keys", self.action_help)
        if screen is self._chat:
            yield from self._chat_commands()
        yield SystemCommand("Theme", "Choose the colours", self.action_change_theme)
        yield SystemCommand("Quit", "Leave; the session is kept", self.action_quit)

    def _chat_commands(self) -> Iterable[SystemCommand]:
        """Yield what the palette offers at the chat itself."""
        yield SystemCommand("Add articles", "Read files and folders into the library", self.action_add)
        yield SystemCommand("Library", "Browse, add and remove articles", self.action_library)
        yield SystemCommand("Sessions", "Open, rename, export and delete sessions", self.action_sessions)
        yield SystemCommand("New session", "Begin afresh; this one is kept", self.action_new_session)
        yield SystemCommand("Settings", "Days, source, confidence, colours, references", self.action_options)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to open something over the chat only where nothing lies over it."""
        if action in ("library", "add", "sessions", "new_session", "options"):
            return self.screen is self._chat
        return super().check_action(action, parameters)

    def action_help(self) -> None:
        """Explain what has the focus."""
        from tui.chat.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen.about(self.screen))

    def action_library(self) -> None:
        """Show the library; the chat learns what became of it afterwards."""
        from tui.chat.screens.library import LibraryScreen

        self.push_screen(LibraryScreen(self._bridge), lambda _: self._chat.action_retry())

    def action_add(self) -> None:
        """Choose what to add to the library."""
        from tui.chat.screens.add import AddScreen

        self.push_screen(AddScreen(self._bridge), lambda _: self._chat.action_retry())

    def action_sessions(self) -> None:
        """Show the sessions, and go on with the one that is chosen."""
        from tui.chat.screens.sessions import SessionsScreen

        self.push_screen(SessionsScreen(self._keeper), self._open_session)

    async def action_new_session(self) -> None:
        """Begin a session."""
        await self._chat.show_session(self._keeper.begin())

    def action_options(self) -> None:
        """Show the settings, and ask within what is chosen."""
        from tui.chat.choices import Choices
        from tui.chat.screens.options import OptionsScreen

        # The palette also offers Textual's own colours, which the settings cannot keep.
        theme = ThemeName(self.theme) if self.theme in list(ThemeName) else ThemeName.DARK
        choices = Choices(scope=self._chat.scope, citation_style=self.citation_style, theme=theme)
        self.push_screen(OptionsScreen(choices), self._choose)

    async def _open_session(self, session: Session | None) -> None:
        if session is not None:
            await self._chat.show_session(session)

    def _remember(self, choices_file: ChoicesFile) -> None:
        try:
            chosen = choices_file.read()
        except DataError as error:
            self.notify(printable(str(error)), severity="warning", markup=False)
        else:
            self._take(chosen)

    def _choose(self, choices: Choices | None) -> None:
        """Take what was chosen, and keep it for the next run."""
        self._take(choices)
        if choices is not None and self._choices_file is not None:
            try:
                self._choices_file.write(choices)
            except DataError as error:
                self.notify(printable(str(error)), severity="error", markup=False)

    def _take(self, choices: Choices | None) -> None:
        if choices is not None:
            self._chat.set_scope(choices.scope)
            self.citation_style = choices.citation_style
            self.theme = choices.theme

    def _has_browser(self) -> bool:
        """Whether a browser would open beside this terminal, not in it."""
        is_local = sys.platform != "linux" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
        return self.is_web or is_local

    def _handle_exception(self, error: Exception) -> None:
        """Log a fault of our own before the application ends."""
        logging.getLogger("pullquote.chat").error("The chat crashed.", exc_info=error)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End without a traceback over the screen: the log has it, and the command names the log."""
        self._close_messages_no_wait()
