"""What the chat asks and reads, opened as one."""

from contextlib import ExitStack, closing
from typing import NamedTuple

from rag.assistant import Assistant
from rag.protocols import Library
from rag.settings import Settings

__all__ = ["Engine", "open_engine"]


class Engine(NamedTuple):
    """An assistant and the library it answers from; both may be used from any number of threads."""

    assistant: Assistant
    library: Library


def open_engine(settings: Settings) -> Engine:
    """Open the library of the settings and load the models.

    Raises:
        LibraryError: There is no library, or it cannot be used.
        ModelError: A model cannot be loaded.
    """
    # Imported here, in the thread that opens, so that the screen is painted before the engine is read from disk.
    from rag.assembly import build_assistant, build_embedder, open_library

    with ExitStack() as undo:
        embedder = build_embedder(settings)
        library = undo.enter_context(closing(open_library(settings, embedder=embedder)))
        assistant = build_assistant(settings, library=library, embedder=embedder)
        assistant.warm_up()
        undo.pop_all()
    return Engine(assistant, library)
