"""The library: its articles, listed, filtered, sorted, read, added and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Input, Static

from rag.errors import PullquoteError
from tui.chat.article_query import ArticleOrder, ArticleQuery, article_query
from tui.chat.bridge import Bridge
from tui.chat.contents import content, failure_content
from tui.chat.library_messages import ArticlesListed, ArticlesRemoved, ArticlesRestored, ListingFailed, RemovalFailed
from tui.chat.messages import ArticleFailed, ArticleOpened, Place
from tui.chat.screens.add import AddScreen
from tui.chat.widgets.article_pane import ArticlePane
from tui.chat.widgets.key_footer import KeyFooter
from tui.chat.widgets.row_list import Row, RowList
from tui.terminal_text import printable

if TYPE_CHECKING:
    from rag.articles import ArticleSummary, StoredArticle

__all__ = ["LibraryScreen"]


class LibraryScreen(Screen[None]):
    """Shows every article of the library."""

    CSS_PATH = "library.tcss"
    HELP_TEXT = """\
The articles of the library. The line above filters them by words of headline and source, and by `since:2026-01-30`, \
`until:2026-02` and `source:politics`; a day may be a month or a year.

Removing takes an article out of the library, not its file; undo puts it back as it was."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add", id="library.add"),
        Binding("d,delete", "remove", "Remove", id="library.remove"),
        Binding("u", "undo", "Undo", id="library.undo"),
        Binding("s", "sort", "Sort", id="library.sort"),
        Binding("slash", "filter", "Filter", id="library.filter"),
        Binding("ctrl+r", "list", "Retry", show=False, id="library.retry"),
        Binding("escape", "back", "Back", id="library.back"),
    ]

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._all: list[ArticleSummary] = []
        self._shown: list[ArticleSummary] = []
        self._query = ArticleQuery()
        self._order = ArticleOrder.NEWEST
        self._removed: list[list[StoredArticle]] = []
        self._filter = Input(placeholder="words  since:2026-01-30  until:2026-02  source:politics", max_length=200)
        self._status = Static(content(("Reading the library…", "dim")), id="library-status")
        self._list = RowList(id="articles")
        self._pane = ArticlePane()

    def compose(self) -> ComposeResult:
        """Lay out filter, list and article."""
        yield self._filter
        yield self._status
        yield Horizontal(self._list, self._pane, id="library-body")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Read the list."""
        self._list.focus()
        self.action_list()

    def on_articles_listed(self, message: ArticlesListed) -> None:
        """Show the articles that the filter lets through."""
        self._all = message.summaries
        self._refresh()

    @on(ListingFailed)
    @on(RemovalFailed)
    @on(ArticleFailed)
    def _tell_failure(self, message: ListingFailed | RemovalFailed | ArticleFailed) -> None:
        self._tell_error(message.error)

    def on_articles_removed(self, message: ArticlesRemoved) -> None:
        """Remember what was removed, and show what is left."""
        self._removed.append(message.versions)
        for article in message.articles:
            self.notify(printable(f"Removed: {article.title or article.source}. U puts it back."), markup=False)
        gone = {article.id for article in message.articles}
        self._all = [summary for summary in self._all if summary.id not in gone]
        self._refresh()

    def on_articles_restored(self, _: ArticlesRestored) -> None:
        """Show what is there again."""
        self.action_list()

    def on_article_opened(self, message: ArticleOpened) -> None:
        """Show the article."""
        self.set_class(True, "-reading")
        self._pane.show(message.article, message.place)

    def on_article_pane_closed(self) -> None:
        """Go back to the list."""
        self.set_class(False, "-reading")
        self._list.focus()

    @on(RowList.Chosen)
    def _open(self, event: RowList.Chosen) -> None:
        place = Place(article_id=self._shown[event.index].id, version=None, start=0, end=0)
        self._bridge.open_article(place, self)

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        self._query = article_query(event.value)
        self._refresh()

    @on(Input.Submitted)
    def _to_list(self, event: Input.Submitted) -> None:
        event.stop()
        self._list.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what would do something."""
        match action:
            case "remove":
                return not self._list.is_empty and self.focused is self._list
            case "undo":
                return bool(self._removed)
        return super().check_action(action, parameters)

    def action_add(self) -> None:
        """Choose what to add, and list the articles again after it."""
        self.app.push_screen(AddScreen(self._bridge), lambda _: self.action_list())

    def action_remove(self) -> None:
        """Remove the article at the cursor."""
        self._bridge.remove([self._shown[self._list.cursor].id], self)

    def action_undo(self) -> None:
        """Put back what was removed last."""
        self._bridge.restore(self._removed.pop(), self)
        self.refresh_bindings()

    def action_sort(self) -> None:
        """Sort in the next way."""
        self._order = self._order.following
        self._refresh()

    def action_filter(self) -> None:
        """Go to the filter."""
        self._filter.focus()

    def action_list(self) -> None:
        """Read the list again."""
        self._bridge.list_articles(self)

    def action_back(self) -> None:
        """Go from the filter to the list, or else back to the chat."""
        if self.focused is self._filter:
            self._list.focus()
        else:
            self.dismiss()

    def _refresh(self) -> None:
        self._shown = self._order.sort([*filter(self._query.matcher(), self._all)])
        self._list.show([_row(summary) for summary in self._shown])
        told = f"{len(self._shown):,} of {len(self._all):,} articles, {self._order}"
        if not self._all:
            told = "The library is empty. Press A to add articles."
        self._status.update(content((self._query.problem or told, "$text-warning" if self._query.problem else "dim")))
        self.refresh_bindings()

    def _tell_error(self, error: PullquoteError) -> None:
        self._status.update(failure_content(error))


def _row(summary: ArticleSummary) -> Row:
    about = "~" if summary.published_origin == "inferred" else " "
    day = f"{about}{summary.published[:10]}" if summary.published else ""
    return f"{day:<11}  ", summary.title or "Untitled", summary.source
