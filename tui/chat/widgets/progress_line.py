"""One line that tells how far a question is."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from tui.chat.contents import content

__all__ = ["ProgressLine"]


class ProgressLine(Widget):
    """Is drawn anew without a layout, at most once a frame, however often it is told something."""

    DEFAULT_CSS = """
    ProgressLine {
        height: 1;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    def __init__(self, told: str) -> None:
        super().__init__()
        self._told = told

    def tell(self, told: str) -> None:
        """Show this from the next frame on."""
        self._told = told
        self.refresh()

    def render(self) -> Content:
        """Return what was told last."""
        return content((self._told, "dim"))
