"""How commands print: JSON, or lines that are styled on a terminal and plain in a pipe."""

import json
import sys
from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.text import Text

from tui.terminal_text import printable, printable_json

__all__ = ["line", "print_json", "print_lines"]


def print_json(value: Any) -> None:
    """Print a value as indented JSON, readable in every script and safe for a terminal."""
    sys.stdout.write(printable_json(json.dumps(value, ensure_ascii=False, indent=2)) + "\n")


def line(*pieces: str | tuple[str, str]) -> Text:
    """Return one line of text pieces, each plain or with a style; never read as markup, never obeyed by a terminal."""
    text = Text()
    for piece in pieces:
        content, style = (piece, "") if isinstance(piece, str) else piece
        text.append(printable(content), style=style)
    return text


def print_lines(lines: Iterable[Text]) -> None:
    """Print lines; a pipe gets them whole, a terminal wraps them at words."""
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=not sys.stdout.isatty())
    for text in lines:
        console.print(text)
