"""Contexts with questions and marked answers, read from the project's own form of SQuAD-like data."""

import gzip
import json
import logging
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.errors import DataError

__all__ = ["Context", "MarkedAnswer", "MarkedQuestion", "read_contexts"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MarkedAnswer:
    """What one annotator marked: ``context[start : start + len(text)] == text``, in code points."""

    text: str
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedQuestion:
    """A question with what the annotators marked; no answers mean that the context does not answer.

    Attributes:
        text: As it stands alone.
        asked: As it was asked in a conversation; empty outside.
        follows: Id of the question before it in a conversation.
    """

    id: str
    text: str
    answers: tuple[MarkedAnswer, ...]
    asked: str = ""
    follows: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """A paragraph with its questions.

    Attributes:
        source: Names the data set.
        title: Names the article, or the story of several.
        headline: Stands above the article; empty where the data set has none.
    """

    source: str
    title: str
    text: str
    questions: tuple[MarkedQuestion, ...]
    headline: str = ""


def read_contexts(paths: Sequence[Path]) -> Iterator[Context]:
    """Stream the contexts of JSON Lines files (``.jsonl`` or ``.jsonl.gz``), in order.

    An answer that does not stand at its place is left out; a question that loses all of its answers this way is left
    out too, since nobody said that it has none. How many were left out is logged as a warning, per file.

    Raises:
        DataError: A file is missing, cut off or malformed; the message names the file and line.
    """
    for path in paths:
        yield from _read_file(path)


def _read_file(path: Path) -> Iterator[Context]:
    misplaced = 0
    for number, line in _lines(path):
        try:
            context, missed = _parse(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DataError(
                f"{path}, line {number}: not a context with questions ({type(error).__name__}: {error}).",
                "Give each line the form that docs/training.md shows.",
            ) from error
        misplaced += missed
        yield context
    if misplaced:
        _log.warning("%s: %d answers left out that do not stand at their place", path.name, misplaced)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    number = 0
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line
    except FileNotFoundError as error:
        raise DataError(
            f"There is no data file {path}.", "Name the folder of the data with --data or PULLQUOTE_TRAINING_DATA."
        ) from error
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise DataError(
            f"{path}, after line {number}: cannot be read ({error}).", "Fetch the file again; it is damaged or cut off."
        ) from error


def _parse(record: Any) -> tuple[Context, int]:
    text = _text(record["context"])
    questions, misplaced = [], 0
    for raw in record["questions"]:
        marked = [MarkedAnswer(_text(answer["text"]), int(answer["start"])) for answer in raw["answers"]]
        placed = tuple(answer for answer in marked if _stands_in(answer, text))
        misplaced += len(marked) - len(placed)
        if placed or not marked:
            asked, follows = _text(raw.get("asked", "")), raw.get("follows")
            questions.append(
                MarkedQuestion(
                    id=_text(raw["id"]),
                    text=_text(raw["question"]),
                    answers=placed,
                    asked=asked,
                    follows=None if follows is None else _text(follows),
                )
            )
    source, title, headline = _text(record["source"]), _text(record["title"]), _text(record.get("headline", ""))
    return Context(source=source, title=title, text=text, questions=tuple(questions), headline=headline), misplaced


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected text, found {type(value).__name__}")
    return value


def _stands_in(answer: MarkedAnswer, text: str) -> bool:
    return bool(answer.text) and answer.start >= 0 and text.startswith(answer.text, answer.start)
