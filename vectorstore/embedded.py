"""The library on one disk: SQLite holds the truth, and two indexes are derived from it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import numpy as np

from vectorstore.additions import check_addition
from vectorstore.article_reads import (
    find_article,
    find_standing,
    read_article,
    read_page,
    read_passages,
    read_summaries,
    read_versions,
)
from vectorstore.article_writes import remove_article, store_addition
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
from vectorstore.changes import append_commit, last_commit
from vectorstore.database import Database
from vectorstore.dense_search import DenseSearch
from vectorstore.filters import AllowedPassages
from vectorstore.index_kinds import EXACT_UP_TO, KindChoice
from vectorstore.lexical_search import LexicalSearch
from vectorstore.manifest import EmbedderIdentity
from vectorstore.opening import check_embedder, open_database
from vectorstore.statistics import library_counts
from vectorstore.upkeep import LibraryUpkeep

__all__ = ["EmbeddedLibrary"]


class EmbeddedLibrary:
    """A library in a directory, for any number of processes and threads; one writes at a time, the others wait."""

    def __init__(
        self,
        directory: Path,
        database: Database,
        dense: DenseSearch,
        lexical: LexicalSearch,
        *,
        embedder: EmbedderIdentity,
        read_only: bool,
    ) -> None:
        self._directory = directory
        self._database = database
        self._dense = dense
        self._lexical = lexical
        self._embedder = embedder
        self._read_only = read_only
        self._is_closed = False

    @classmethod
    def open(
        cls,
        directory: Path,
        *,
        embedder: EmbedderIdentity,
        create: bool,
        read_only: bool = False,
        on_rebuild: Callable[[str], None] | None = None,
        busy_timeout_s: float = 10.0,
        exact_up_to: int = EXACT_UP_TO,
    ) -> Self:
        """Open the library in a directory; the indexes are loaded at the first search.

        Args:
            directory: Where it is.
            embedder: Where the vectors of queries and additions come from.
            create: Make the directory and an empty library if there is none.
            read_only: Never write, not even the index at the end.
            on_rebuild: Called with one line when the saved index cannot be used, and why.
            busy_timeout_s: How long to wait for another process that writes.
            exact_up_to: Above so many passages, dense search is approximate.

        Raises:
            LibraryNotFoundError: There is none, and ``create`` is false.
            LibraryFormatError: It is something else, or of a newer format.
            EmbedderMismatchError: Its vectors come from another embedder.
            LibraryError: It cannot be opened, created or read.
        """
        database = open_database(
            directory, embedder=embedder, create=create, read_only=read_only, busy_timeout_s=busy_timeout_s
        )
        choice, allowed = KindChoice(exact_up_to), AllowedPassages()
        dense = DenseSearch(
            database, directory, embedder=embedder, choice=choice, allowed=allowed, on_rebuild=on_rebuild
        )
        lexical = LexicalSearch(database, directory, allowed=allowed, on_rebuild=on_rebuild)
        return cls(directory, database, dense, lexical, embedder=embedder, read_only=read_only)

    @property
    def embedder(self) -> EmbedderIdentity:
        """Where its vectors come from."""
        return self._embedder

    @property
    def generation(self) -> int:
        """Number of the last committed change, by whatever process."""
        with self._database.reading() as connection:
            return last_commit(connection).generation

    def standing(self, article: Article) -> Standing:
        """Tell what ``add`` would do with the article."""
        with self._database.reading() as connection:
            standing, _ = find_standing(connection, article)
            return standing

    def add(self, additions: Sequence[Addition]) -> list[Standing]:
        """Store all additions in one transaction and return what was done with each, in order."""
        for addition in additions:
            check_addition(addition, dimension=self._embedder.dimension)
        added_at = datetime.now(UTC).isoformat(timespec="seconds")
        with self._database.writing() as connection:
            check_embedder(connection, self._directory, self._embedder)
            if all(find_standing(connection, one.article)[0] is Standing.UNCHANGED for one in additions):
                return [Standing.UNCHANGED] * len(additions)
            generation = append_commit(connection).generation
            standings = [
                store_addition(connection, addition, generation=generation, added_at=added_at) for addition in additions
            ]
        self._dense.grow(sum(len(addition.passages) for addition in additions))
        return standings

    def remove(self, article_ids: Sequence[int]) -> list[StoredArticle]:
        """Remove articles with all their versions in one transaction and return what they were, each once."""
        with self._database.writing() as connection:
            removed = [read_article(connection, article_id) for article_id in dict.fromkeys(article_ids)]
            if removed:
                generation = append_commit(connection).generation
            for article in removed:
                remove_article(connection, article.id, generation=generation)
            return removed

    def article(self, article_id: int, *, version: int | None = None) -> StoredArticle:
        """Return one version of an article, the current one by default."""
        with self._database.reading() as connection:
            return read_article(connection, article_id, version=version)

    def versions(self, article_id: int) -> list[ArticleVersion]:
        """Return what versions of an article can be read, oldest first."""
        with self._database.reading() as connection:
            return read_versions(connection, article_id)

    def articles(self) -> list[ArticleSummary]:
        """Return a summary of every article, by id."""
        with self._database.reading() as connection:
            return read_summaries(connection)

    def counts(self) -> LibraryCounts:
        """Tell how much there is, without a look at every article."""
        with self._database.reading() as connection:
            return library_counts(connection)

    def article_page(
        self,
        *,
        limit: int,
        before: int | None = None,
        article_filter: ArticleFilter | None = None,
        words: str = "",
    ) -> list[ArticleSummary]:
        """Return a page of summaries, those added last first; a page without words costs as much as it is long."""
        with self._database.reading() as connection:
            return read_page(connection, limit=limit, before=before, article_filter=article_filter, words=words)

    def find(self, article: Article) -> int | None:
        """Return the id of the article of the same origin, else of one of equal content, else None."""
        with self._database.reading() as connection:
            return find_article(connection, article)

    def passages(self, passage_ids: Sequence[int]) -> list[StoredPassage]:
        """Return the passages with these ids, in this order; ids that are gone meanwhile are left out."""
        with self._database.reading() as connection:
            return read_passages(connection, passage_ids)

    def search_dense(self, vector: Vectors, *, top_k: int, article_filter: ArticleFilter | None = None) -> list[Hit]:
        """Return the passages nearest to one query vector, in the newest committed state.

        Raises:
            ValueError: The vector does not have the shape (dimension,), or ``top_k`` is negative.
        """
        if vector.shape != (self._embedder.dimension,):
            raise ValueError(f"the query vector has shape {vector.shape}, not ({self._embedder.dimension},)")
        query = np.ascontiguousarray(vector, dtype=np.float32)
        return self._dense.search(query, top_k=_checked(top_k), article_filter=article_filter)

    def search_lexical(self, query: str, *, top_k: int, article_filter: ArticleFilter | None = None) -> list[Hit]:
        """Return the passages that share terms with the query, by BM25, in the newest committed state.

        Raises:
            ValueError: ``top_k`` is negative.
        """
        return self._lexical.search(query, top_k=_checked(top_k), article_filter=article_filter)

    def load_index(self) -> int:
        """Load the indexes now, so that the first search need not, and return how many passages they hold."""
        self._lexical.load()
        return len(self._dense.load())

    @property
    def upkeep(self) -> LibraryUpkeep:
        """What keeps the library in order."""
        return LibraryUpkeep(self._directory, self._database, self._dense, self._lexical)

    def close(self) -> None:
        """Save the indexes if enough has changed, and release files; calling it twice does nothing."""
        if self._is_closed:
            return
        self._is_closed = True
        if not self._read_only:
            self._dense.save_if_due()
            self._lexical.save_if_due()
        self._dense.settle()
        self._database.close()


def _checked(top_k: int) -> int:
    if top_k < 0:
        raise ValueError(f"top_k is {top_k}, but cannot be negative")
    return top_k
