"""Searches the lexical index of a library, kept level with the database."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from vectorstore.analysis import ANALYSER, query_terms
from vectorstore.articles import ArticleFilter, Hit
from vectorstore.changes import Commit, passages_removed
from vectorstore.database import Connection, Database
from vectorstore.errors import LibraryDamagedError, LibraryError
from vectorstore.filters import AllowedPassages
from vectorstore.index_files import IndexFiles
from vectorstore.levelling import Levelled, Levelling
from vectorstore.lexical_index import LexicalIndex
from vectorstore.postings import Segment
from vectorstore.term_store import segments_added, term_ids

__all__ = ["INDEX_FORMAT_VERSION", "LexicalSearch"]

INDEX_FORMAT_VERSION = 1

_LOGGER = logging.getLogger(__name__)


class LexicalMaking:
    """Makes lexical indexes for one library."""

    named = "the word index of {count} passages"

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def empty(self, connection: Connection, count: int) -> LexicalIndex:
        """Return an index of nothing."""
        return LexicalIndex()

    def load(self, file: BinaryIO) -> LexicalIndex:
        """Map what was saved."""
        return LexicalIndex.of(Segment.load(file))

    def replayed(self, connection: Connection, index: LexicalIndex, *, since: Commit) -> LexicalIndex:
        """Return the index with what came and without what went since a commit."""
        index = index.without(passages_removed(connection, since=since))
        try:
            for segment in segments_added(connection, since=since):
                index = index.with_added(segment)
        except ValueError as error:
            raise LibraryDamagedError(
                f"The library {self._directory} holds terms that are cut off.",
                "Put back a copy of it, or add the articles to a new library with --library DIR.",
            ) from error
        return index


class LexicalSearch:
    """The lexical index of one library, mapped at the first search; may be used from any number of threads.

    An index never changes, so searches run side by side; one lock guards which is the newest.
    """

    def __init__(
        self,
        database: Database,
        directory: Path,
        *,
        allowed: AllowedPassages,
        on_rebuild: Callable[[str], None] | None,
    ) -> None:
        self._database = database
        self._directory = directory
        self._allowed = allowed
        files = IndexFiles(
            directory,
            name="words",
            suffix=".postings",
            format_version=INDEX_FORMAT_VERSION,
            built_with={"analyser": ANALYSER},
        )
        self._levelling = Levelling(database, files, LexicalMaking(directory), on_rebuild=on_rebuild)
        self._lock = threading.Lock()
        self._held: Levelled[LexicalIndex] | None = None

    def load(self) -> LexicalIndex:
        """Make the index ready for the next search, and return it to be looked at."""
        with self._lock, self._database.reading() as connection:
            return self._levelled(connection).index

    def search(self, query: str, *, top_k: int, article_filter: ArticleFilter | None) -> list[Hit]:
        """Return the passages that share terms with a query, by BM25, in the newest committed state.

        A filter restricts the passages, not the statistics: the score of a passage does not depend on it.
        """
        # The lock comes first: a state read before it may be older than the index, which cannot go back.
        with self._lock, self._database.reading() as connection:
            index = self._levelled(connection).index
            terms = list(term_ids(connection, query_terms(query)).values())
            allowed = self._allowed.flags(connection, article_filter)
        return index.search(terms, top_k=top_k, allowed=allowed)

    def save_if_due(self) -> None:
        """Save the index when it is missing, unusable, or lacks more than ``SAVE_AT_SHARE``.

        A failure is logged and nothing else: the index is derived, and the next one to open the library builds it.
        """
        try:
            with self._lock, self._database.reading() as connection:
                if not self._levelling.is_save_due(connection):
                    return
                held = self._levelled(connection)
            self._levelling.save(held)
        except (OSError, LibraryError) as error:
            _LOGGER.warning("The word index of %s was not saved: %s", self._directory, error)

    def save(self) -> None:
        """Save the index level with the last commit.

        Raises:
            OSError, LibraryError: It was not saved.
        """
        with self._lock, self._database.reading() as connection:
            held = self._levelled(connection)
        self._levelling.save(held)

    def _levelled(self, connection: Connection) -> Levelled[LexicalIndex]:
        self._held = self._levelling.level(connection, self._held)
        return self._held
