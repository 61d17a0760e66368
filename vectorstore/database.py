"""The one door to SQLite: connections, transactions, and the translation of its errors."""

import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeAlias

from vectorstore.errors import (
    LibraryBusyError,
    LibraryDamagedError,
    LibraryError,
    LibraryFullError,
    LibraryReadOnlyError,
)

__all__ = ["Connection", "Database", "connect_in_memory"]

Connection: TypeAlias = sqlite3.Connection

_PATIENCE_S = 0.5
"""A writer that waits longer for another says so."""

_NEXT_TRY_S = 0.005

_LOGGER = logging.getLogger(__name__)

_FULL = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE})
_NO_ROOM_FOR_WAL = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY})


def connect_in_memory() -> Connection:
    """Return a connection to an empty database that is nowhere on disk."""
    return sqlite3.connect(":memory:", isolation_level=None)


class Database:
    """Lends connections to one SQLite file; may be used from any number of threads.

    A connection serves one transaction of one thread at a time and is kept for the next. In WAL mode readers wait for
    nobody; a second writer waits for the first up to the time-out.

    In a directory that may not be written to, a file without unmerged changes is opened as immutable, and opened
    anew when somebody else has changed it.
    """

    def __init__(self, path: Path, *, read_only: bool, busy_timeout_s: float) -> None:
        self._path = path
        self._read_only = read_only
        self._busy_timeout_s = busy_timeout_s
        self._lock = threading.Lock()
        self._idle: list[Connection] = []
        self._is_closed = False
        self._immutable_state: tuple[int, int] | None = None
        self._file: tuple[int, int] | None = None

    def prepare(self, *, page_size_bytes: int) -> None:
        """Turn an empty file into a database in WAL mode; one that is already so is left alone.

        Of several that do so at once, SQLite refuses all but one at once, whatever the time-out: these try again.
        """
        give_up_at = time.monotonic() + self._busy_timeout_s
        with self._lent() as connection:
            connection.execute(f"PRAGMA page_size = {page_size_bytes}")
            while True:
                try:
                    connection.execute("PRAGMA journal_mode = WAL")
                except sqlite3.OperationalError as error:
                    if not _is_busy(error) or time.monotonic() >= give_up_at:
                        raise
                    time.sleep(_NEXT_TRY_S)
                else:
                    return

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend a connection that sees one committed state throughout.

        Raises:
            LibraryError: What SQLite reported, translated.
        """
        with self._lent() as connection:
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Lend the connection of the only writer; commit at the end, or undo everything if anything is raised.

        A wait for another writer is told in the log before it gets long.

        Raises:
            LibraryError: What SQLite reported, translated; nothing was written.
        """
        if self._read_only:
            raise _read_only_error(self._path)
        with self._lent() as connection:
            self._begin_writing(connection)
            yield connection
            connection.execute("COMMIT")

    def compact(self) -> None:
        """Write the file anew without the room that deleted rows left; readers go on meanwhile."""
        with self._lent() as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def copy_to(self, path: Path) -> None:
        """Write one committed state to a new file, while others read and write."""
        with self._lent() as connection:
            connection.execute("VACUUM INTO ?", (str(path),))

    def replace_with(self, path: Path) -> None:
        """Put the content of another database in place of this one's, in one transaction."""
        with (
            self._lent() as connection,
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as other,
        ):
            other.backup(connection)

    def close(self) -> None:
        """Close all connections; those still lent are closed when they come back."""
        with self._lock:
            self._is_closed = True
        self._drop_idle()

    def _begin_writing(self, connection: Connection) -> None:
        _set_busy_timeout(connection, min(_PATIENCE_S, self._busy_timeout_s))
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if not _is_busy(error) or self._busy_timeout_s <= _PATIENCE_S:
                raise
        else:
            return
        finally:
            _set_busy_timeout(connection, self._busy_timeout_s)
        _LOGGER.warning(
            "The library %s is being written to; waiting until that is done, %g seconds at most.",
            self._path.parent,
            self._busy_timeout_s,
        )
        connection.execute("BEGIN IMMEDIATE")

    @contextmanager
    def _lent(self) -> Iterator[Connection]:
        try:
            connection = self._take()
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.rollback()
                self._give_back(connection)
        except sqlite3.Error as error:
            raise _translated(error, self._path) from error

    def _take(self) -> Connection:
        is_changed = self._immutable_state is not None and self._immutable_state != self._state()
        # A file that was removed or replaced is still there for a connection that has it open.
        if is_changed or self._file != _identity_of(self._path):
            self._drop_idle()
        with self._lock:
            if self._is_closed:
                raise ValueError("the library is closed")
            if self._idle:
                return self._idle.pop()
        return self._connect()

    def _give_back(self, connection: Connection) -> None:
        with self._lock:
            if not self._is_closed:
                self._idle.append(connection)
                return
        connection.close()

    def _drop_idle(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _connect(self) -> Connection:
        self._file = _identity_of(self._path)
        try:
            return self._connected("mode=rw")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in _NO_ROOM_FOR_WAL or self._has_wal():
                raise
        self._immutable_state = self._state()
        return self._connected("mode=ro&immutable=1")

    def _connected(self, options: str) -> Connection:
        connection = sqlite3.connect(
            f"{self._path.absolute().as_uri()}?{options}",
            uri=True,
            timeout=self._busy_timeout_s,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA schema_version")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _has_wal(self) -> bool:
        return _state_of(self._path.with_name(self._path.name + "-wal"))[1] > 0

    def _state(self) -> tuple[int, int]:
        changed_at_ns, size_bytes = _state_of(self._path)
        return changed_at_ns, size_bytes + self._has_wal()


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


def _set_busy_timeout(connection: Connection, seconds: float) -> None:
    connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")


def _identity_of(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another of the same path; None where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def _state_of(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return 0, 0
    return stat.st_mtime_ns, stat.st_size


def _translated(error: sqlite3.Error, path: Path) -> LibraryError:
    extended = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    primary = extended & 0xFF
    if extended in _FULL:
        return LibraryFullError(
            f"The disk has no room for the library {path.parent}; it is as it was.",
            "Free some space, or set another directory with --library DIR.",
        )
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LibraryBusyError(
            f"Another process has been writing to the library {path.parent} for too long.",
            "Wait until it is done and try again.",
        )
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return _read_only_error(path)
    if primary in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return LibraryDamagedError(
            f"The library file {path} is damaged: {error}.",
            "Put back a copy of it, or add the articles to a new library with --library DIR.",
        )
    return LibraryError(
        f"The library file {path} cannot be used: {error}.",
        "Check that it may be read and that the disk is sound.",
    )


def _read_only_error(path: Path) -> LibraryReadOnlyError:
    return LibraryReadOnlyError(
        f"The library {path.parent} cannot be written to.",
        "Give yourself write permission on it, or set another directory with --library DIR.",
    )
