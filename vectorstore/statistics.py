"""What a library holds, in numbers; how well its dense index finds."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vectorstore.articles import LibraryCounts
from vectorstore.changes import BEGINNING, count_passages, passages_added, sampled_vectors
from vectorstore.database import Connection
from vectorstore.dense_index import DenseIndex
from vectorstore.index_kinds import IndexKind
from vectorstore.nearest import nearest_hits

__all__ = ["IndexStatistics", "LibraryStatistics", "library_counts", "library_statistics", "probe_recall"]

PROBES = 50
PROBE_TOP_K = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexStatistics:
    """The dense index.

    Attributes:
        kind: ``exact`` or ``compact``.
        passages: How many it holds.
        memory_bytes: What its vectors and ids take in memory.
    """

    kind: str
    passages: int
    memory_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryStatistics:
    """What a library holds.

    Attributes:
        articles: How many there are.
        versions: Of all articles; the older ones are readable by number until they are pruned.
        passages: Of the current versions.
        database_bytes: Size of the SQLite file and its journal.
        index_bytes: Size of the files of the derived indexes.
        generation: Number of the last committed change.
        embedder: Name of the embedder that its vectors come from.
        index: The dense index.
    """

    articles: int
    versions: int
    passages: int
    database_bytes: int
    index_bytes: int
    generation: int
    embedder: str
    index: IndexStatistics


def library_counts(connection: Connection) -> LibraryCounts:
    """Count the articles, and the passages and characters of their current versions."""
    articles, characters = connection.execute(
        "SELECT count(*), coalesce(sum(length_chars), 0)"
        " FROM articles JOIN versions ON article_id = id AND versions.version = articles.version"
    ).fetchone()
    return LibraryCounts(articles=articles, passages=count_passages(connection), characters=characters)


def library_statistics(connection: Connection, directory: Path, index: DenseIndex) -> LibraryStatistics:
    """Count what a library holds; the index is level with it."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM versions), (SELECT coalesce(max(generation), 0) FROM commits),"
        " (SELECT name FROM embedder)"
    ).fetchone()
    counts = library_counts(connection)
    sizes = {path: path.stat().st_size for path in directory.iterdir() if path.is_file()}
    database_bytes = sum(size for path, size in sizes.items() if path.name.startswith("library.sqlite"))
    return LibraryStatistics(
        articles=counts.articles,
        versions=row[0],
        passages=counts.passages,
        database_bytes=database_bytes,
        index_bytes=sum(sizes.values()) - database_bytes,
        generation=row[1],
        embedder=row[2],
        index=IndexStatistics(kind=index.kind, passages=len(index), memory_bytes=index.size_bytes),
    )


def probe_recall(connection: Connection, index: DenseIndex, *, dimension: int) -> float:
    """Return the share of the truly nearest passages that the index finds, for passages of the library itself.

    The nearest ten of up to 50 passages, without the passage itself, compared with all stored vectors, which are read
    once. An exact index finds all without being asked.
    """
    if index.kind is IndexKind.EXACT:
        return 1.0
    probes = sampled_vectors(connection, PROBES, dimension=dimension)
    scores = np.full((len(probes), PROBE_TOP_K + 1), -np.inf, dtype=np.float32)
    for _, vectors in passages_added(connection, since=BEGINNING, dimension=dimension):
        known = np.concatenate([scores, probes @ vectors.T], axis=1)
        scores = np.partition(known, known.shape[1] - PROBE_TOP_K - 1, axis=1)[:, -PROBE_TOP_K - 1 :]
    found = 0.0
    for probe, best in zip(probes, np.sort(scores, axis=1), strict=True):
        hits = nearest_hits(connection, index, probe, top_k=PROBE_TOP_K + 1, allowed=None)
        # By score, so that copies of one text may stand for each other; the least may differ in its last bit.
        found += sum(hit.score >= best[0] - 1e-6 for hit in hits[1:]) / PROBE_TOP_K
    return float(found / len(probes))
