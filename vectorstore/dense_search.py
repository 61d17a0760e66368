"""Keeps the dense index level with the database, and searches it."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vectorstore.articles import ArticleFilter, Hit, Vectors
from vectorstore.changes import (
    BEGINNING,
    Commit,
    count_changes,
    count_passages,
    is_known,
    last_commit,
    passages_added,
    passages_removed,
)
from vectorstore.database import Connection, Database
from vectorstore.dense_index import METRIC, DenseIndex
from vectorstore.errors import LibraryDamagedError, LibraryError
from vectorstore.filters import allowed_passage_ids
from vectorstore.index_files import IndexFiles, UnusableIndexError
from vectorstore.manifest import EmbedderIdentity, IndexManifest

__all__ = ["INDEX_FORMAT_VERSION", "SAVE_AT_SHARE", "DenseSearch"]

INDEX_FORMAT_VERSION = 2

SAVE_AT_SHARE = 0.1
"""The index is saved when the passages that came and went since the last save exceed this share of those it holds: a
library that grows to n passages writes about 11 n in all, an addition to a large one writes none, and opening never
replays more than a tenth. Source: docs/decisions/002."""

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Levelled:
    """An index and the commit it is level with."""

    index: DenseIndex
    commit: Commit


class DenseSearch:
    """The dense index of one library, loaded at the first search; may be used from any number of threads.

    One lock lets one search run at a time, so that no search meets a change; it is held for about 0.2 ms for every
    thousand passages.
    """

    def __init__(
        self,
        database: Database,
        directory: Path,
        *,
        embedder: EmbedderIdentity,
        on_rebuild: Callable[[str], None] | None,
    ) -> None:
        self._database = database
        self._directory = directory
        self._embedder = embedder
        self._on_rebuild = on_rebuild
        self._files = IndexFiles(
            directory,
            name="vectors",
            suffix=".faiss",
            format_version=INDEX_FORMAT_VERSION,
            built_with={"embedder": embedder.sha256, "dimension": embedder.dimension, "metric": METRIC},
        )
        self._lock = threading.Lock()
        self._held: _Levelled | None = None
        self._is_saved_unusable = False

    def load(self) -> int:
        """Make the index ready for the next search and return how many passages it holds."""
        with self._lock, self._database.reading() as connection:
            return len(self._levelled(connection))

    def search(self, vector: Vectors, *, top_k: int, article_filter: ArticleFilter | None) -> list[Hit]:
        """Return the passages nearest to a vector, shape (dimension,), in the newest committed state."""
        with self._lock, self._database.reading() as connection:
            index = self._levelled(connection)
            allowed = None
            if article_filter is not None and not article_filter.is_empty:
                allowed = allowed_passage_ids(connection, article_filter)
            return index.search(vector, top_k=top_k, allowed=allowed)

    def save_if_due(self) -> None:
        """Save the index when it is missing, unusable, or lacks more than ``SAVE_AT_SHARE``.

        A failure is logged and nothing else: the index is derived, and the next one to open the library builds it.
        """
        try:
            with self._lock:
                self._save_if_due()
        except (OSError, LibraryError) as error:
            _LOGGER.warning("The index of %s was not saved: %s", self._directory, error)

    def _save_if_due(self) -> None:
        with self._database.reading() as connection:
            if not self._is_save_due(connection):
                return
            self._levelled(connection)
        with self._database.writing() as connection:  # Keeps other savers out.
            index = self._levelled(connection)
            staged = self._files.stage(index.save)
            self._files.publish(staged, kind=index.kind, count=len(index), commit=last_commit(connection))

    def _is_save_due(self, connection: Connection) -> bool:
        if last_commit(connection) == BEGINNING:
            return False
        try:
            manifest = self._files.load_manifest()
        except UnusableIndexError:
            return True
        if manifest is None or self._is_saved_unusable:
            return True
        saved = Commit(manifest.generation, manifest.commit)
        changes = count_changes(connection, since=saved)
        return not is_known(connection, saved) or changes > SAVE_AT_SHARE * manifest.count

    def _levelled(self, connection: Connection) -> DenseIndex:
        last = last_commit(connection)
        # Let go first: an index that was brought level half-way is not used again.
        held, self._held = self._held, None
        if held is None:
            held = self._opened(connection)
        if held.commit != last:
            held = self._replayed(connection, held, last)
        self._held = held
        return held.index

    def _opened(self, connection: Connection) -> _Levelled:
        try:
            manifest = self._files.load_manifest()
            if manifest is None:
                return _Levelled(DenseIndex(self._embedder.dimension), BEGINNING)
            commit = Commit(manifest.generation, manifest.commit)
            if not is_known(connection, commit):
                raise UnusableIndexError("it belongs to another library or another state of this one")
            return _Levelled(self._loaded(manifest), commit)
        except UnusableIndexError as error:
            return self._emptied(connection, str(error))

    def _loaded(self, manifest: IndexManifest) -> DenseIndex:
        with self._files.verified(manifest) as file:
            index = DenseIndex.load(file, dimension=self._embedder.dimension)
        if len(index) != manifest.count:
            raise UnusableIndexError(f"it holds {len(index)} vectors, not {manifest.count}")
        return index

    def _replayed(self, connection: Connection, held: _Levelled, last: Commit) -> _Levelled:
        if not is_known(connection, held.commit):
            held = self._emptied(connection, "the library was replaced by another state of it")
        self._replay(connection, held)
        count = count_passages(connection)
        if len(held.index) != count:
            held = self._emptied(connection, f"it holds {len(held.index)} passages, the library {count}")
            self._replay(connection, held)
        return _Levelled(held.index, last)

    def _replay(self, connection: Connection, held: _Levelled) -> None:
        held.index.remove(passages_removed(connection, since=held.commit))
        try:
            for ids, vectors in passages_added(connection, since=held.commit, dimension=self._embedder.dimension):
                held.index.add(ids, vectors)
        except ValueError as error:
            raise LibraryDamagedError(
                f"The library {self._directory} holds a vector of the wrong length.",
                "Put back a copy of it, or add the articles to a new library with --library DIR.",
            ) from error

    def _emptied(self, connection: Connection, reason: str) -> _Levelled:
        self._is_saved_unusable = True
        if self._on_rebuild is not None:
            count = count_passages(connection)
            self._on_rebuild(f"Rebuilding the index from {count} stored vectors: {reason}.")
        return _Levelled(DenseIndex(self._embedder.dimension), BEGINNING)
