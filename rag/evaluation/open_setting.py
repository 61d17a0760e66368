"""Measures answers whose article must be found first, and how true their confidence is.

``python -m rag.evaluation.open_setting --articles PATH… --questions FILE…`` asks question sets of a library of
articles; ``--contexts FILE…`` lays contexts with questions out as a library. Beside the fitted confidence stands the
raw one in the same run: the span with the largest margin over null, and the softmax of the two.
"""

import argparse
import json
import math
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rag.assembly import build_calibration
from rag.assistant import AskOptions, Assistant
from rag.errors import DataError, PullquoteError
from rag.evaluation.answering import RIGHT_F1
from rag.evaluation.confidence import ConfidenceFigures, Forced, OperatingFigures, confidence_figures, operating_figures
from rag.evaluation.libraries import assistant_over
from rag.evaluation.metrics import token_f1
from rag.evaluation.question_sets import ExpectedAnswer, load_question_set
from rag.evaluation.squad_data import read_contexts
from rag.evaluation.squad_library import write_library
from rag.events import Answered, PassageRead

__all__ = ["forced_answers", "main"]


def forced_answers(assistant: Assistant, questions: Iterable[ExpectedAnswer]) -> Iterator[tuple[Forced, Forced]]:
    """Yield for each question what the product puts first, and what the reader's own softmax would."""
    for expected in questions:
        shown, raw = ("", 0.0), ("", -math.inf)
        for event in assistant.ask(expected.question, AskOptions(min_confidence=0.0)):
            match event:
                case PassageRead(text=str(text), margin=float(margin)) if margin > raw[1]:
                    raw = (text, margin)
                case Answered(answer=answer) if answer.quotation is not None:
                    shown = (answer.quotation.text, answer.quotation.confidence)
        yield _forced(expected, *shown), _forced(expected, raw[0], 1.0 / (1.0 + math.exp(-min(max(raw[1], -50), 50))))


def _forced(expected: ExpectedAnswer, text: str, confidence: float) -> Forced:
    f1 = token_f1(text, expected.answers) if expected.answers else 0.0
    return Forced(confidence=confidence, f1=f1, is_right=f1 >= RIGHT_F1, is_answerable=expected.is_answerable)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as folder:
            questions = write_library(read_contexts(options.contexts), Path(folder))
            questions += [one for path in options.questions for one in load_question_set(path)]
            if not questions:
                raise DataError("There is no question to ask.", "Name files with --questions or --contexts.")
            articles = [*options.articles, *([Path(folder)] if options.contexts else [])]
            with assistant_over(articles) as (assistant, _):
                fitted, raw = zip(*forced_answers(assistant, questions), strict=True)
    except PullquoteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    calibration = build_calibration()
    figures = {
        "fitted": confidence_figures(fitted),
        "softmax": confidence_figures(raw),
    }
    operating = operating_figures(fitted, min_confidence=calibration.min_confidence)
    lines = [_as_json(figures, operating)] if options.json else _report(figures, operating)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m rag.evaluation.open_setting", description="Measure answers and confidence over whole libraries."
    )
    parser.add_argument("--articles", type=Path, nargs="+", default=[], metavar="PATH")
    parser.add_argument("--questions", type=Path, nargs="+", default=[], metavar="FILE")
    parser.add_argument("--contexts", type=Path, nargs="+", default=[], metavar="FILE", help="contexts with questions")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _report(figures: dict[str, ConfidenceFigures], operating: OperatingFigures) -> Iterator[str]:
    yield f"{figures['fitted'].questions} questions"
    yield from (f"{name:<24}{value:>8.3f}" for name, value in asdict(operating).items())
    yield f"{'':<24}" + "".join(f"{name:>10}" for name in figures)
    for name in ("auroc", "calibration_error", "coverage_at_90", "coverage_at_95"):
        yield f"{name:<24}" + "".join(f"{getattr(one, name):>10.3f}" for one in figures.values())
    yield "reliability: how sure on average, how many were right, of how many"
    for one in figures["fitted"].reliability:
        yield f"  {one.confidence:.2f}  {one.share_right:.2f}  {'#' * round(40 * one.share_right):<40} {one.count:>5}"
    yield "risk: wrong among the surest share of questions, by the fitted confidence and by softmax"
    for fitted, raw in zip(figures["fitted"].risk_coverage, figures["softmax"].risk_coverage, strict=True):
        yield f"  {fitted.coverage:.1f}  {fitted.risk:.3f}  {raw.risk:.3f}  (down to {fitted.confidence:.2f})"


def _as_json(figures: dict[str, ConfidenceFigures], operating: OperatingFigures) -> str:
    """Return one JSON object; what is no number becomes null."""
    whole: dict[str, Any] = {name: asdict(one) for name, one in figures.items()} | {"operating": asdict(operating)}
    return json.dumps(json.loads(json.dumps(whole), parse_constant=lambda _: None), indent=2)


if __name__ == "__main__":
    sys.exit(main())
