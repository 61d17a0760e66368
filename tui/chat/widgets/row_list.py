"""A list of any length: a line a row, of which only those in view are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.terminal_text import printable

__all__ = ["Row", "RowList"]

Row = tuple[str, str, str]
"""What a line shows: before, in the middle and, dimmed, after."""


class RowList(ScrollView, can_focus=True):
    """Shows rows with a cursor; Enter and a click choose one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-list--cursor", "row-list--dim"}
    DEFAULT_CSS = """
    RowList {
        height: 1fr;
        &>.row-list--dim { color: $foreground 60%; }
        &>.row-list--cursor { background: $primary 30%; }
        &:focus>.row-list--cursor { background: $primary; color: $background; text-style: bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Open", id="list.open"),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "end(-1)", show=False),
        Binding("end", "end(1)", show=False),
    ]
    cursor: reactive[int] = reactive(0)

    @dataclass
    class Chosen(Message):
        """The person chose the row with this number."""

        index: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._rows: Sequence[Row] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows, the cursor where it was or on the last one."""
        self._rows = rows
        self.virtual_size = Size(self.size.width, len(rows))
        self.cursor = self.validate_cursor(self.cursor)
        self.refresh()

    @property
    def is_empty(self) -> bool:
        """Whether there is no row."""
        return not self._rows

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, len(self._rows) - 1))

    def watch_cursor(self) -> None:
        """Keep the cursor in view."""
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        index, width = y + self.scroll_offset.y, self.size.width
        if index >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        before, middle, after = (printable(part).replace("\n", " ").replace("\t", " ") for part in self._rows[index])
        if index == self.cursor:
            plain = dim = self.get_component_rich_style("row-list--cursor")
        else:
            plain, dim = self.rich_style, self.rich_style + self.get_component_rich_style("row-list--dim")
        pieces = [Segment(f" {before}", dim), Segment(middle, plain), Segment(f"  {after}", dim)]
        return Strip(pieces).adjust_cell_length(width, plain)

    def on_click(self, event: Click) -> None:
        """Move to the row and choose it."""
        index = event.y + self.scroll_offset.y
        if index < len(self._rows):
            self.cursor = index
            self.action_choose()

    def action_choose(self) -> None:
        """Tell which row was chosen."""
        if self._rows:
            self.post_message(self.Chosen(self.cursor))

    def action_move(self, step: int) -> None:
        """Go up or down by rows."""
        self.cursor += step

    def action_page(self, step: int) -> None:
        """Go up or down by what is in view."""
        self.cursor += step * max(1, self.size.height - 1)

    def action_end(self, direction: int) -> None:
        """Go to the first or last row."""
        self.cursor = len(self._rows) if direction > 0 else 0
