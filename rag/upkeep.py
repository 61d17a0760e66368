"""The upkeep of the library of the settings: what the commands beside adding and asking do."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from rag.articles import StoredPassage
from rag.assembly import build_embedder, open_library
from rag.librarian import below_headline
from rag.protocols import Embedder
from rag.settings import Settings
from vectorstore.articles import Vectors
from vectorstore.copies import restore
from vectorstore.reindexing import change_embedder, stored_embedder
from vectorstore.statistics import LibraryStatistics
from vectorstore.upkeep import LibraryUpkeep

__all__ = [
    "Compaction",
    "LibraryStatistics",
    "Reindexing",
    "back_up_library",
    "compact_library",
    "prune_library",
    "reindex_library",
    "restore_library",
    "survey_library",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compaction:
    """What compacting gave back: the size of the database before and after."""

    before_bytes: int
    after_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reindexing:
    """What reindexing did.

    Attributes:
        passages: How many the index holds.
        embedder: Where their vectors come from.
        former_embedder: Where they came from before; the same where nothing had to be encoded.
        kind: Of the index.
    """

    passages: int
    embedder: str
    former_embedder: str
    kind: str


def survey_library(settings: Settings) -> tuple[LibraryStatistics, float]:
    """Count what the library holds, and return the recall of its dense search too."""
    with _upkeep(settings) as upkeep:
        return upkeep.statistics(), upkeep.probe_recall()


def compact_library(settings: Settings) -> Compaction:
    """Give back the room that removed articles and versions left on the disk."""
    with _upkeep(settings) as upkeep:
        before = upkeep.statistics().database_bytes
        upkeep.compact()
        return Compaction(before_bytes=before, after_bytes=upkeep.statistics().database_bytes)


def prune_library(settings: Settings, *, keep: int) -> int:
    """Remove all but the newest versions of every article, and return how many went."""
    with _upkeep(settings) as upkeep:
        return upkeep.prune_versions(keep=keep)


def back_up_library(settings: Settings, file: Path) -> int:
    """Write a copy of the library to a new file while it is used, and return its size in bytes."""
    with _upkeep(settings) as upkeep:
        return upkeep.back_up(file)


def restore_library(settings: Settings, file: Path, *, replaces: bool) -> LibraryStatistics:
    """Make the library of the settings of a backup, and return what it holds."""
    restore(settings.library, file, replaces=replaces)
    with _upkeep(settings) as upkeep:
        return upkeep.statistics()


def reindex_library(settings: Settings, *, on_progress: Callable[[int, int], None]) -> Reindexing:
    """Encode all passages with the embedder of the settings, unless they are already, and build the dense index anew.

    Args:
        settings: Which library, and which embedder.
        on_progress: Called with the passages that are encoded, and all.
    """
    embedder = build_embedder(settings)
    former = stored_embedder(settings.library)
    if former.sha256 != embedder.identity.sha256:
        change_embedder(
            settings.library,
            embedder.identity,
            encode=lambda passages: _encoded(embedder, passages),
            on_progress=on_progress,
        )
    with _upkeep(settings, embedder) as upkeep:
        upkeep.rebuild_index()
        index = upkeep.statistics().index
    return Reindexing(
        passages=index.passages,
        embedder=embedder.identity.name,
        former_embedder=former.name,
        kind=index.kind,
    )


@contextmanager
def _upkeep(settings: Settings, embedder: Embedder | None = None) -> Iterator[LibraryUpkeep]:
    with closing(open_library(settings, embedder=embedder or build_embedder(settings))) as library:
        yield library.upkeep


def _encoded(embedder: Embedder, passages: Sequence[StoredPassage]) -> Vectors:
    return embedder.encode_passages([below_headline(passage.title, passage.text) for passage in passages])
