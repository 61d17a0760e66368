"""The article of a citation, with the cited span marked and in view."""

import re
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from rag.articles import StoredArticle
from tui.chat.contents import article_content, heading_content
from tui.chat.messages import Place

__all__ = ["ArticleScreen"]


class ArticleScreen(ModalScreen[None]):
    """Shows one version of an article over the chat."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Back")]

    def __init__(self, article: StoredArticle, place: Place) -> None:
        super().__init__()
        self._heading = heading_content(article)
        self._upto, self._rest = article_content(article, place)

    def compose(self) -> ComposeResult:
        """Show headline and origin above the text."""
        yield Static(self._heading, id="heading")
        with VerticalScroll(id="article"):
            yield Static(self._upto.append(self._rest))
        yield Footer()

    def on_resize(self) -> None:
        """Bring the span into view, a third down the window, when the text is laid out anew."""
        self.call_after_refresh(self._scroll_to_span)

    def _scroll_to_span(self) -> None:
        window = self.query_one("#article", VerticalScroll)
        width = window.query_one(Static).content_size.width
        # Lines break between words: a word that the span ends in belongs to the line.
        word_rest = re.match(r"\S*", self._rest.plain)
        line = len(self._upto.append(word_rest[0] if word_rest else "").wrap(width)) - 1
        window.scroll_to(y=max(0, line - window.size.height // 3), animate=False)
