"""Measures the shipped reader and writes the figures into its card: ``python -m rag.training.reader_card --data DIR``.

Alone, on the files that no training sees; and in the open setting, from the calibration beside it, which holds the
figures of each set with weights fitted on the others.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rag.assembly import CALIBRATION, MODELS, build_calibration, build_reader
from rag.errors import PullquoteError
from rag.evaluation.metrics import Interval
from rag.evaluation.reading import ReadingFigures, figures_of, read_all
from rag.evaluation.squad_data import read_contexts
from rag.settings import Settings
from rag.training.model_card import CARD, read_card, table, with_part

__all__ = ["main"]

FILES = ("dev-squad", "dev-new_wiki", "dev-reddit", "dev-amazon")
OPEN_FIGURES = {
    "f1": "F1",
    "coverage": "answered",
    "precision": "right of these",
    "refusal_precision": "refusal precision",
    "refusal_recall": "recall",
    "auroc": "AUROC",
    "calibration_error": "calibration error",
    "coverage_at_90": "answered at 90 % right",
    "coverage_at_95": "at 95 %",
}


def reading_rows(data: Path) -> Iterator[list[str]]:
    """Yield a row for each file: the reader forced to answer, and free to abstain."""
    reader, margin = build_reader(Settings()), build_calibration().reader_margin
    for name in FILES:
        figures = figures_of(list(read_all(read_contexts([data / f"{name}.jsonl.gz"]), reader)), threshold=margin)
        yield [name, str(figures.answerable.questions), *_percents(figures)]


def _percents(figures: ReadingFigures) -> Iterator[str]:
    yield _percent(figures.answerable.exact_match)
    yield _percent(figures.answerable.f1)
    for group in (figures.at_shipped_threshold, figures.at_best_threshold):
        yield f"{_percent(group.all.f1)} at {group.threshold:+.2f}" if group.no_answer.questions else ""


def _percent(interval: Interval) -> str:
    return f"{100 * interval.mean:.1f} [{100 * interval.low:.1f}, {100 * interval.high:.1f}]"


def open_rows(left_out_in_turn: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Iterator[list[str]]:
    """Yield a row for each set and what it was asked of."""
    for name, asked_of in left_out_in_turn.items():
        for scope, figures in asked_of.items():
            yield [name, scope.replace("_", " "), *(_share(figures[key]) for key in OPEN_FIGURES)]


def _share(value: float | None) -> str:
    """Return a share; nothing for the share of nothing."""
    return "" if value is None else f"{value:.3f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m rag.training.reader_card", description=__doc__)
    data = os.environ.get("PULLQUOTE_TRAINING_DATA")
    parser.add_argument("--data", type=Path, default=data, required=data is None, help="folder of dev-*.jsonl.gz files")
    options = parser.parse_args(arguments)
    folder = MODELS / "reader"
    try:
        alone = table(
            ["file", "answerable", "exact match", "F1", "F1 of all, shipped margin", "best margin"],
            reading_rows(options.data),
        )
    except PullquoteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    figures = json.loads(CALIBRATION.read_text(encoding="utf-8"))["left_out_in_turn"]
    apart = table(["set", "asked of", *OPEN_FIGURES.values()], open_rows(figures))
    card = with_part(read_card(folder), "alone", alone, writer="rag.training.reader_card")
    card = with_part(card, "open", apart, writer="rag.training.reader_card")
    (folder / CARD).write_text(card, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
