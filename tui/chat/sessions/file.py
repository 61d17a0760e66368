"""One session in one file: JSON with a format version, replaced whole or not at all."""

import json
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from rag.errors import DataError
from tui.chat.sessions.values import Session

__all__ = ["FORMAT", "encoded", "read_session", "write_file", "write_session"]

FORMAT = 1
"""Goes up when a session is written in another shape."""
MAX_BYTES = 100_000_000
"""A session of ten thousand questions has some 50 MB; what is larger is none."""


def read_session(path: Path) -> Session:
    """Read a session.

    Raises:
        DataError: The file cannot be read, is damaged, or was written by a newer Pullquote; it is left as it is.
    """
    leave = "It is left as it is; move it away to see it no more."
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DataError(f"The session file {path} is too large to be one.", leave)
        written = json.loads(path.read_bytes())
        if not isinstance(written, dict):
            raise DataError(f"The session file {path} is damaged.", leave)
        if isinstance(written.get("format"), int) and written["format"] > FORMAT:
            raise DataError(f"The session file {path} was written by a newer Pullquote.", f"Update Pullquote. {leave}")
        session: Session = _adapter().validate_python(written.get("session"))
    except (ValidationError, ValueError, RecursionError) as error:
        raise DataError(f"The session file {path} is damaged.", leave) from error
    except OSError as error:
        raise DataError(f"The session file {path} cannot be read: {error.strerror}.", leave) from error
    if session.id != path.stem:
        raise DataError(f"The session file {path} names another session.", leave)
    return session


def encoded(session: Session) -> bytes:
    """Return the session as the bytes of its file."""
    written: dict[str, Any] = {"format": FORMAT, "session": _adapter().dump_python(session, mode="json")}
    # Lone surrogates, which no UTF-8 holds, come from terminals; ASCII holds everything.
    return json.dumps(written, ensure_ascii=True).encode()


def write_session(path: Path, session: Session) -> None:
    """Write a session in the place of what the file held before.

    Raises:
        DataError: It cannot be written; the old file stands.
    """
    write_file(path, encoded(session))


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, readable by its owner only.

    Raises:
        DataError: It cannot be written; the old file stands.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        message = f"The file {path} cannot be written: {error.strerror}."
        raise DataError(message, "Make room there, or let the folder be written to.") from error


@cache
def _adapter() -> TypeAdapter[Session]:
    """Return what checks a session; it finds the types that ``values`` only names among the imports here."""
    from rag.answers import Answer  # noqa: F401
    from rag.articles import StoredPassage  # noqa: F401

    return TypeAdapter(Session)
