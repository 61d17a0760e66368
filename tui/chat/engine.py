"""What the chat asks, reads and fills, opened as one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from rag.assistant import AskOptions
    from rag.events import AskEvent
    from rag.librarian import Librarian
    from rag.protocols import Library
    from rag.settings import Settings

__all__ = ["Asker", "Engine", "open_engine"]


class Asker(Protocol):
    """What the chat needs of the assistant."""

    def ask(self, question: str, options: AskOptions | None = None) -> Iterator[AskEvent]:
        """Answer a question, and report each step as it is done; the last event is ``Answered``."""
        ...


class Engine(NamedTuple):
    """An assistant, the library it answers from, and what fills that; all may be used from any number of threads.

    Attributes:
        is_current: Tells whether the library still stands where it was opened; SQLite would go on with a removed one.
    """

    assistant: Asker
    library: Library
    librarian: Librarian
    is_current: Callable[[], bool] = lambda: True


def open_engine(settings: Settings, *, create: bool = False) -> Engine:
    """Open the library of the settings, made where none stands if ``create``, and load the models.

    Raises:
        LibraryError: There is no library, or it cannot be used.
        ModelError: A model cannot be loaded.
    """
    # Imported here, in the thread that opens, so that the screen is painted before the engine is read from disk.
    from rag.assembly import build_assistant, build_embedder, build_librarian, open_library

    with ExitStack() as undo:
        embedder = build_embedder(settings)
        library = undo.enter_context(closing(open_library(settings, embedder=embedder, create=create)))
        assistant = build_assistant(settings, library=library, embedder=embedder)
        assistant.warm_up()
        undo.pop_all()
    opened = _files(settings.library)
    return Engine(
        assistant,
        library,
        build_librarian(settings, library=library, embedder=embedder),
        lambda: opened <= _files(settings.library),
    )


def _files(directory: Path) -> set[tuple[int, int]]:
    """Return the identities of the databases in a directory; while one is open, no other file can have its identity."""
    try:
        return {(stat.st_dev, stat.st_ino) for stat in (path.stat() for path in directory.glob("*.sqlite"))}
    except OSError:
        return set()
