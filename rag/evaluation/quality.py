"""Measures the product on every question set there is and writes docs/quality.md: ``python -m rag.evaluation.quality``.

The project's own sets are asked of the articles they were written for; data sets of contexts with questions are laid
out as libraries, one article a title. Each run leaves its report and its page in a folder.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rag.errors import PullquoteError
from rag.evaluation.page import write_page
from rag.evaluation.question_sets import ExpectedAnswer
from rag.evaluation.report import Report, load_report
from rag.evaluation.run import open_evaluation
from rag.evaluation.squad_data import read_contexts
from rag.evaluation.squad_library import write_library
from rag.evaluation.tables import Table, headline, tables_of

__all__ = ["OWN_RUNS", "QualityRun", "main", "markdown_of", "measure", "write_data_run"]

QUESTIONS_A_DATA_SET = 1000
"""Spread evenly over a data set: the interval around a share of one half is then 3 points to each side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRun:
    """Question sets, and the articles that they are asked of; ``told`` says in words where the two come from."""

    name: str
    questions: tuple[Path, ...]
    articles: tuple[Path, ...]
    told: str


def _own_run(name: str, sets: Sequence[str], articles: Sequence[Path]) -> QualityRun:
    questions = tuple(Path("tests/questions") / f"{one}.jsonl" for one in sets)
    named = " ".join(f"--articles {path}" for path in articles)
    told = f"`pullquote eval {' '.join(map(str, questions))} {named}`"
    return QualityRun(name=name, questions=questions, articles=tuple(articles), told=told)


NEWS_SETS = ("politics", "economy", "sport-weather", "science-courts", "near-misses", "dialogues")

OWN_RUNS = (
    _own_run("sample", ["truce"], [Path("seeds")]),
    _own_run("news", NEWS_SETS, [Path("seeds"), Path("tests/library")]),
)
"""The project's own sets; paths from the root of the repository."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    options.reports.mkdir(parents=True, exist_ok=True)
    try:
        data = sorted(options.data.glob("dev-*.jsonl.gz")) if options.data is not None else []
        runs = [*OWN_RUNS, *(write_data_run(path, options.reports, limit=options.limit) for path in data)]
        reports = [(run, measure(run, options.reports)) for run in runs]
    except PullquoteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    options.out.write_text(markdown_of(reports), encoding="utf-8")
    return 0


def measure(run: QualityRun, folder: Path) -> Report:
    """Ask the questions of a run, and write its report and page into a folder.

    A partial report there is gone on from; a whole one becomes ``NAME.before.json``, to be compared with.
    """
    out = folder / f"{run.name}.json"
    if out.exists() and not load_report(out).is_partial:
        out.replace(folder / f"{run.name}.before.json")
    with open_evaluation(run.questions, directory=None, articles=run.articles, out=out) as evaluation:
        for number, _ in enumerate(evaluation.run(), start=1):
            if number % 100 == 0:
                sys.stderr.write(f"{run.name}: {len(evaluation.asked):,} of {evaluation.total:,}\n")
        evaluation.save()
        report = evaluation.report()
    write_page(report, out.with_suffix(".html"))
    return report


def write_data_run(path: Path, folder: Path, *, limit: int) -> QualityRun:
    """Lay a data set of contexts out as articles with a question set, of at most so many questions, in the folder."""
    name = path.name.removesuffix(".jsonl.gz")
    articles, questions = folder / name, folder / f"{name}.jsonl"
    shutil.rmtree(articles, ignore_errors=True)
    expected = write_library(read_contexts([path]), articles)
    chosen = expected[:: max(1, -(-len(expected) // limit))]
    questions.write_text("".join(f"{_line(one)}\n" for one in chosen), encoding="utf-8")
    command = f"`pullquote eval {_relative(questions)} --articles {_relative(articles)}`"
    told = f"{command}: {len(chosen):,} of the {len(expected):,} questions of {path.name}, laid out so by `make eval`"
    return QualityRun(name=name, questions=(questions,), articles=(articles,), told=told)


def markdown_of(reports: Sequence[tuple[QualityRun, Report]]) -> str:
    """Return docs/quality.md: figures with their intervals, when and how they were measured."""
    lines = [
        "# How good the answers are",
        "",
        "<!-- Written by `make eval`. docs/evaluation.md defines each figure. -->",
    ]
    for run, report in reports:
        machine = report.conditions.machine
        models = ", ".join(f"{model} `{digest[:12]}`" for model, digest in report.conditions.models.items())
        lines += ["", f"## {run.name}", "", f"{run.told}. {' '.join(headline(report))}", ""]
        lines += [f"{machine['processor']}, {machine['cores']} cores. {models}.", ""]
        lines += [line for table in tables_of(report) for line in _drawn(table)]
    return "\n".join(lines).rstrip() + "\n"


def _drawn(table: Table) -> Iterator[str]:
    yield from (f"**{table.title}**", "")
    yield f"| {' | '.join(table.columns)} |"
    yield f"|---|{'---:|' * (len(table.columns) - 1)}"
    yield from (f"| {' | '.join(row)} |" for row in table.rows)
    yield ""


def _relative(path: Path) -> Path:
    """Return the path as it is named from here; another machine has other folders above."""
    return path.absolute().relative_to(Path.cwd()) if path.absolute().is_relative_to(Path.cwd()) else path


def _line(question: ExpectedAnswer) -> str:
    told = {name: value for name, value in asdict(question).items() if value}
    return json.dumps({**told, "answers": question.answers, "answerable": question.is_answerable}, ensure_ascii=False)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m rag.evaluation.quality", description="Measure every question set.")
    parser.add_argument("--reports", type=Path, default=Path("build/eval"), help="folder of reports and pages")
    parser.add_argument("--data", type=Path, help="folder of dev-*.jsonl.gz files; left out where there is none")
    parser.add_argument("--limit", type=int, default=QUESTIONS_A_DATA_SET, help="questions asked of each data set")
    parser.add_argument("--out", type=Path, default=Path("docs/quality.md"))
    return parser


if __name__ == "__main__":
    sys.exit(main())
