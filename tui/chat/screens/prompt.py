"""One line to be written, or one thing to be confirmed, over what is shown."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.chat.contents import content
from tui.chat.widgets.key_footer import KeyFooter
from tui.terminal_text import printable

__all__ = ["ConfirmScreen", "PromptScreen"]

MAX_CHARS = 1000


class PromptScreen(ModalScreen[str]):
    """Asks for a line of text; dismissed with None when the person wants none."""

    CSS_PATH = "prompt.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Back", id="prompt.back")]

    def __init__(self, question: str, value: str) -> None:
        super().__init__()
        self._question = content(question)
        self._input = Input(printable(value), max_length=MAX_CHARS)

    def compose(self) -> ComposeResult:
        """Lay out question and line."""
        yield Vertical(Static(self._question), self._input, id="prompt")
        yield KeyFooter()

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(event.value.strip())


class ConfirmScreen(ModalScreen[bool]):
    """Asks whether something is really meant."""

    CSS_PATH = "prompt.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dismiss(True)", "Yes", id="confirm.yes"),
        Binding("escape", "dismiss(False)", "No", id="confirm.no"),
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = content(question)

    def compose(self) -> ComposeResult:
        """Show the question."""
        yield Vertical(Static(self._question), id="prompt")
        yield KeyFooter()
