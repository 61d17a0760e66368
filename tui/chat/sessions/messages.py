"""What happened to sessions, told to the screens that show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from pathlib import Path

    from rag.errors import PullquoteError
    from tui.chat.sessions.values import Session, SessionSummary

__all__ = [
    "SessionExported",
    "SessionFailed",
    "SessionOpened",
    "SessionsListed",
]


@dataclass
class SessionsListed(Message):
    """These sessions are kept, latest first; what could not be read is told beside them."""

    summaries: list[SessionSummary]
    failures: list[PullquoteError]


@dataclass
class SessionOpened(Message):
    """A session was read, to be gone on with."""

    session: Session


@dataclass
class SessionExported(Message):
    """A session was written to this file."""

    path: Path


@dataclass
class SessionFailed(Message):
    """A session could not be read, written or removed."""

    error: PullquoteError
