"""One session in one file, JSON Lines: what it is, then a line for each change, added at the end as it happens.

So a long session costs no more to keep than a short one, and a crash costs at most the line that was being written.
"""

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from rag.errors import DataError
from tui.chat.sessions.values import Session, SessionTurn

__all__ = ["FORMAT", "encoded", "read_session", "write_changes", "write_file"]

FORMAT = 1
"""Goes up when a session is written in another shape."""
MAX_BYTES = 100_000_000
"""A session of ten thousand questions has some 50 MB; what is larger is none."""
_LEAVE = "It is left as it is; move it away to see it no more."


def read_session(path: Path) -> Session:
    """Read a session; a last line that was not written to its end is passed over.

    Raises:
        DataError: The file cannot be read, is damaged, or was written by a newer Pullquote; it is left as it is.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DataError(f"The session file {path} is too large to be one.", _LEAVE)
        first, *changes = path.read_bytes().split(b"\n")[:-1]
        session = _begun(path, json.loads(first))
        for change in changes:
            session = _changed(session, json.loads(change))
    except (ValidationError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise DataError(f"The session file {path} is damaged.", _LEAVE) from error
    except OSError as error:
        raise DataError(f"The session file {path} cannot be read: {error.strerror}.", _LEAVE) from error
    if session.id != path.stem:
        raise DataError(f"The session file {path} names another session.", _LEAVE)
    return session


def encoded(session: Session) -> bytes:
    """Return a session as one JSON document, to be passed on."""
    turns = [_dumped(turn) for turn in session.turns]
    return _json({**_begin(session), "name": session.name, "turns": turns})


def write_changes(path: Path, session: Session, *, kept: Session | None) -> None:
    """Add to the file what the session has and ``kept``, which the file holds, has not; write it whole without that.

    Raises:
        DataError: It cannot be written; the file holds what it held.
    """
    try:
        if kept is not None and _append(path, b"".join(_lines(_changes(session, since=kept)))):
            return
    except OSError as error:
        raise _unwritable(path, error) from error
    write_file(path, b"".join(_lines([_begin(session), *_changes(session, since=None)])))


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
                _write_through(file.fileno(), content)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _unwritable(path, error) from error


def _append(path: Path, lines: bytes) -> bool:
    """Add whole lines to a file of whole lines; False if it is gone, or was cut off in one."""
    try:
        with path.open("r+b") as file:
            end = file.seek(0, os.SEEK_END)
            file.seek(max(0, end - 1))
            if file.read(1) != b"\n":
                return False
            try:
                _write_through(file.fileno(), lines)
            except OSError:
                file.truncate(end)
                raise
    except FileNotFoundError:
        return False
    return True


def _write_through(descriptor: int, content: bytes) -> None:
    """Write all of it where the descriptor stands, down to the disk."""
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]
    os.fsync(descriptor)


def _begin(session: Session) -> dict[str, Any]:
    return {"format": FORMAT, "id": session.id, "library": session.library, "began_at": session.began_at}


def _changes(session: Session, *, since: Session | None) -> Iterator[dict[str, Any]]:
    """Yield what makes the earlier state, or an empty session, the present one."""
    turns, name = (len(since.turns), since.name) if since is not None else (0, "")
    for turn in session.turns[turns:]:
        yield {"turn": _dumped(turn)}
    if session.name != name:
        yield {"name": session.name}


def _begun(path: Path, begin: dict[str, Any]) -> Session:
    if begin["format"] > FORMAT:
        raise DataError(f"The session file {path} was written by a newer Pullquote.", f"Update Pullquote. {_LEAVE}")
    named = {key: str(begin[key]) for key in ("id", "library", "began_at")}
    return Session(**named, name="", turns=(), changes=0)


def _changed(session: Session, change: dict[str, Any]) -> Session:
    if "turn" in change:
        return session.with_turn(_adapter().validate_python(change["turn"]))
    return session.named(str(change["name"]))


def _lines(values: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    for value in values:
        yield _json(value) + b"\n"


def _json(value: dict[str, Any]) -> bytes:
    # Lone surrogates, which no UTF-8 holds, come from terminals; ASCII holds everything.
    return json.dumps(value, ensure_ascii=True).encode()


def _dumped(turn: SessionTurn) -> Any:
    return _adapter().dump_python(turn, mode="json")


def _unwritable(path: Path, error: OSError) -> DataError:
    message = f"The file {path} cannot be written: {error.strerror}."
    return DataError(message, "Make room there, or let the folder be written to.")


@cache
def _adapter() -> TypeAdapter[SessionTurn]:
    """Return what checks a turn; it finds the types that ``values`` only names among the imports here."""
    from rag.answers import Answer  # noqa: F401
    from rag.articles import StoredPassage  # noqa: F401

    return TypeAdapter(SessionTurn)
