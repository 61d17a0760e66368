"""Copies of a library: made while it is used, and put back."""

import os
from pathlib import Path

from vectorstore.database import Database
from vectorstore.errors import LibraryError, LibraryFormatError, LibraryFullError, LibraryNotFoundError
from vectorstore.opening import DATABASE_NAME
from vectorstore.schema import APPLICATION_ID, FORMAT_VERSION, PAGE_SIZE_BYTES, UPGRADES

__all__ = ["back_up", "restore"]

_BUSY_TIMEOUT_S = 10.0


def back_up(database: Database, file: Path) -> int:
    """Write one committed state of a library to a new file, and return its size in bytes.

    Raises:
        LibraryError: The file exists, or cannot be written; nothing is left of it.
    """
    if file.exists():
        raise LibraryError(f"{file} exists already.", "Name another file, or remove that one first.")
    beside = file.with_name(file.name + ".part")
    try:
        beside.unlink(missing_ok=True)
        database.copy_to(beside)
        with beside.open("rb+") as copy:
            os.fsync(copy.fileno())
        beside.replace(file)
    except LibraryError as error:
        beside.unlink(missing_ok=True)
        raise LibraryError(
            f"The backup {file} was not written: {error.message}", "Check the folder and the room there."
        ) from error
    except OSError as error:
        raise LibraryFullError(
            f"The backup {file} was not written: {error.strerror}.", "Check the folder and the room there."
        ) from error
    return file.stat().st_size


def restore(directory: Path, file: Path, *, replaces: bool) -> None:
    """Make a library of a backup, in one transaction; processes that use the library see it at their next question.

    Raises:
        LibraryError: The file is no whole library, or one stands there already and ``replaces`` is false.
    """
    _check_backup(file)
    path = directory / DATABASE_NAME
    if not replaces and path.is_file() and path.stat().st_size > 0:
        raise LibraryError(
            f"There is a library in {directory} already.",
            "Put the backup in its place with --replace, or set another directory with --library DIR.",
        )
    try:
        directory.mkdir(parents=True, exist_ok=True)
        path.touch()
    except OSError as error:
        raise LibraryError(
            f"No library can be made in {directory}: {error.strerror}.", "Set another directory with --library DIR."
        ) from error
    database = Database(path, read_only=False, busy_timeout_s=_BUSY_TIMEOUT_S)
    try:
        database.replace_with(file)
        database.prepare(page_size_bytes=PAGE_SIZE_BYTES)
    finally:
        database.close()


def _check_backup(file: Path) -> None:
    """Pass a file that is a sound library, and holds no code that SQLite would run."""
    if not file.is_file():
        raise LibraryNotFoundError(f"There is no file {file}.", "Name a file that `pullquote backup` wrote.")
    database = Database(file, read_only=True, busy_timeout_s=_BUSY_TIMEOUT_S)
    try:
        with database.reading() as connection:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (found,) = connection.execute("PRAGMA user_version").fetchone()
            (code,) = connection.execute(
                "SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')"
            ).fetchone()
            if application != APPLICATION_ID or code or (found != FORMAT_VERSION and found not in UPGRADES):
                raise LibraryFormatError(
                    f"{file} is not a library that this Pullquote reads.", "Name a file that `pullquote backup` wrote."
                )
            problems = connection.execute("PRAGMA quick_check(1)").fetchall()
    finally:
        database.close()
    if problems != [("ok",)]:
        raise LibraryFormatError(f"The backup {file} is damaged.", "Take another backup.")
