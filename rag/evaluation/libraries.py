"""The library that an evaluation asks, and the assistant that every front asks, over it."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from rag.assembly import build_assistant, build_embedder, fill_library, open_library
from rag.assistant import Assistant
from rag.librarian import FileRefused
from rag.protocols import Library
from rag.settings import Settings, load_settings

__all__ = ["assistant_over", "built_library", "opened_assistant"]


@contextmanager
def assistant_over(articles: Sequence[Path]) -> Iterator[tuple[Assistant, Library]]:
    """Yield an assistant with the person's own settings over files and folders of articles, and their library.

    Raises:
        SettingsError: A setting is wrong.
        ModelError: A model cannot be loaded.
    """
    with built_library(articles) as (settings, _), opened_assistant(settings) as opened:
        yield opened


@contextmanager
def built_library(articles: Sequence[Path]) -> Iterator[tuple[Settings, Sequence[FileRefused]]]:
    """Yield the person's own settings with a library of the articles, gone afterwards, and the files left out of it."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(library=Path(folder) / "library")
        yield settings, fill_library(settings, articles).refused


@contextmanager
def opened_assistant(settings: Settings) -> Iterator[tuple[Assistant, Library]]:
    """Yield the assistant of the settings, and its library.

    Raises:
        LibraryError: The library is not there, or cannot be opened.
        ModelError: A model cannot be loaded.
    """
    embedder = build_embedder(settings)
    with closing(open_library(settings, embedder=embedder)) as library:
        yield build_assistant(settings, library=library, embedder=embedder), library
