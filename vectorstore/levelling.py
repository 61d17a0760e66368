"""Brings a derived index level with the database: loads it, replays what came after, builds it anew where it must."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Generic, Protocol, TypeVar

from vectorstore.changes import BEGINNING, Commit, count_changes, count_passages, is_known, last_commit
from vectorstore.database import Connection, Database
from vectorstore.index_files import ByteSink, IndexFiles, UnusableIndexError

__all__ = ["SAVE_AT_SHARE", "DerivedIndex", "IndexMaking", "Levelled", "Levelling"]

SAVE_AT_SHARE = 0.1
"""An index is saved when the passages that came and went since the last save exceed this share of those it holds: a
library that grows to n passages writes about 11 n in all, an addition to a large one writes none, and opening never
replays more than a tenth. Source: docs/decisions/002."""


class DerivedIndex(Protocol):
    """An index of the passages of a library."""

    def __len__(self) -> int:
        """Return how many passages it holds."""
        ...

    @property
    def kind(self) -> str:
        """What kind of index it is."""
        ...

    def save(self, file: ByteSink, /) -> None:
        """Write it to a file."""
        ...


Index = TypeVar("Index", bound=DerivedIndex)


class IndexMaking(Protocol[Index]):
    """How an index of one sort comes to be."""

    @property
    def named(self) -> str:
        """What it is and what it is built from, for people; ``{count}`` stands for the number of passages."""
        ...

    def empty(self, connection: Connection, count: int) -> Index:
        """Return an index that is ready to take so many passages."""
        ...

    def load(self, file: BinaryIO) -> Index:
        """Read what was saved.

        Raises:
            ValueError: It cannot be read.
        """
        ...

    def replayed(self, connection: Connection, index: Index, *, since: Commit) -> Index:
        """Return the index with what came and went since a commit; the one given is not used again."""
        ...


@dataclass(frozen=True, slots=True)
class Levelled(Generic[Index]):
    """An index and the commit it is level with."""

    index: Index
    commit: Commit


class Levelling(Generic[Index]):
    """Loads, brings level, builds and saves the index of one sort; holds none."""

    def __init__(
        self,
        database: Database,
        files: IndexFiles,
        making: IndexMaking[Index],
        *,
        on_rebuild: Callable[[str], None] | None,
    ) -> None:
        self._database = database
        self._files = files
        self._making = making
        self._on_rebuild = on_rebuild
        self._is_saved_unusable = False

    def level(self, connection: Connection, held: Levelled[Index] | None) -> Levelled[Index]:
        """Return an index that is level with the database; the one held, if any, is not used again."""
        last = last_commit(connection)
        if held is None or not is_known(connection, held.commit) or self._is_nearer_saved(connection, held):
            held = self._opened(connection)
        if held.commit == last:
            return held
        index = self._making.replayed(connection, held.index, since=held.commit)
        count = count_passages(connection)
        if len(index) != count:
            self._tell(connection, f"it holds {len(index)} passages, the library {count}")
            return self.built(connection)
        return Levelled(index, last)

    def built(self, connection: Connection) -> Levelled[Index]:
        """Build the index of the kind that suits the passages, from what the database holds."""
        empty = self._making.empty(connection, count_passages(connection))
        return Levelled(self._making.replayed(connection, empty, since=BEGINNING), last_commit(connection))

    def is_save_due(self, connection: Connection) -> bool:
        """Tell whether the saved index is missing, unusable, or lacks more than ``SAVE_AT_SHARE``."""
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

    def save(self, held: Levelled[Index]) -> None:
        """Save an index, unless the library has been replaced since.

        Raises:
            OSError, LibraryError: What was saved before is as it was.
        """
        staged = self._files.stage(held.index.save)
        with self._database.writing() as connection:  # Keeps other savers out.
            if is_known(connection, held.commit):
                self._files.publish(staged, kind=held.index.kind, count=len(held.index), commit=held.commit)
                self._is_saved_unusable = False

    def _opened(self, connection: Connection) -> Levelled[Index]:
        """Return the saved index, or a new one that is level with the database."""
        try:
            saved = self._saved(connection)
        except UnusableIndexError as error:
            self._is_saved_unusable = True
            self._tell(connection, str(error))
            return self.built(connection)
        return self.built(connection) if saved is None else saved

    def _saved(self, connection: Connection) -> Levelled[Index] | None:
        manifest = self._files.load_manifest()
        if manifest is None:
            return None
        commit = Commit(manifest.generation, manifest.commit)
        if not is_known(connection, commit):
            raise UnusableIndexError("it belongs to another library or another state of this one")
        try:
            with self._files.verified(manifest) as file:
                index = self._making.load(file)
        except UnusableIndexError:
            if manifest != self._files.load_manifest():  # Another process has put a newer one in its place.
                return self._saved(connection)
            raise
        if len(index) != manifest.count:
            raise UnusableIndexError(f"it holds {len(index)} vectors, not {manifest.count}")
        return Levelled(index, commit)

    def _is_nearer_saved(self, connection: Connection, held: Levelled[Index]) -> bool:
        """Tell whether much has come since an index was brought level, and another process has saved some of it."""
        if count_changes(connection, since=held.commit) <= SAVE_AT_SHARE * len(held.index):
            return False
        try:
            manifest = self._files.load_manifest()
        except UnusableIndexError:
            return False
        return manifest is not None and manifest.generation > held.commit.generation

    def _tell(self, connection: Connection, reason: str) -> None:
        if self._on_rebuild is not None:
            told = self._making.named.format(count=count_passages(connection))
            self._on_rebuild(f"Rebuilding {told}: {reason}.")
