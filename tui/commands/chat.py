"""``pullquote chat``."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from platformdirs import user_log_path

from rag.errors import QuestionError
from rag.settings import Settings, load_settings
from tui.exit_codes import ExitCode

if TYPE_CHECKING:
    from tui.chat.app import ChatApp

__all__ = ["opened_chat", "run_chat"]


def run_chat(directory: Path | None, *, question: str = "") -> None:
    """Chat about the library in the directory, or in the settings', until the person quits.

    Raises:
        QuestionError: There is no terminal to ask in.
        SettingsError: A setting is wrong.
    """
    # A server that shows the chat in a browser sets this, and speaks to it through pipes.
    is_served = bool(os.environ.get("TEXTUAL_DRIVER"))
    if not (is_served or (sys.stdin.isatty() and sys.stdout.isatty())):
        message = "The chat needs a terminal to be asked in, and input or output is none."
        raise QuestionError(message, "Ask with `pullquote ask QUESTION`.")
    settings = load_settings(library=directory)
    log = _log_to_file(user_log_path("pullquote", appauthor=False) / "chat.log")
    with ExitStack() as stack:
        chat = opened_chat(settings, stack, question=question)
        chat.run()
    if chat.return_code:
        sys.stderr.write(f"pullquote: The chat crashed. The log {log} says how; the session is kept.\n")
        raise typer.Exit(ExitCode.FAILURE)


def opened_chat(settings: Settings, stack: ExitStack, *, question: str = "") -> ChatApp:
    """Return the chat of the settings, not yet running; the stack closes what it uses.

    Raises:
        SettingsError: The settings give a key to something that the chat does not have.
    """
    from tui.chat.app import ChatApp
    from tui.chat.bridge import Bridge
    from tui.chat.choices import ChoicesFile
    from tui.chat.citation_styles import CitationStyle
    from tui.chat.engine import open_engine
    from tui.chat.sessions.keeper import SessionKeeper
    from tui.chat.sessions.store import SessionStore
    from tui.chat.themes import ThemeName

    if settings.chat.keys:
        from tui.chat.keys import check_keys

        check_keys(settings.chat.keys)
    store = SessionStore(settings.chat.sessions_directory, library=settings.library)
    return ChatApp(
        stack.enter_context(closing(Bridge(lambda create: open_engine(settings, create=create)))),
        stack.enter_context(closing(SessionKeeper(store))),
        theme=ThemeName(settings.chat.theme),
        citation_style=CitationStyle(settings.chat.citation),
        choices_file=ChoicesFile(settings.chat.sessions_directory / "choices.json"),
        keys=settings.chat.keys,
        first_question=question,
    )


def _log_to_file(path: Path) -> Path:
    """Log to a file, made when there is something to say: what is written to the screen would be painted over."""
    handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    path.parent.mkdir(parents=True, exist_ok=True)
    logging.getLogger().addHandler(handler)
    return path
