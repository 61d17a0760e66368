"""Gives all passages of a library the vectors of another embedder, while the old ones are searched."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from vectorstore.article_reads import read_passages
from vectorstore.articles import StoredPassage, Vectors
from vectorstore.changes import append_commit, count_passages
from vectorstore.database import Connection, Database
from vectorstore.errors import LibraryBusyError, LibraryNotFoundError
from vectorstore.manifest import EmbedderIdentity
from vectorstore.opening import DATABASE_NAME, open_database
from vectorstore.versions import disown_commits

__all__ = ["change_embedder", "stored_embedder"]

_BATCH_PASSAGES = 256
_BUSY_TIMEOUT_S = 10.0


def stored_embedder(directory: Path) -> EmbedderIdentity:
    """Return the embedder that the vectors of a library come from.

    Raises:
        LibraryError: There is no library, or it cannot be read.
    """
    path = directory / DATABASE_NAME
    if not path.is_file():
        raise LibraryNotFoundError(f"There is no library in {directory} yet.", "Make one with `pullquote add PATH`.")
    database = Database(path, read_only=True, busy_timeout_s=_BUSY_TIMEOUT_S)
    try:
        with database.reading() as connection:
            row = connection.execute("SELECT name, sha256, dimension FROM embedder").fetchone()
    finally:
        database.close()
    return EmbedderIdentity(name=row[0], sha256=row[1], dimension=row[2])


def change_embedder(
    directory: Path,
    embedder: EmbedderIdentity,
    *,
    encode: Callable[[Sequence[StoredPassage]], Vectors],
    on_progress: Callable[[int, int], None],
) -> None:
    """Encode all passages anew, a batch a transaction, and put the new vectors in place of the old in a last one.

    What is interrupted is taken up where it stopped. Passages that others add meanwhile are encoded too.

    Args:
        directory: Of the library, which is searched with its old vectors until the end.
        embedder: Where the new vectors come from.
        encode: Returns one vector for each passage, shape (n, dimension), unit length.
        on_progress: Called with the passages that are encoded, and all.
    """
    database = open_database(
        directory,
        embedder=stored_embedder(directory),
        create=False,
        read_only=False,
        busy_timeout_s=_BUSY_TIMEOUT_S,
    )
    try:
        _make_place(database, embedder)
        while batch := _next_batch(database, on_progress):
            _store(database, embedder, batch, encode(batch))
        if not _exchanged(database, embedder):
            raise LibraryBusyError(
                f"Others added to the library {directory} while its last passages were encoded.",
                "Run `pullquote reindex` again: it goes on where it stopped.",
            )
    finally:
        database.close()


def _make_place(database: Database, embedder: EmbedderIdentity) -> None:
    with database.writing() as connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS new_vectors"
            " (passage_id INTEGER PRIMARY KEY, embedder TEXT NOT NULL, vector BLOB NOT NULL)"
        )
        connection.execute("DELETE FROM new_vectors WHERE embedder <> ?", (embedder.sha256,))


def _next_batch(database: Database, on_progress: Callable[[int, int], None]) -> list[StoredPassage]:
    with database.reading() as connection:
        (encoded,) = connection.execute("SELECT count(*) FROM new_vectors").fetchone()
        on_progress(encoded, count_passages(connection))
        return read_passages(connection, _ids_to_encode(connection))


def _ids_to_encode(connection: Connection) -> list[int]:
    rows = connection.execute(
        "SELECT id FROM passages WHERE id NOT IN (SELECT passage_id FROM new_vectors) ORDER BY id LIMIT ?",
        (_BATCH_PASSAGES,),
    )
    return [row[0] for row in rows]


def _store(database: Database, embedder: EmbedderIdentity, batch: Sequence[StoredPassage], vectors: Vectors) -> None:
    blobs = (row.tobytes() for row in np.ascontiguousarray(vectors, dtype="<f4"))
    with database.writing() as connection:
        connection.executemany(
            "INSERT OR REPLACE INTO new_vectors VALUES (?, ?, ?)",
            ((passage.id, embedder.sha256, blob) for passage, blob in zip(batch, blobs, strict=True)),
        )


def _exchanged(database: Database, embedder: EmbedderIdentity) -> bool:
    """Put the new vectors in place of the old, unless one is missing, and tell whether it was done."""
    with database.writing() as connection:
        if _ids_to_encode(connection):
            return False
        connection.execute("DELETE FROM vectors")
        connection.execute(
            "INSERT INTO vectors SELECT passage_id, vector FROM new_vectors"
            " WHERE passage_id IN (SELECT id FROM passages)"
        )
        connection.execute("DROP TABLE new_vectors")
        connection.execute(
            "UPDATE embedder SET name = ?, sha256 = ?, dimension = ?",
            (embedder.name, embedder.sha256, embedder.dimension),
        )
        append_commit(connection)
        disown_commits(connection)
        return True
