"""Between the screen and the sessions on disk: the session that is going on, and thread workers that keep it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from textual.dom import DOMNode
from textual.message import Message

from rag.errors import PullquoteError
from tui.chat.sessions.messages import SessionExported, SessionFailed, SessionOpened, SessionsListed
from tui.chat.sessions.store import SessionStore
from tui.chat.sessions.values import Session, SessionTurn, new_session

__all__ = ["SessionKeeper"]


class SessionKeeper:
    """Holds the current session and does the work of the store in threads; failures come as ``SessionFailed``."""

    def __init__(self, store: SessionStore) -> None:
        self._store = store
        self.session: Session = new_session(store.library)

    def add(self, turn: SessionTurn, listener: DOMNode) -> None:
        """Add a turn to the session, and keep it."""
        self.session = session = self.session.with_turn(turn)
        self._start(listener, lambda: self._kept(session))

    def begin(self) -> Session:
        """Begin a session; the one before is kept as it is."""
        self.session = new_session(self._store.library)
        return self.session

    def list_sessions(self, listener: DOMNode) -> None:
        """Post ``SessionsListed``."""
        self._start(listener, lambda: iter([SessionsListed(*self._store.summaries())]))

    def open(self, session_id: str, listener: DOMNode) -> None:
        """Post ``SessionOpened``."""
        self._start(listener, lambda: iter([SessionOpened(self._store.load(session_id))]))

    def rename(self, session_id: str, name: str, listener: DOMNode) -> None:
        """Give a session a name, and post ``SessionsListed``."""
        if session_id == self.session.id:
            self.session = self.session.named(name)
        current = self.session

        def renamed() -> Iterator[Message]:
            is_current = session_id == current.id
            self._store.save(current if is_current else self._store.load(session_id).named(name))
            yield SessionsListed(*self._store.summaries())

        self._start(listener, renamed)

    def delete(self, session_id: str, listener: DOMNode) -> None:
        """Remove a session for good, and post ``SessionsListed``."""

        def deleted() -> Iterator[Message]:
            self._store.delete(session_id)
            yield SessionsListed(*self._store.summaries())

        if session_id == self.session.id:
            self.begin()
        self._start(listener, deleted)

    def export(self, session_id: str, path: Path, listener: DOMNode) -> None:
        """Post ``SessionExported``."""

        def exported() -> Iterator[Message]:
            self._store.export(self._store.load(session_id), path)
            yield SessionExported(path)

        self._start(listener, exported)

    def close(self) -> None:
        """Keep what is not kept yet.

        Raises:
            DataError: It cannot be written.
        """
        self._store.save(self.session)

    def _kept(self, session: Session) -> Iterator[Message]:
        self._store.save(session)
        yield from ()

    def _start(self, listener: DOMNode, work: Callable[[], Iterator[Message]]) -> None:
        """Do the work in a thread, and post what it gives."""

        def run() -> None:
            try:
                for message in work():
                    listener.post_message(message)
            except PullquoteError as error:
                listener.post_message(SessionFailed(error))

        listener.run_worker(run, thread=True)
