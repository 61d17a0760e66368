"""Question sets: JSON Lines of ``{id, question, answers, answerable, article, also?, type?, typed?}``.

``answers`` are verbatim in the article whose source is ``article``; ``also`` names other articles that say the same.
A turn of a dialogue has ``follows``, ``standalone`` and ``changes_topic`` besides.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.errors import DataError

__all__ = ["ExpectedAnswer", "Fault", "PlacedQuestion", "load_question_set", "read_question_set"]

SHAPE = "Write it as docs/questions.md shows."


@dataclass(frozen=True, slots=True)
class Fault:
    """Why one question, or one article, was left out of an evaluation, and where it stands."""

    place: str
    reason: str

    def __str__(self) -> str:
        """Return both as one sentence."""
        return f"{self.place}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedAnswer:
    """A question with the answers that count as right; none when the articles do not say.

    Attributes:
        article: Source of the article that answers, or that tempts to an answer; None where no article is near.
        also: Sources of others that answer.
        type: What is asked for, as the set labels it.
        typed: How it is written, as the set labels it: ``plain``, ``lower_case``, ``typos``.
        follows: Id of the turn before it in a dialogue; None for a first turn and outside dialogues.
        standalone: What the question means by itself.
        changes_topic: Whether it has nothing to do with the turns before it.
    """

    id: str
    question: str
    answers: tuple[str, ...]
    article: str | None
    also: tuple[str, ...]
    type: str
    typed: str = "plain"
    follows: str | None = None
    standalone: str = ""
    changes_topic: bool = False

    @property
    def is_answerable(self) -> bool:
        """Whether the articles say."""
        return bool(self.answers)

    @property
    def answering_articles(self) -> set[str]:
        """Sources of the articles that give the answer."""
        named = (self.article, *self.also)
        return {source for source in named if source} if self.answers else set()


@dataclass(frozen=True, slots=True)
class PlacedQuestion:
    """A question with the name of its set and the file and line where it stands."""

    set: str
    place: str
    expected: ExpectedAnswer


def load_question_set(path: Path) -> list[ExpectedAnswer]:
    """Read a question set that must be whole.

    Raises:
        DataError: The file is missing, or a line is malformed or repeats an id; names file and line.
    """
    questions, faults = read_question_set(path)
    if faults:
        raise DataError(f"{faults[0]}.", SHAPE)
    return [placed.expected for placed in questions]


def read_question_set(path: Path) -> tuple[list[PlacedQuestion], list[Fault]]:
    """Read the questions of a set, in order, and what is wrong with the lines that are none.

    Of questions with one id the first is read, the others are faults.

    Raises:
        DataError: The file is missing or cannot be read.
    """
    questions: dict[str, PlacedQuestion] = {}
    faults = []
    for place, line in _lines(path):
        try:
            parsed = _parsed(json.loads(line))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            faults.append(Fault(place, f"malformed, {_reason(error)}"))
            continue
        if parsed.id in questions:
            faults.append(Fault(place, f"repeats the id {parsed.id}"))
        else:
            questions[parsed.id] = PlacedQuestion(_shown(path.stem), place, parsed)
    return list(questions.values()), faults


def _lines(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the lines that hold something, each with its place; bytes, so that a bad one spoils no other."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield f"{_shown(path.name)}, line {number}", line
    except OSError as error:
        message = f"The question set {path} cannot be read: {error.strerror}."
        raise DataError(message, "Name a JSON Lines file.") from error


def _shown(name: str) -> str:
    """Return a file's name as text that can be written: a byte that is not UTF-8 becomes an escape."""
    return name.encode("utf-8", "backslashreplace").decode()


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"there is no {error}"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)


def _parsed(record: Any) -> ExpectedAnswer:
    if not isinstance(record, dict):
        raise TypeError("it is no JSON object")
    if bool(record["answers"]) != record["answerable"]:
        raise ValueError("answerable does not agree with answers")
    question = _text(record, "question")
    return ExpectedAnswer(
        id=_text(record, "id"),
        question=question,
        answers=_texts(record, "answers"),
        article=_text(record, "article") if record.get("article") is not None else None,
        also=_texts(record, "also") if "also" in record else (),
        type=_text(record, "type") if "type" in record else "what",
        typed=_text(record, "typed") if "typed" in record else "plain",
        follows=_text(record, "follows") if record.get("follows") is not None else None,
        standalone=_text(record, "standalone") if "standalone" in record else question,
        changes_topic=bool(record.get("changes_topic", False)),
    )


def _text(record: dict[str, Any], name: str) -> str:
    return _as_text(record[name], name)


def _texts(record: dict[str, Any], name: str) -> tuple[str, ...]:
    if not isinstance(record[name], list):
        raise TypeError(f"{name} is no list")
    return tuple(_as_text(value, name) for value in record[name])


def _as_text(value: object, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"{name} is no text, or an empty one")
    value.encode()  # A lone surrogate is a UnicodeEncodeError here, before a report that no one can write.
    return value
