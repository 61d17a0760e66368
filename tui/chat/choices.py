"""What a person chose in the settings of the chat, kept from one run to the next."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rag.errors import DataError
from tui.chat.citation_styles import CitationStyle
from tui.chat.scope import Scope
from tui.chat.sessions.file import write_file
from tui.chat.themes import ThemeName

__all__ = ["Choices", "ChoicesFile"]

MAX_BYTES = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What holds for the questions to come, and how the chat looks."""

    scope: Scope
    citation_style: CitationStyle
    theme: ThemeName


class ChoicesFile:
    """One JSON file, replaced whole or not at all."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Choices | None:
        """Return what was chosen last, None where nothing was.

        Raises:
            DataError: The file cannot be read or is damaged.
        """
        remedy = "Choose anew in the settings (F5), which writes it anew."
        try:
            with self._path.open("rb") as file:
                return _choices(json.loads(file.read(MAX_BYTES)))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise DataError(f"The chat's choices {self._path} cannot be read: {error.strerror}.", remedy) from error
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise DataError(f"The chat's choices {self._path} are damaged.", remedy) from error

    def write(self, choices: Choices) -> None:
        """Keep what was chosen.

        Raises:
            DataError: It cannot be written.
        """
        scope = choices.scope
        written = {
            "since": scope.since and scope.since.isoformat(),
            "until": scope.until and scope.until.isoformat(),
            "as_of": scope.as_of and scope.as_of.isoformat(),
            "source": scope.source,
            "min_confidence": scope.min_confidence,
            "citation_style": choices.citation_style,
            "theme": choices.theme,
        }
        write_file(self._path, json.dumps(written).encode())


def _choices(written: dict[str, Any]) -> Choices:
    source, share = written["source"], written["min_confidence"]
    if not isinstance(source, str | None) or not (share is None or 0 <= share <= 1):
        raise ValueError(written)
    since, until, as_of = (
        date.fromisoformat(written[name]) if written[name] is not None else None for name in ("since", "until", "as_of")
    )
    return Choices(
        scope=Scope(since=since, until=until, as_of=as_of, source=source, min_confidence=share),
        citation_style=CitationStyle(written["citation_style"]),
        theme=ThemeName(written["theme"]),
    )
