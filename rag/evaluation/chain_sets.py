"""Questions about values that were revised: JSON Lines of ``{id, question, type, values, copies}``.

``values`` are ``{answers, article, published}``, oldest first, the last of which holds now; ``copies`` names the
articles that tell the last of them in near-copies of one story.
"""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rag.errors import DataError
from rag.values.sameness import is_same_value

__all__ = ["ChainQuestion", "ChainValue", "load_chains"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainValue:
    """One value of a chain: the spans that give it, the source of the article that reported it, and its day."""

    answers: tuple[str, ...]
    article: str
    published: date

    def is_given_by(self, text: str) -> bool:
        """Tell whether a quotation gives this value."""
        return any(is_same_value(text, answer) for answer in self.answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainQuestion:
    """A question with the values that held one after the other, oldest first."""

    id: str
    question: str
    values: tuple[ChainValue, ...]
    copies: tuple[str, ...]

    def number_of(self, text: str) -> int | None:
        """Return which value a quotation gives, from 0; None when it gives none."""
        return next((number for number, value in enumerate(self.values) if value.is_given_by(text)), None)


def load_chains(path: Path) -> list[ChainQuestion]:
    """Read a set of chains.

    Raises:
        DataError: The file is missing, or a line is malformed; names file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"The chains {path} cannot be read: {error}.", "Name a JSON Lines file.") from error
    chains = []
    for number, line in enumerate(lines, start=1):
        try:
            chains.append(_parsed(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            message = f"Line {number} of the chains {path} is malformed: {error!r}."
            raise DataError(message, "Write it as docs/questions.md shows.") from error
    return chains


def _parsed(record: dict[str, Any]) -> ChainQuestion:
    values = tuple(
        ChainValue(
            answers=tuple(map(str, value["answers"])),
            article=str(value["article"]),
            published=date.fromisoformat(value["published"]),
        )
        for value in record["values"]
    )
    if len(values) < 2:
        raise ValueError("a chain has two values or more")
    return ChainQuestion(
        id=str(record["id"]), question=str(record["question"]), values=values, copies=tuple(record["copies"])
    )
