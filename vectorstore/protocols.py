"""What a library promises. Two implementations hold it: ``embedded`` (SQLite and FAISS) and ``memory`` (the oracle)."""

from collections.abc import Sequence
from typing import Protocol

from vectorstore.articles import (
    Addition,
    Article,
    ArticleFilter,
    ArticleSummary,
    ArticleVersion,
    Hit,
    LibraryCounts,
    Standing,
    StoredArticle,
    StoredPassage,
    Vectors,
)
from vectorstore.manifest import EmbedderIdentity

__all__ = ["Library"]


class Library(Protocol):
    """All the articles of one user, with their index.

    Only passages of the current version of an article are searched; older versions stay readable by number.
    """

    @property
    def embedder(self) -> EmbedderIdentity:
        """Where its vectors come from."""
        ...

    @property
    def generation(self) -> int:
        """Number of the last committed change; 0 when nothing was ever stored."""
        ...

    def standing(self, article: Article) -> Standing:
        """Tell what ``add`` would do with the article.

        The same origin with equal content, or another origin with the same source and equal content (a folder
        that was moved), is unchanged; the same origin with other content is updated; anything else is added.
        """
        ...

    def add(self, additions: Sequence[Addition]) -> list[Standing]:
        """Store all additions, or none if anything fails, and return what was done with each, in order.

        A ``StoredArticle`` that was removed has its id and version again, unless the id is taken.

        Raises:
            ValueError: A passage reaches outside its text, or vectors do not fit passages or dimension.
            LibraryReadOnlyError, LibraryBusyError, LibraryFullError: Nothing was stored.
        """
        ...

    def remove(self, article_ids: Sequence[int]) -> list[StoredArticle]:
        """Remove articles with all their versions and return what they were, in order.

        Raises:
            ArticleNotFoundError: One of the ids is unknown; nothing was removed.
        """
        ...

    def article(self, article_id: int, *, version: int | None = None) -> StoredArticle:
        """Return one version of an article, the current one by default.

        Raises:
            ArticleNotFoundError: No such article or version.
        """
        ...

    def versions(self, article_id: int) -> list[ArticleVersion]:
        """Return what versions of an article can be read, oldest first.

        Raises:
            ArticleNotFoundError: No such article.
        """
        ...

    def articles(self) -> list[ArticleSummary]:
        """Return a summary of every article, by id."""
        ...

    def counts(self) -> LibraryCounts:
        """Tell how much there is, without a look at every article."""
        ...

    def article_page(
        self,
        *,
        limit: int,
        before: int | None = None,
        article_filter: ArticleFilter | None = None,
        words: str = "",
    ) -> list[ArticleSummary]:
        """Return a page of summaries, those added last first.

        Args:
            limit: At most so many.
            before: Only ids below it: the last id of the page before. Pages stay level when articles come and go.
            article_filter: Only these articles.
            words: Each stands in the title or the source, whole or in part, in whatever case.
        """
        ...

    def find(self, article: Article) -> int | None:
        """Return the id of the article of the same origin, else of one of equal content, else None."""
        ...

    def passages(self, passage_ids: Sequence[int]) -> list[StoredPassage]:
        """Return the passages with these ids, in this order; ids that are gone meanwhile are left out."""
        ...

    def search_dense(self, vector: Vectors, *, top_k: int, article_filter: ArticleFilter | None = None) -> list[Hit]:
        """Return the passages nearest to one query vector, shape (dimension,), by inner product.

        The filter acts before the cut: ``top_k`` hits come back when that many passages exist. Best first; equal
        scores by lower passage id.
        """
        ...

    def search_lexical(self, query: str, *, top_k: int, article_filter: ArticleFilter | None = None) -> list[Hit]:
        """Return the passages (title and text) that share terms with the query, by BM25, best first.

        Any string is a valid query; one without terms gives no hits. Equal scores by lower passage id.
        """
        ...

    def close(self) -> None:
        """Save what is derived and release files; calling it twice does nothing."""
        ...
