"""How the dense index of a library comes to be: from the stored vectors, of the kind that suits their number."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from vectorstore.changes import (
    BEGINNING,
    Commit,
    count_passages,
    passages_added,
    passages_removed,
    sampled_vectors,
    stored_vectors,
)
from vectorstore.database import Connection
from vectorstore.dense_index import TRAINING_VECTORS, DenseIndex
from vectorstore.errors import LibraryDamagedError
from vectorstore.index_kinds import IndexKind, KindChoice

__all__ = ["DenseMaking"]

_TELL_EVERY_S = 5.0


class DenseMaking:
    """Makes dense indexes for one library."""

    named = "the index from {count} stored vectors"

    def __init__(
        self, directory: Path, *, dimension: int, choice: KindChoice, on_progress: Callable[[str], None] | None
    ) -> None:
        self._directory = directory
        self._dimension = dimension
        self._choice = choice
        self._on_progress = on_progress

    def empty(self, connection: Connection, count: int) -> DenseIndex:
        """Return an index of the kind for so many passages, trained if need be."""
        kind = self._choice.kind_for(count)
        index = DenseIndex(self._dimension, kind)
        if kind is IndexKind.COMPACT:
            try:
                index.train(sampled_vectors(connection, TRAINING_VECTORS, dimension=self._dimension))
            except ValueError as error:
                raise self._damaged() from error
        return index

    def load(self, file: BinaryIO) -> DenseIndex:
        """Read what was saved."""
        return DenseIndex.load(file, dimension=self._dimension)

    def replayed(self, connection: Connection, index: DenseIndex, *, since: Commit) -> DenseIndex:
        """Take in what came, and let go what went, since a commit; from the beginning, progress is told."""
        told_at = time.monotonic()
        also_removed = index.remove(passages_removed(connection, since=since))
        try:
            if also_removed.size:
                index.add(*stored_vectors(connection, also_removed, dimension=self._dimension))
            for ids, vectors in passages_added(connection, since=since, dimension=self._dimension):
                index.add(ids, vectors)
                if since == BEGINNING and time.monotonic() - told_at > _TELL_EVERY_S:
                    told_at = time.monotonic()
                    self._tell(f"{len(index):,} of {count_passages(connection):,} vectors are in the index.")
        except ValueError as error:
            raise self._damaged() from error
        return index

    def _tell(self, line: str) -> None:
        if self._on_progress is not None:
            self._on_progress(line)

    def _damaged(self) -> LibraryDamagedError:
        return LibraryDamagedError(
            f"The library {self._directory} holds a vector of the wrong length.",
            "Put back a copy of it, or add the articles to a new library with --library DIR.",
        )
