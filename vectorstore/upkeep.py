"""What keeps a library in order: counting, probing, pruning, compacting, backing up."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from vectorstore.copies import back_up
from vectorstore.database import Database
from vectorstore.dense_search import DenseSearch
from vectorstore.errors import LibraryFullError
from vectorstore.lexical_search import LexicalSearch
from vectorstore.statistics import LibraryStatistics, library_statistics
from vectorstore.versions import forget_removals, prune_versions

__all__ = ["LibraryUpkeep"]


@dataclass(frozen=True, slots=True)
class LibraryUpkeep:
    """The upkeep of one open library; questions are answered meanwhile."""

    _directory: Path
    _database: Database
    _dense: DenseSearch
    _lexical: LexicalSearch

    def statistics(self) -> LibraryStatistics:
        """Count what the library holds."""
        index = self._dense.load()
        with self._database.reading() as connection:
            return library_statistics(connection, self._directory, index)

    def probe_recall(self) -> float:
        """Return the share of the truly nearest passages that dense search finds; reads every stored vector."""
        return self._dense.probe_recall()

    def rebuild_index(self) -> None:
        """Build the dense index anew from the stored vectors, of the kind that suits them, and save it."""
        with self._room_told():
            self._dense.rebuild()

    def settle(self) -> None:
        """Wait until nothing happens in the background; what was made ready there is used from the next search on."""
        self._dense.settle()

    def prune_versions(self, *, keep: int = 1) -> int:
        """Remove all but the newest versions of every article, at least one, and return how many went.

        Raises:
            ValueError: ``keep`` is less than one.
        """
        if keep < 1:
            raise ValueError(f"keep is {keep}, but the current version is always kept")
        with self._database.writing() as connection:
            return prune_versions(connection, keep=keep)

    def compact(self) -> None:
        """Give back the room that removed articles and versions left on the disk."""
        with self._room_told():
            self._dense.rebuild()
            self._lexical.save()  # Level with the last commit, as what follows takes for granted.
        with self._database.writing() as connection:
            forget_removals(connection)
        self._database.compact()

    def back_up(self, file: Path) -> int:
        """Write one committed state to a new file, and return its size in bytes.

        Raises:
            LibraryError: The file exists, or cannot be written; nothing is left of it.
        """
        return back_up(self._database, file)

    @contextmanager
    def _room_told(self) -> Iterator[None]:
        """Translate what goes wrong with the file of an index."""
        try:
            yield
        except OSError as error:
            raise LibraryFullError(
                f"The index of {self._directory} was not saved: {error.strerror}; the library is as it was.",
                "Free some space, or see whether the directory may be written to.",
            ) from error
