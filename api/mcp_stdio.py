"""MCP over standard input and output, as a program on the same machine starts it."""

from contextlib import closing
from pathlib import Path

from api.mcp_tools import build_mcp_server
from rag.assembly import build_assistant, build_embedder, open_library
from rag.settings import load_settings

__all__ = ["run_mcp"]


def run_mcp(directory: Path | None) -> None:
    """Serve the library in the directory, or in the settings', until the input ends; only the protocol is written.

    Raises:
        SettingsError: A setting is wrong.
        LibraryError: There is no library to serve.
        ModelError: A model cannot be loaded.
    """
    settings = load_settings(library=directory)
    embedder = build_embedder(settings)
    with closing(open_library(settings, embedder=embedder)) as library:
        assistant = build_assistant(settings, library=library, embedder=embedder)
        assistant.warm_up()
        build_mcp_server(assistant, library).run("stdio")
