"""Measures who says so and how firmly: ``python -m rag.evaluation.statements FILE``.

A file is JSON Lines of ``{id, text, span, speaker, hedge}``; ``span`` stands in ``text``, ``speaker`` is null where
no one is named. Rules were developed on the first half; the second was held out.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.answers import Hedge
from rag.attribution.statements import Statement, statement_of
from rag.errors import DataError, PullquoteError
from rag.evaluation.metrics import token_f1

__all__ = ["SAME_SPEAKER_F1", "LabelledSpan", "StatementFigures", "figures_of_statements", "load_statements", "main"]

SAME_SPEAKER_F1 = 0.5
"""A speaker is right who shares this much (token F1) with the label: "Roon" and "Ilse Roon" are one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledSpan:
    """A span with who is labelled as saying it, and how firmly."""

    id: str
    text: str
    span: str
    speaker: str | None
    hedge: Hedge

    def judged(self) -> Statement:
        """Return what the rules say of it."""
        start = self.text.index(self.span)
        return statement_of(self.text, start, start + len(self.span))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFigures:
    """How well the rules do; all shares in [0, 1].

    Attributes:
        precision: Of the speakers named, the share that is right.
        recall: Of the speakers labelled, the share that is named.
        hedge_accuracy: The share of spans whose hedge is the labelled one.
        denied_as_stated: How many denied or negated spans were taken for stated: the costliest error.
    """

    spans: int
    precision: float
    recall: float
    f1: float
    hedge_accuracy: float
    denied_as_stated: int


def load_statements(path: Path) -> list[LabelledSpan]:
    """Read labelled spans.

    Raises:
        DataError: The file is missing, or a line is malformed; names file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"The statements {path} cannot be read: {error}.", "Name a JSON Lines file.") from error
    labelled = []
    for number, line in enumerate(lines, start=1):
        try:
            labelled.append(_parsed(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            message = f"Line {number} of the statements {path} is malformed: {error!r}."
            raise DataError(message, "Write it as docs/questions.md shows.") from error
    return labelled


def figures_of_statements(labelled: Iterable[LabelledSpan]) -> StatementFigures:
    """Return the figures of labelled spans, at least one."""
    judged = [(one, one.judged()) for one in labelled]
    right = sum(_is_speaker_right(*pair) for pair in judged)
    named = sum(statement.speaker is not None for _, statement in judged)
    wanted = sum(one.speaker is not None for one, _ in judged)
    missed = [one for one, statement in judged if statement.hedge is Hedge.STATED]
    return StatementFigures(
        spans=len(judged),
        precision=right / named if named else 0.0,
        recall=right / wanted if wanted else 0.0,
        f1=2 * right / (named + wanted) if named + wanted else 0.0,
        hedge_accuracy=sum(one.hedge is statement.hedge for one, statement in judged) / len(judged),
        denied_as_stated=sum(one.hedge in {Hedge.DENIED, Hedge.NEGATED} for one in missed),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of each half of a file apart."""
    parser = argparse.ArgumentParser(prog="python -m rag.evaluation.statements", description="Measure attribution.")
    parser.add_argument("statements", type=Path, metavar="FILE")
    parser.add_argument("--wrong", action="store_true", help="list what the rules got wrong in the first half")
    options = parser.parse_args(arguments)
    try:
        labelled = load_statements(options.statements)
    except PullquoteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    middle = (len(labelled) + 1) // 2
    for name, half in (("developed on", labelled[:middle]), ("held out", labelled[middle:])):
        if half:
            sys.stdout.write(f"{name}: {figures_of_statements(half)}\n")
    if options.wrong:
        sys.stdout.writelines(f"{line}\n" for line in _wrong(labelled[:middle]))
    return 0


def _wrong(labelled: Iterable[LabelledSpan]) -> Iterator[str]:
    for one in labelled:
        statement = one.judged()
        speaker = statement.speaker.text if statement.speaker is not None else None
        if one.hedge is not statement.hedge or not _is_same_speaker(one.speaker, speaker):
            got, wanted = f"{statement.hedge} by {speaker}", f"{one.hedge} by {one.speaker}"
            yield f"{one.id}: {got}, wanted {wanted}: [{one.span}] {one.text}"


def _is_speaker_right(one: LabelledSpan, statement: Statement) -> bool:
    return statement.speaker is not None and _is_same_speaker(one.speaker, statement.speaker.text)


def _is_same_speaker(labelled: str | None, named: str | None) -> bool:
    if labelled is None or named is None:
        return labelled is named
    return token_f1(named, [labelled]) >= SAME_SPEAKER_F1


def _parsed(record: dict[str, Any]) -> LabelledSpan:
    text, span, speaker = str(record["text"]), str(record["span"]), record["speaker"]
    if span not in text:
        raise ValueError("the span does not stand in the text")
    return LabelledSpan(
        id=str(record["id"]),
        text=text,
        span=span,
        speaker=str(speaker) if speaker is not None else None,
        hedge=Hedge(record["hedge"]),
    )


if __name__ == "__main__":
    sys.exit(main())
