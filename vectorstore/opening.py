"""Finds out whether a directory holds a library that we can use, or makes one."""

from pathlib import Path

from vectorstore.database import Connection, Database
from vectorstore.errors import (
    EmbedderMismatchError,
    LibraryDamagedError,
    LibraryError,
    LibraryFormatError,
    LibraryFullError,
    LibraryNotFoundError,
    LibraryReadOnlyError,
)
from vectorstore.manifest import EmbedderIdentity
from vectorstore.schema import APPLICATION_ID, FORMAT_VERSION, PAGE_SIZE_BYTES, STATEMENTS, UPGRADES
from vectorstore.term_store import analyse_again, is_analysed

__all__ = ["DATABASE_NAME", "check_embedder", "open_database"]

DATABASE_NAME = "library.sqlite"

_ANOTHER_DIRECTORY = "Set another directory with --library DIR."


def open_database(
    directory: Path, *, embedder: EmbedderIdentity, create: bool, read_only: bool, busy_timeout_s: float
) -> Database:
    """Open the database of a library, and make an empty one first if asked to.

    Raises:
        LibraryError: As ``EmbeddedLibrary.open`` says.
    """
    path = directory / DATABASE_NAME
    if not path.is_file():
        if not create or read_only:
            raise _missing(directory)
        _make_place(directory)
    database = Database(path, read_only=read_only, busy_timeout_s=busy_timeout_s)
    try:
        if create and not read_only:
            _make_tables(database, directory, embedder)
        with database.reading() as connection:
            found = _checked_format(connection, directory)
            check_embedder(connection, directory, embedder)
            is_current = found == FORMAT_VERSION and is_analysed(connection)
        if not is_current:
            _upgrade(database, directory, found)
    except LibraryError:
        database.close()
        raise
    return database


def _make_place(directory: Path) -> None:
    try:
        directory.mkdir(parents=True, exist_ok=True)
        if any(directory.iterdir()) and not (directory / DATABASE_NAME).is_file():  # another may just have made it
            raise LibraryFormatError(f"The directory {directory} holds other files and no library.", _ANOTHER_DIRECTORY)
        (directory / DATABASE_NAME).touch()
    except (FileExistsError, NotADirectoryError) as error:
        raise LibraryFormatError(f"{directory} is not a directory.", _ANOTHER_DIRECTORY) from error
    except PermissionError as error:
        raise LibraryReadOnlyError(
            f"No library can be made in {directory}: permission denied.", _ANOTHER_DIRECTORY
        ) from error
    except OSError as error:
        raise LibraryFullError(
            f"No library can be made in {directory}: {error.strerror}.", _ANOTHER_DIRECTORY
        ) from error


def _make_tables(database: Database, directory: Path, embedder: EmbedderIdentity) -> None:
    """Fill an empty database; whoever comes second, of two that create at once, finds it filled."""
    with database.reading() as connection:
        if not _is_blank(connection):
            return
    database.prepare(page_size_bytes=PAGE_SIZE_BYTES)
    with database.writing() as connection:
        if not _is_blank(connection):
            return
        for statement in STATEMENTS:
            connection.execute(statement)
        connection.execute(
            "INSERT INTO embedder VALUES (1, ?, ?, ?)", (embedder.name, embedder.sha256, embedder.dimension)
        )
        analyse_again(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FORMAT_VERSION}")


def _is_blank(connection: Connection) -> bool:
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return tables == 0 and _pragma(connection, "application_id") == 0


def _checked_format(connection: Connection, directory: Path) -> int:
    """Return the version of the library's format, which is ours or one that can be brought to it."""
    if _is_blank(connection):
        raise _missing(directory)
    if _pragma(connection, "application_id") != APPLICATION_ID:
        raise LibraryFormatError(f"{directory / DATABASE_NAME} is not a library.", _ANOTHER_DIRECTORY)
    found = _pragma(connection, "user_version")
    if found != FORMAT_VERSION and found not in UPGRADES:
        raise LibraryFormatError(
            f"The library {directory} has format {found}, and this Pullquote reads format {FORMAT_VERSION}.",
            "Update Pullquote, or set another directory with --library DIR.",
        )
    return found


def _upgrade(database: Database, directory: Path, found: int) -> None:
    """Bring a library of an older format or analyser to ours in one transaction; who comes second finds it done."""
    try:
        with database.writing() as connection:
            for version in range(_pragma(connection, "user_version"), FORMAT_VERSION):
                for statement in UPGRADES[version]:
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {FORMAT_VERSION}")
            if not is_analysed(connection):
                analyse_again(connection)
    except LibraryReadOnlyError as error:
        raise LibraryReadOnlyError(
            f"The library {directory} is of an older Pullquote (format {found}), and may not be written to,"
            " so it stays unread.",
            "Give yourself write permission on it and run `pullquote articles` once, which brings it up to date.",
        ) from error


def check_embedder(connection: Connection, directory: Path, embedder: EmbedderIdentity) -> None:
    """Pass a library whose vectors come from this embedder; another process may have changed it since the opening.

    Raises:
        EmbedderMismatchError: They come from another.
    """
    row = connection.execute("SELECT name, sha256, dimension FROM embedder").fetchone()
    if row is None:
        raise LibraryDamagedError(
            f"The library {directory} does not say which embedder it was built with.", _ANOTHER_DIRECTORY
        )
    name, sha256, dimension = row
    if (sha256, dimension) != (embedder.sha256, embedder.dimension):
        raise EmbedderMismatchError(
            f"The library {directory} was built with the embedder {name} ({sha256[:12]}),"
            f" and the settings name {embedder.name} ({embedder.sha256[:12]}).",
            f"Set the embedder back to {name}, or encode the articles anew with `pullquote reindex`.",
        )


def _missing(directory: Path) -> LibraryNotFoundError:
    return LibraryNotFoundError(f"There is no library in {directory} yet.", "Make one with `pullquote add PATH`.")


def _pragma(connection: Connection, name: str) -> int:
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    return int(value)
