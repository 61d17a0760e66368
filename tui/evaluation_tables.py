"""How an evaluation looks on a terminal: a headline, tables, and the questions that changed."""

import sys
from collections.abc import Iterator

from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from rag.evaluation.comparison import Change, Comparison
from rag.evaluation.report import Report
from rag.evaluation.tables import Table, headline, tables_of
from tui.printing import line

__all__ = ["print_comparison", "print_report"]

WIDTH_IN_A_PIPE = 200


def print_report(report: Report) -> None:
    """Print a report: what was asked, and every table."""
    console = _console()
    for sentence in headline(report):
        console.print(line((sentence, "bold red" if sentence.startswith("PARTIAL") else "")))
    for table in tables_of(report):
        console.print()
        console.print(_drawn(table))


def print_comparison(comparison: Comparison) -> None:
    """Print a comparison: what differs, the paired differences, and every question that changed."""
    console = _console()
    for text in _compared(comparison):
        console.print(text)


def _compared(comparison: Comparison) -> Iterator[Text | RichTable]:
    yield line(f"{comparison.questions:,} questions are in both reports, {comparison.left_out:,} in one only.")
    yield line(f"Changed conditions: {', '.join(comparison.conditions) or 'none'}.")
    rows = [
        (
            one.measure,
            f"{one.before:.3f}",
            f"{one.after:.3f}",
            f"{one.difference.mean:+.3f} [{one.difference.low:+.3f}, {one.difference.high:+.3f}]",
        )
        for one in comparison.measures
    ]
    columns = ("", "before", "after", "difference with 95 % interval")
    yield _drawn(Table(title="Paired differences", columns=columns, rows=tuple(rows)))
    counts = f"{comparison.became_right} became right, {comparison.became_wrong} became wrong"
    yield line(f"{counts}; McNemar's exact test: p = {comparison.p_value:.3g}.")
    yield from map(_changed, comparison.changed)


def _changed(change: Change) -> Text:
    marks = {(False, True): ("+ ", "green"), (True, False): ("- ", "red")}
    wanted = " | ".join(change.wanted) or "(nothing)"
    words = f"{change.before or '(nothing)'} -> {change.after or '(nothing)'}, wanted {wanted}"
    mark = marks.get((change.was_right, change.is_right), "  ")
    return line(mark, (change.id, "bold"), f" {change.question} {words}".replace("\n", " "))


def _drawn(table: Table) -> RichTable:
    drawn = RichTable(title=table.title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for number, column in enumerate(table.columns):
        drawn.add_column(line(column), justify="right" if number else "left")
    for row in table.rows:
        drawn.add_row(*map(line, row))
    return drawn


def _console() -> Console:
    width = None if sys.stdout.isatty() else WIDTH_IN_A_PIPE
    return Console(highlight=False, markup=False, emoji=False, width=width)
