"""Measures the whole chain: ``python -m rag.evaluation.chain --articles PATH… --questions FILE…``."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from pathlib import Path

from rag.errors import PullquoteError
from rag.evaluation.answering import AnsweringFigures, Outcome, evaluate, figures_of
from rag.evaluation.libraries import assistant_over
from rag.evaluation.question_sets import load_question_set

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Build a library of the articles, ask it every question as any front would, and print figures a set."""
    parser = argparse.ArgumentParser(prog="python -m rag.evaluation.chain", description="Measure the whole chain.")
    parser.add_argument("--articles", type=Path, nargs="+", required=True, metavar="PATH")
    parser.add_argument("--questions", type=Path, nargs="+", required=True, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--wrong", action="store_true", help="list every question that was answered wrongly")
    options = parser.parse_args(arguments)
    try:
        sets = {path.stem: load_question_set(path) for path in options.questions}
        with assistant_over(options.articles) as (assistant, library):
            sources = {summary.id: summary.source for summary in library.articles()}
            outcomes = {name: evaluate(assistant, questions) for name, questions in sets.items()}
    except PullquoteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    figures = {name: figures_of(answered, sources) for name, answered in outcomes.items()}
    lines = [json.dumps({name: asdict(one) for name, one in figures.items()}, indent=2)]
    sys.stdout.writelines(f"{line}\n" for line in (lines if options.json else _table(figures)))
    if options.wrong:
        sys.stdout.writelines(f"{line}\n" for answered in outcomes.values() for line in _wrong(answered))
    return 0


def _table(figures: dict[str, AnsweringFigures]) -> Iterator[str]:
    names = [field.name for field in fields(AnsweringFigures)]
    width = max(map(len, names))
    yield " " * width + "".join(f"{name:>16}" for name in figures)
    for name in names:
        values = [getattr(one, name) for one in figures.values()]
        yield f"{name:<{width}}" + "".join(
            f"{value:>16.3f}" if name != "questions" else f"{value:>16}" for value in values
        )


def _wrong(outcomes: Sequence[Outcome]) -> Iterator[str]:
    return (outcome.described() for outcome in outcomes if not outcome.is_right)


if __name__ == "__main__":
    sys.exit(main())
