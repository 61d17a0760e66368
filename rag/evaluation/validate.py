"""Checks question sets against their articles: ``python -m rag.evaluation.validate QUESTIONS… --articles FOLDER…``.

Nothing is asked and no model is loaded: every answer must stand verbatim in its article as Pullquote reads it.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rag.errors import PullquoteError
from rag.evaluation.question_sets import Fault, PlacedQuestion, read_question_set
from rag.evaluation.validation import TextsOf, shape_of, sound_questions
from rag.loading import discover, load
from rag.settings import load_settings

__all__ = ["TYPES", "main", "validated"]

TYPES = frozenset({"who", "what", "when", "where", "why", "how", "how_many", "how_long", "which"})
"""What the project's own sets may ask for."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what the sets consist of, and every fault; return 1 where there is one."""
    parser = argparse.ArgumentParser(prog="python -m rag.evaluation.validate", description="Check question sets.")
    parser.add_argument("questions", type=Path, nargs="+", metavar="QUESTIONS")
    parser.add_argument("--articles", type=Path, nargs="+", required=True, metavar="FOLDER")
    options = parser.parse_args(arguments)
    try:
        sound, faults = validated(options.questions, options.articles)
    except PullquoteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if sound:
        sys.stdout.write(f"{json.dumps(asdict(shape_of([one.expected for one in sound])), indent=2)}\n")
    sys.stderr.writelines(f"{fault}\n" for fault in faults)
    return 1 if faults or not sound else 0


def validated(questions: Sequence[Path], articles: Sequence[Path]) -> tuple[list[PlacedQuestion], list[Fault]]:
    """Return the sound questions of all sets, and every fault.

    Raises:
        DataError: A set cannot be read.
        LoadError: An article cannot be read.
        SettingsError: A setting is wrong.
    """
    placed: list[PlacedQuestion] = []
    faults: list[Fault] = []
    for path in questions:
        read, malformed = read_question_set(path)
        placed += read
        faults += malformed
    sound, unsound = sound_questions(placed, _texts_below(articles))
    untyped = [
        Fault(one.place, f"{one.expected.id} is of the unknown type {one.expected.type}")
        for one in sound
        if one.expected.type not in TYPES
    ]
    return sound, [*faults, *unsound, *untyped]


def _texts_below(folders: Sequence[Path]) -> TextsOf:
    max_bytes = int(load_settings().loading.max_file_mb * 1_000_000)
    texts: dict[str, list[str]] = defaultdict(list)
    for found in (found for folder in folders for found in discover(folder)):
        texts[found.source].append(load(found, max_bytes=max_bytes).text)
    return lambda source: texts.get(source, ())


if __name__ == "__main__":
    sys.exit(main())
