"""Measures the reader alone: ``python -m rag.evaluation.reader FILE… --json``."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from rag.assembly import build_calibration, build_reader
from rag.errors import DataError, PullquoteError
from rag.evaluation.metrics import Interval
from rag.evaluation.reading import (
    Group,
    ReadingFigures,
    ReadQuestion,
    Scores,
    figures_of,
    predictions_of,
    read_all,
    worst_of,
)
from rag.evaluation.squad_data import read_contexts
from rag.protocols import Reader
from rag.reader import OnnxReader
from rag.settings import Settings

__all__ = ["main", "report"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        read = list(read_all(read_contexts(options.files), _open_reader(options.model)))
        if not read:
            raise DataError("The files hold no question.", "Name files with questions.")
        threshold = build_calibration().reader_margin if options.threshold is None else options.threshold
        if options.predictions is not None:
            predictions = predictions_of(read, threshold=threshold)
            options.predictions.write_text(json.dumps(predictions, ensure_ascii=False), encoding="utf-8")
    except PullquoteError as error:
        print(error, file=sys.stderr)  # noqa: T201 (the command's message)
        return 1
    figures = figures_of(read, threshold=threshold)
    worst = worst_of(read, threshold=threshold)
    if options.json:
        print(_as_json({**asdict(figures), "worst": [_described(one) for one in worst]}))  # noqa: T201 (the result)
    else:
        print("\n".join(report(figures, worst)))  # noqa: T201 (the command's result)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m rag.evaluation.reader", description="Measure the reader alone.")
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help=".jsonl or .jsonl.gz, contexts with questions"
    )
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    parser.add_argument("--model", type=Path, help="another exported reader to measure")
    parser.add_argument("--predictions", type=Path, metavar="FILE", help="write id to text as SQuAD's script takes it")
    parser.add_argument(
        "--threshold", type=float, help="margin over null from which on to answer; the shipped one by default"
    )
    return parser


def _open_reader(folder: Path | None) -> Reader:
    return build_reader(Settings()) if folder is None else OnnxReader(folder)


def report(figures: ReadingFigures, worst: Sequence[ReadQuestion]) -> Iterator[str]:
    """Yield the lines of a report for people: percentages with their 95 % intervals."""
    yield f"{'':34}{'n':>6}  {'exact match':^20}  {'F1':^20}"
    yield _row("answerable, forced to answer", figures.answerable)
    yield from _group_rows("shipped threshold", figures.at_shipped_threshold)
    yield from _group_rows("best threshold", figures.at_best_threshold)
    yield from (_row(f"  {name}", scores) for name, scores in figures.by_kind.items())
    yield from (_row(f"  {name}", scores) for name, scores in figures.by_answer_length.items())
    yield "worst:"
    for one in worst:
        yield f"  {one.id}: {one.question} -> {one.text!r} ({one.margin:+.1f}), wanted {' | '.join(one.expected)!r}"


def _group_rows(name: str, group: Group) -> Iterator[str]:
    yield _row(f"{name} {group.threshold:+.2f}, all", group.all)
    yield _row("  with an answer", group.has_answer)
    yield _row("  without", group.no_answer)


def _row(name: str, scores: Scores) -> str:
    return f"{name:34}{scores.questions:>6}  {_percent(scores.exact_match)}  {_percent(scores.f1)}"


def _percent(interval: Interval) -> str:
    return f"{100 * interval.mean:5.1f} [{100 * interval.low:5.1f}, {100 * interval.high:5.1f}]"


def _as_json(figures: dict[str, object]) -> str:
    """Return one JSON object; what is no number (the mean of nothing, a margin that refuses all) becomes null."""
    finite = json.loads(json.dumps(figures), parse_constant=lambda _: None)
    return json.dumps(finite, indent=2, ensure_ascii=False)


def _described(one: ReadQuestion) -> dict[str, object]:
    return {
        "id": one.id,
        "question": one.question,
        "text": one.text,
        "margin": one.margin,
        "expected": list(one.expected),
    }


if __name__ == "__main__":
    sys.exit(main())
