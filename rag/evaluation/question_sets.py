"""Question sets: JSON Lines of ``{id, question, answers, answerable, article, also?, type?}``.

``answers`` are verbatim in the article whose source is ``article``; ``also`` names other articles that say the same.
A turn of a dialogue has ``follows``, ``standalone`` and ``changes_topic`` besides.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.errors import DataError

__all__ = ["ExpectedAnswer", "load_question_set"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedAnswer:
    """A question with the answers that count as right; none when the articles do not say.

    Attributes:
        article: Source of the article that answers, or that tempts to an answer; None where no article is near.
        also: Sources of others that answer.
        type: What is asked for, as the set labels it.
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


def load_question_set(path: Path) -> list[ExpectedAnswer]:
    """Read a question set.

    Raises:
        DataError: The file is missing, or a line is malformed or repeats an id; names file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"The question set {path} cannot be read: {error}.", "Name a JSON Lines file.") from error
    expected: dict[str, ExpectedAnswer] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            parsed = _parsed(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            message = f"Line {number} of the question set {path} is malformed: {error!r}."
            raise DataError(message, "Write it as docs/questions.md shows.") from error
        if parsed.id in expected:
            raise DataError(f"Line {number} of {path} repeats the id {parsed.id}.", "Give each question its own.")
        expected[parsed.id] = parsed
    return list(expected.values())


def _parsed(record: dict[str, Any]) -> ExpectedAnswer:
    if bool(record["answers"]) != record["answerable"]:
        raise ValueError("answerable does not agree with answers")
    return ExpectedAnswer(
        id=str(record["id"]),
        question=str(record["question"]),
        answers=tuple(map(str, record["answers"])),
        article=record.get("article"),
        also=tuple(record.get("also", ())),
        type=str(record.get("type", "what")),
        follows=record.get("follows"),
        standalone=str(record.get("standalone", record["question"])),
        changes_topic=bool(record.get("changes_topic", False)),
    )
