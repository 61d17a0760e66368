"""The text of an article, scrolled to a place that stays in view."""

from collections.abc import Sequence

from textual.containers import VerticalScroll
from textual.widgets import Static

from tui.chat.article_text import ArticleWindow, Mark

__all__ = ["ArticleView"]

SPAN_STYLE = "bold reverse"
FOUND_STYLE = "underline"
CURRENT_STYLE = "bold underline reverse"


class ArticleView(VerticalScroll):
    """Draws what lies around a place, and marks."""

    def __init__(self) -> None:
        self._shown = Static()
        super().__init__(self._shown)
        self._clear()

    def _clear(self) -> None:
        self._text = ""
        self._span = (0, 0)
        self._window = ArticleWindow("", around=0)
        self._at = 0

    def show(self, text: str, span: tuple[int, int]) -> None:
        """Show a text with a span marked and in view."""
        self._text, self._span = text, span
        self.mark([], None)

    def clear(self) -> None:
        """Let the text go."""
        self._clear()
        self._shown.update("")

    def mark(self, found: Sequence[tuple[int, int]], current: int | None) -> None:
        """Mark what was found, and bring the current one into view; without one, the span."""
        start, end = self._span if current is None else found[current]
        self._at = end
        self._window = ArticleWindow(self._text, around=start)
        marks = [Mark(*place, FOUND_STYLE) for place in found] + [Mark(*self._span, SPAN_STYLE)]
        if current is not None:
            marks.append(Mark(start, end, CURRENT_STYLE))
        self._shown.update(self._window.content(marks))
        self.call_after_refresh(self._scroll_to_place)

    def on_resize(self) -> None:
        """Keep the place in view when the text is laid out anew."""
        self.call_after_refresh(self._scroll_to_place)

    def _scroll_to_place(self) -> None:
        """Bring the place a third down the window."""
        line = self._window.line_of(self._at, width=self._shown.content_size.width)
        self.scroll_to(y=max(0, line - self.size.height // 3), animate=False)
