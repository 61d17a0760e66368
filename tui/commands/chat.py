"""``pullquote chat``."""

import sys
from contextlib import closing
from pathlib import Path

import typer

from rag.errors import QuestionError
from rag.settings import load_settings
from tui.exit_codes import ExitCode

__all__ = ["run_chat"]


def run_chat(directory: Path | None, *, question: str = "") -> None:
    """Chat about the library in the directory, or in the settings', until the person quits.

    Raises:
        QuestionError: There is no terminal to ask in.
        SettingsError: A setting is wrong.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        message = "The chat needs a terminal to be asked in, and input or output is none."
        raise QuestionError(message, "Ask with `pullquote ask QUESTION`.")
    settings = load_settings(library=directory)
    from tui.chat.app import ChatApp
    from tui.chat.bridge import Bridge
    from tui.chat.engine import open_engine
    from tui.chat.sessions.keeper import SessionKeeper
    from tui.chat.sessions.store import SessionStore

    store = SessionStore(settings.chat.sessions_directory, library=settings.library)
    with (
        closing(Bridge(lambda create: open_engine(settings, create=create))) as bridge,
        closing(SessionKeeper(store)) as keeper,
    ):
        chat = ChatApp(bridge, keeper, first_question=question)
        chat.run()
    if chat.return_code:
        raise typer.Exit(ExitCode.FAILURE)
