"""The line in which words to search for in an article are written."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from tui.terminal_text import printable

__all__ = ["ArticleSearch"]

MAX_WANTED_CHARS = 200


class ArticleSearch(Input):
    """Goes through what was found with Enter, Down and Up."""

    HELP_TEXT = "Words to search for in this article, in this order, whatever their case and the white space between."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "step(1)", "Next found", id="search.next"),
        Binding("up", "step(-1)", "Previous found", id="search.previous"),
    ]

    @dataclass
    class Stepped(Message):
        """The person wants what was found so many further on."""

        step: int

    def __init__(self) -> None:
        super().__init__(placeholder="Search in this article", max_length=MAX_WANTED_CHARS, select_on_focus=False)
        self.border_title = "Search"
        self.display = False

    def validate_value(self, value: str) -> str:
        """Show control characters instead of sending them to the terminal."""
        return printable(value)

    def action_step(self, step: int) -> None:
        """Ask for another place."""
        self.post_message(self.Stepped(step))

    @on(Input.Submitted)
    def _keep(self, event: Input.Submitted) -> None:
        event.stop()
