"""Measures how well times are found and resolved: ``python -m rag.evaluation.time_expressions FILE… [--json]``.

A file is JSON Lines, also compressed with gzip: ``{id, document_time, text, timex: [{start, end, text, type, value}]}``
with types and values of TIMEX3.
"""

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rag.times.expressions import time_expressions
from rag.times.resolving import read_span

__all__ = ["TimeScores", "main", "score_documents"]

KINDS = ("DATE", "TIME", "DURATION", "SET")

Span = tuple[int, int]


@dataclass(slots=True)
class TimeScores:
    """Counts over documents.

    Attributes:
        given: Expressions by their type.
        valued: Of them, those whose value is right, given where they stand.
        expected: How many expressions there are.
        found: How many were found.
        strict: Found with the same bounds.
        relaxed: Found with an overlap, each matched once.
        relaxed_valued: Of them, those with the right value, as TempEval-3 counts.
    """

    given: Counter[str] = field(default_factory=Counter)
    valued: Counter[str] = field(default_factory=Counter)
    expected: int = 0
    found: int = 0
    strict: int = 0
    relaxed: int = 0
    relaxed_valued: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return accuracies by type, and F1 of finding and of value; each from 0 to 1."""
        return {
            "expressions": self.expected,
            "value_accuracy_given": {kind: self._accuracy(kind) for kind in KINDS},
            "found": self.found,
            "strict_f1": self._f1(self.strict),
            "relaxed_f1": self._f1(self.relaxed),
            "value_f1": self._f1(self.relaxed_valued),
        }

    def _accuracy(self, kind: str) -> dict[str, float]:
        right, given = self.valued[kind], self.given[kind]
        return {"right": right, "of": given, "share": right / given if given else 0.0}

    def _f1(self, right: int) -> float:
        """Return the harmonic mean of precision and recall. **Source:** UzZaman et al. 2013, TempEval-3."""
        return 2 * right / (self.found + self.expected) if self.found + self.expected else 0.0


def score_documents(documents: Iterable[dict[str, Any]]) -> TimeScores:
    """Return the counts over documents of the form above."""
    scores = TimeScores()
    for document in documents:
        _score(document, scores)
    return scores


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the files that are named, and print the scores."""
    parser = argparse.ArgumentParser(prog="python -m rag.evaluation.time_expressions")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    scores = score_documents(document for path in options.files for document in _documents(path)).as_json()
    sys.stdout.write((json.dumps(scores, indent=2) if options.json else _table(scores)) + "\n")


def _documents(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _score(document: dict[str, Any], scores: TimeScores) -> None:
    text, published = document["text"], document["document_time"]
    values: dict[Span, str] = {}
    for timex in document["timex"]:
        span = timex["start"], timex["end"]
        values[span] = timex["value"]
        scores.given[timex["type"]] += 1
        scores.valued[timex["type"]] += _value(text, span, published) == timex["value"]
    found = [(one.start, one.end) for one in time_expressions(text)]
    scores.expected += len(values)
    scores.found += len(found)
    scores.strict += len(values.keys() & set(found))
    for span, other in _matched(sorted(values), found):
        scores.relaxed += 1
        scores.relaxed_valued += _value(text, other, published) == values[span]


def _matched(expected: Iterable[Span], found: Iterable[Span]) -> Iterator[tuple[Span, Span]]:
    """Pair spans that overlap, each once, in order."""
    free = list(found)
    for span in expected:
        other = next((one for one in free if one[0] < span[1] and span[0] < one[1]), None)
        if other is not None:
            free.remove(other)
            yield span, other


def _value(text: str, span: Span, published: str) -> str | None:
    reading = read_span(text, *span, published=published)
    return reading.value if reading is not None else None


def _table(scores: dict[str, Any]) -> str:
    lines = [f"{scores['expressions']} expressions, {scores['found']} found"]
    lines.extend(
        f"value given the expression, {kind:<8} {accuracy['share']:6.1%}  of {accuracy['of']}"
        for kind, accuracy in scores["value_accuracy_given"].items()
    )
    lines.extend(f"{name:<36} {scores[name]:6.1%}" for name in ("strict_f1", "relaxed_f1", "value_f1"))
    return "\n".join(lines)


if __name__ == "__main__":
    main()
