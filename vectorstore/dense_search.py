"""Searches the dense index of a library, kept level with the database."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from vectorstore.articles import ArticleFilter, Hit, Vectors
from vectorstore.changes import count_passages
from vectorstore.database import Connection, Database
from vectorstore.dense_index import METRIC, DenseIndex
from vectorstore.dense_making import DenseMaking
from vectorstore.errors import LibraryError
from vectorstore.filters import AllowedPassages
from vectorstore.index_files import IndexFiles, UnusableIndexError
from vectorstore.index_kinds import IndexKind, KindChoice
from vectorstore.levelling import Levelled, Levelling
from vectorstore.manifest import EmbedderIdentity
from vectorstore.nearest import nearest_hits
from vectorstore.opening import check_embedder
from vectorstore.renewal import Renewal
from vectorstore.statistics import probe_recall

__all__ = ["INDEX_FORMAT_VERSION", "DenseSearch"]

INDEX_FORMAT_VERSION = 2

_COUNT_AGAIN_AT_SHARE = 0.05
"""A writer counts the passages anew when it has added this share of those it last counted."""

_LOGGER = logging.getLogger(__name__)


class DenseSearch:
    """The dense index of one library, loaded at the first search; may be used from any number of threads.

    One lock lets one search run at a time, so that no search meets a change.
    """

    def __init__(
        self,
        database: Database,
        directory: Path,
        *,
        embedder: EmbedderIdentity,
        choice: KindChoice,
        allowed: AllowedPassages,
        on_rebuild: Callable[[str], None] | None,
    ) -> None:
        self._database = database
        self._directory = directory
        self._embedder = embedder
        self._choice = choice
        self._allowed = allowed
        self._files = IndexFiles(
            directory,
            name="vectors",
            suffix=".faiss",
            format_version=INDEX_FORMAT_VERSION,
            built_with={"embedder": embedder.sha256, "dimension": embedder.dimension, "metric": METRIC},
        )
        making = DenseMaking(directory, dimension=embedder.dimension, choice=choice, on_progress=on_rebuild)
        self._levelling = Levelling(database, self._files, making, on_rebuild=on_rebuild)
        self._lock = threading.Lock()
        self._held: Levelled[DenseIndex] | None = None
        self._renewal: Renewal[Levelled[DenseIndex]] = Renewal()
        self._known_count = 0
        self._added_since = 0

    def load(self) -> DenseIndex:
        """Make the index ready for the next search, and return it to be looked at."""
        with self._lock, self._database.reading() as connection:
            return self._levelled(connection).index

    def search(self, vector: Vectors, *, top_k: int, article_filter: ArticleFilter | None) -> list[Hit]:
        """Return the passages nearest to a vector, shape (dimension,), in the newest committed state."""
        with self._lock, self._database.reading() as connection:
            index = self._levelled(connection).index
            allowed = self._allowed.flags(connection, article_filter)
            return nearest_hits(connection, index, vector, top_k=top_k, allowed=allowed)

    def grow(self, added: int) -> None:
        """Note that so many passages were committed; an index that is outgrown is built anew in the background."""
        self._added_since += added
        if self._added_since <= _COUNT_AGAIN_AT_SHARE * self._known_count or self._renewal.is_running:
            return
        with self._database.reading() as connection:
            self._known_count, self._added_since = count_passages(connection), 0
        # The saved index is the one that everybody opens.
        if self._choice.is_outgrown(self._saved_kind() or IndexKind.EXACT, self._known_count):
            self._renewal.start(self._built_and_saved)

    def save_if_due(self) -> None:
        """Save the index when it is missing, unusable, outgrown or far behind; wait for one that is being built.

        A failure is logged and nothing else: the index is derived, and the next one to open the library builds it.
        """
        self._renewal.wait()
        try:
            with self._lock:
                self._save_if_due()
        except (OSError, LibraryError) as error:
            self._warn(error)

    def rebuild(self) -> None:
        """Build the index anew from the stored vectors, save it, and use it from the next search on.

        Raises:
            OSError, LibraryError: It was not saved.
        """
        self._renewal.wait()
        with self._lock:
            self._held = self._built()
            self._levelling.save(self._held)

    def probe_recall(self) -> float:
        """Return the share of the truly nearest passages that is found; see ``statistics.probe_recall``."""
        with self._lock, self._database.reading() as connection:
            index = self._levelled(connection).index
            return probe_recall(connection, index, dimension=self._embedder.dimension)

    def settle(self) -> None:
        """Wait until nothing happens in the background."""
        self._renewal.wait()

    def _save_if_due(self) -> None:
        with self._database.reading() as connection:
            if not self._levelling.is_save_due(connection):
                return
            held = self._levelled(connection)
            if self._choice.is_outgrown(held.index.kind, len(held.index)):
                held = self._held = self._levelling.built(connection)
        self._levelling.save(held)

    def _levelled(self, connection: Connection) -> Levelled[DenseIndex]:
        check_embedder(connection, self._directory, self._embedder)
        renewed = self._renewal.taken()
        # Let go first: an index that was brought level half-way is not used again.
        held, self._held = renewed or self._held, None
        self._held = self._levelling.level(connection, held)
        kind = self._held.index.kind
        if self._choice.is_outgrown(kind, len(self._held.index)) and self._saved_kind() not in {None, kind}:
            self._renewal.start(self._opened)  # Another process has built one that fits.
        return self._held

    def _saved_kind(self) -> IndexKind | None:
        try:
            manifest = self._files.load_manifest()
            return None if manifest is None else IndexKind(manifest.kind)
        except (UnusableIndexError, ValueError):
            return None

    def _opened(self) -> Levelled[DenseIndex] | None:
        try:
            with self._database.reading() as connection:
                return self._levelling.level(connection, None)
        except LibraryError as error:
            _LOGGER.warning("The new index of %s was not loaded: %s", self._directory, error)
            return None

    def _built(self) -> Levelled[DenseIndex]:
        with self._database.reading() as connection:
            return self._levelling.built(connection)

    def _built_and_saved(self) -> Levelled[DenseIndex] | None:
        try:
            built = self._built()
            self._levelling.save(built)
        except (OSError, LibraryError) as error:
            self._warn(error)
            return None
        return built

    def _warn(self, error: Exception) -> None:
        _LOGGER.warning("The index of %s was not saved: %s", self._directory, error)
