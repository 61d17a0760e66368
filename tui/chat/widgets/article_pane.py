"""An article, with the cited span marked and in view, and what is searched for in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from tui.chat.article_text import found_in
from tui.chat.citation_styles import Cited
from tui.chat.contents import heading_content
from tui.chat.messages import CitationCopied, CitationStepped, Place, SourceWanted
from tui.chat.widgets.article_search import ArticleSearch
from tui.chat.widgets.article_view import ArticleView

if TYPE_CHECKING:
    from rag.articles import StoredArticle

__all__ = ["ArticlePane"]


class ArticlePane(Vertical):
    """Shows one version of an article; is not there until one is given."""

    HELP_TEXT = """\
An article as it was when the answer was read. The cited words stand reversed.

Copying takes the cited words with their reference, in the style that the settings (F5) name."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "step(1)", "Next", id="article.next"),
        Binding("p", "step(-1)", "Previous", id="article.previous"),
        Binding("slash", "search", "Search", id="article.search"),
        Binding("y", "copy", "Copy", id="article.copy"),
        Binding("o", "source", "Source", id="article.source"),
        Binding("escape", "close", "Close", id="article.close"),
    ]

    class Closed(Message):
        """No article is shown any more."""

    def __init__(self) -> None:
        self._heading = Static(id="heading")
        self._view = ArticleView()
        self._search = ArticleSearch()
        super().__init__()
        self.place: Place | None = None
        self._article: StoredArticle | None = None
        self._found: list[tuple[int, int]] = []
        self._at = 0
        self.display = False

    def compose(self) -> ComposeResult:
        """Lay out headline, text and search."""
        yield self._heading
        yield self._view
        yield self._search

    def show(self, article: StoredArticle, place: Place) -> None:
        """Show the article at the place, ready to be read with the keys."""
        self._article, self.place = article, place
        self._end_search()
        self.display = True
        self._heading.update(heading_content(article))
        self._view.show(article.text, (place.start, place.end))
        self._view.focus()
        self.refresh_bindings()

    def focus_text(self) -> None:
        """Go to the text."""
        self._view.focus()

    def close(self) -> None:
        """Let the article go."""
        if self.display:
            self.display = False
            self._article = self.place = None
            self._view.clear()
            self.post_message(self.Closed())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what would do something."""
        match action:
            case "step" | "copy":
                return self.place is not None and self.place.end > self.place.start
            case "source":
                return self._article is not None and self._article.url is not None
        return super().check_action(action, parameters)

    def action_step(self, step: int) -> None:
        """Ask for another citation."""
        self.post_message(CitationStepped(step))

    def action_copy(self) -> None:
        """Ask for the cited words with their reference."""
        if (article := self._article) is not None and (place := self.place) is not None:
            self.post_message(CitationCopied(Cited.of(article, article.text[place.start : place.end])))

    def action_source(self) -> None:
        """Ask for where the article came from."""
        if self._article is not None:
            self.post_message(SourceWanted(self._article.url))

    def action_search(self) -> None:
        """Take words to search for."""
        self._search.display = True
        self._search.focus()

    def action_close(self) -> None:
        """End the search, or else close the article."""
        if self._search.display:
            self._end_search()
            self._view.mark([], None)
            self._view.focus()
        else:
            self.close()

    def _end_search(self) -> None:
        self._search.display = False
        with self.prevent(Input.Changed):
            self._search.clear()
        self._search.border_subtitle = ""
        self._found = []

    @on(Input.Changed)
    def _find(self, event: Input.Changed) -> None:
        """Find the words; the first place at or after the span comes first."""
        event.stop()
        if self._article is not None and self.place is not None:
            first = self.place.start
            self._found = found_in(self._article.text, event.value)
            self._at = next((at for at, (start, _) in enumerate(self._found) if start >= first), 0)
            self._show_found()

    @on(ArticleSearch.Stepped)
    def _step_found(self, event: ArticleSearch.Stepped) -> None:
        if self._found:
            self._at = (self._at + event.step) % len(self._found)
            self._show_found()

    def _show_found(self) -> None:
        told = f"{self._at + 1} of {len(self._found)}" if self._found else "not found"
        self._search.border_subtitle = told if self._search.value else ""
        self._view.mark(self._found, self._at if self._found else None)
