"""``pullquote eval``."""

from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from rag.evaluation.comparison import compare
from rag.evaluation.page import write_page
from rag.evaluation.question_sets import Fault
from rag.evaluation.report import load_report
from rag.evaluation.run import Evaluation, open_evaluation
from tui.evaluation_tables import print_comparison, print_report
from tui.exit_codes import ExitCode
from tui.printing import line, print_json

__all__ = ["run_comparison", "run_eval"]

TOLD_EVERY = 50
"""Where stderr is no terminal and shows no bar, a line stands for so many questions."""


def run_eval(
    questions: list[Path],
    directory: Path | None,
    *,
    articles: list[Path],
    out: Path | None,
    html: Path | None,
    is_json: bool,
) -> ExitCode:
    """Ask question sets and report; what was left out stands on stderr, and in the exit code."""
    with open_evaluation(questions, directory=directory, articles=articles, out=out) as evaluation:
        is_whole = _watched(evaluation)
        evaluation.save()
        report = evaluation.report()
    _tell(report.faults)
    if html is not None:
        write_page(report, html)
    if is_json:
        print_json(report.as_json())
    else:
        print_report(report)
    if not is_whole:
        return ExitCode.INTERRUPTED
    return ExitCode.USAGE if report.faults else ExitCode.ANSWERED


def run_comparison(before: Path, after: Path, *, is_json: bool) -> ExitCode:
    """Compare two reports of the same questions."""
    comparison = compare(load_report(before), load_report(after))
    if is_json:
        print_json(comparison.as_json())
    else:
        print_comparison(comparison)
    return ExitCode.ANSWERED


def _watched(evaluation: Evaluation) -> bool:
    """Show progress on stderr; return False where it was interrupted, with what was asked by then kept."""
    console = _stderr()
    columns = (TextColumn("Asking questions"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=evaluation.total, completed=len(evaluation.asked))
        try:
            for _ in evaluation.run():
                progress.advance(task)
                if not console.is_terminal and len(evaluation.asked) % TOLD_EVERY == 0:
                    console.print(line(f"Asked {len(evaluation.asked):,} of {evaluation.total:,} questions."))
        except KeyboardInterrupt:
            return False
    return True


def _tell(faults: Iterable[Fault]) -> None:
    console = _stderr()
    for fault in faults:
        console.print(line(("left out ", "bold red"), f"{fault}."))


def _stderr() -> Console:
    return Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)
