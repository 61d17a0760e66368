"""A library of given articles, built for one evaluation and gone after it, with the assistant that every front asks."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from rag.assembly import build_assistant, build_embedder, fill_library, open_library
from rag.assistant import Assistant
from rag.protocols import Library
from rag.settings import load_settings

__all__ = ["assistant_over"]


@contextmanager
def assistant_over(articles: Sequence[Path]) -> Iterator[tuple[Assistant, Library]]:
    """Yield an assistant with the person's own settings over files and folders of articles, and their library.

    Raises:
        SettingsError: A setting is wrong.
        ModelError: A model cannot be loaded.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(library=Path(folder) / "library")
        fill_library(settings, articles)
        embedder = build_embedder(settings)
        with closing(open_library(settings, embedder=embedder)) as library:
            yield build_assistant(settings, library=library, embedder=embedder), library
