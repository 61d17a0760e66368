"""The history of a library: its commits, and which passages came and went since one of them."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vectorstore.articles import Vectors
from vectorstore.database import Connection

__all__ = [
    "BEGINNING",
    "Commit",
    "append_commit",
    "count_changes",
    "count_passages",
    "is_known",
    "last_commit",
    "passages_added",
    "passages_removed",
    "sampled_vectors",
    "stored_vectors",
]

_BATCH_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Commit:
    """One committed change.

    Attributes:
        generation: One more than that of the commit before; the first is 1.
        token: Drawn at random, so that equal generations of two libraries, or of a library and a copy that was
            changed since, are told apart.
    """

    generation: int
    token: str


BEGINNING = Commit(0, "")
"""Before the first change."""


def last_commit(connection: Connection) -> Commit:
    """Return the newest commit, or the beginning."""
    row = connection.execute("SELECT generation, token FROM commits ORDER BY generation DESC LIMIT 1").fetchone()
    return BEGINNING if row is None else Commit(*row)


def append_commit(connection: Connection) -> Commit:
    """Write the next commit and return it."""
    commit = Commit(last_commit(connection).generation + 1, os.urandom(8).hex())
    connection.execute("INSERT INTO commits VALUES (?, ?)", (commit.generation, commit.token))
    return commit


def is_known(connection: Connection, commit: Commit) -> bool:
    """Tell whether a commit belongs to the history of this library."""
    row = connection.execute(
        "SELECT 1 FROM commits WHERE generation = ? AND token = ?", (commit.generation, commit.token)
    ).fetchone()
    return commit == BEGINNING or row is not None


def count_passages(connection: Connection) -> int:
    """Return how many passages can be found now."""
    (count,) = connection.execute("SELECT count(*) FROM passages").fetchone()
    return int(count)


def count_changes(connection: Connection, *, since: Commit) -> int:
    """Return how many passages came or went since a commit."""
    (count,) = connection.execute(
        "SELECT (SELECT count(*) FROM passages WHERE generation > :since)"
        " + (SELECT count(*) FROM removed_passages WHERE generation > :since)",
        {"since": since.generation},
    ).fetchone()
    return int(count)


def passages_added(
    connection: Connection, *, since: Commit, dimension: int
) -> Iterator[tuple[npt.NDArray[np.int64], Vectors]]:
    """Yield ids, shape (n,), and vectors, shape (n, dimension), of passages that came since a commit and are there.

    Raises:
        ValueError: A stored vector has another dimension.
    """
    rows = connection.execute(
        "SELECT id, vector FROM passages JOIN vectors ON passage_id = id WHERE generation > ?",
        (since.generation,),
    )
    while batch := rows.fetchmany(_BATCH_ROWS):
        yield _arrays(batch, dimension)


def passages_removed(connection: Connection, *, since: Commit) -> npt.NDArray[np.int64]:
    """Return the ids, shape (n,), of passages that went since a commit."""
    rows = connection.execute("SELECT passage_id FROM removed_passages WHERE generation > ?", (since.generation,))
    return np.fromiter((row[0] for row in rows), dtype=np.int64)


def stored_vectors(
    connection: Connection, ids: npt.NDArray[np.int64], *, dimension: int
) -> tuple[npt.NDArray[np.int64], Vectors]:
    """Return those of the ids that are there, shape (n,), in rising order, and their vectors, shape (n, dimension).

    Raises:
        ValueError: A stored vector has another dimension.
    """
    rows = connection.execute(
        "SELECT passage_id, vector FROM vectors WHERE passage_id IN (SELECT value FROM json_each(?)) ORDER BY 1",
        (json.dumps(ids.tolist()),),
    )
    return _arrays(rows.fetchall(), dimension)


def sampled_vectors(connection: Connection, count: int, *, dimension: int) -> Vectors:
    """Return the vectors of up to so many passages spread evenly over all, shape (n, dimension)."""
    rows = connection.execute("SELECT id FROM passages ORDER BY id")
    ids = np.fromiter((row[0] for row in rows), dtype=np.int64)
    chosen = ids[np.linspace(0, len(ids) - 1, min(count, len(ids))).astype(np.int64)]
    return stored_vectors(connection, chosen, dimension=dimension)[1]


def _arrays(rows: list[tuple[int, bytes]], dimension: int) -> tuple[npt.NDArray[np.int64], Vectors]:
    ids = np.array([row[0] for row in rows], dtype=np.int64)
    vectors = np.frombuffer(b"".join(row[1] for row in rows), dtype="<f4")
    return ids, vectors.reshape(len(rows), dimension).astype(np.float32, copy=False)
