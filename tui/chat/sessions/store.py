"""The folder in which the sessions with one library are kept."""

import hashlib
from pathlib import Path
from threading import Lock

from rag.errors import DataError, PullquoteError
from tui.chat.sessions.export import as_markdown
from tui.chat.sessions.file import encoded, read_session, write_changes, write_file
from tui.chat.sessions.values import Session, SessionSummary

__all__ = ["SessionStore"]


class SessionStore:
    """Keeps sessions, a file each; may be used from any number of threads."""

    def __init__(self, directory: Path, *, library: Path) -> None:
        self.library = str(library.absolute())
        self._directory = directory / hashlib.sha256(self.library.encode(errors="surrogateescape")).hexdigest()[:16]
        self._writing = Lock()
        self._kept: dict[str, Session] = {}

    def save(self, session: Session) -> None:
        """Keep the session as it is now; one without turns is not, and an older state never replaces a newer one.

        Raises:
            DataError: It cannot be written.
        """
        with self._writing:
            kept = self._kept.get(session.id)
            if session.turns and (kept is None or session.changes > kept.changes):
                write_changes(self._path(session.id), session, kept=kept)
                self._kept[session.id] = session

    def load(self, session_id: str) -> Session:
        """Return a session.

        Raises:
            DataError: There is none, or it is damaged or of a newer format.
        """
        with self._writing:
            self._kept[session_id] = session = read_session(self._path(session_id))
            return session

    def summaries(self) -> tuple[list[SessionSummary], list[PullquoteError]]:
        """Return what is kept, latest first, and what of it cannot be read."""
        found, failures = [], []
        for path in self._directory.glob("*.jsonl"):
            try:
                found.append(_summary(read_session(path)))
            except DataError as error:
                failures.append(error)
        return sorted(found, key=lambda summary: summary.last_at, reverse=True), list(failures)

    def delete(self, session_id: str) -> None:
        """Remove a session for good; one that is gone already is no fault.

        Raises:
            DataError: It cannot be removed.
        """
        path = self._path(session_id)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            message = f"The session file {path} cannot be removed: {error.strerror}."
            raise DataError(message, "Let its folder be written to.") from error

    def export(self, session: Session, path: Path) -> None:
        """Write a session to a file: as JSON if its name ends in ``.json``, as Markdown otherwise.

        Raises:
            DataError: It cannot be written, or something is there already.
        """
        if path.exists():
            raise DataError(f"There is a file {path} already.", "Give another name.")
        is_json = path.suffix.lower() == ".json"
        write_file(path, encoded(session) if is_json else as_markdown(session).encode(errors="replace"))

    def _path(self, session_id: str) -> Path:
        return self._directory / f"{session_id}.jsonl"


def _summary(session: Session) -> SessionSummary:
    return SessionSummary(
        id=session.id,
        title=session.title,
        last_at=session.turns[-1].asked_at if session.turns else session.began_at,
        questions=tuple(turn.question for turn in session.turns),
    )
