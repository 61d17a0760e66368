"""Times two things in turn, A B A B …, so that a machine whose speed drifts drifts for both."""

import statistics
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the report."""

    what: str
    ours: str
    other: str = ""
    ratio: str = ""


def alternate(
    ours: Callable[[], object], other: Callable[[], object], *, rounds: int
) -> tuple[list[float], list[float]]:
    """Return the seconds of each round of both, after one of each that does not count."""
    ours(), other()
    pairs = [(seconds(ours), seconds(other)) for _ in range(rounds)]
    return [first for first, _ in pairs], [second for _, second in pairs]


def seconds(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def command(arguments: Sequence[object]) -> Callable[[], object]:
    """Return a call that runs a whole process and fails if it does."""
    return lambda: subprocess.run([*map(str, arguments)], capture_output=True, check=True)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share of the values lies."""
    return sorted(values)[min(int(share * len(values)), len(values) - 1)]


def compared(what: str, ours: Sequence[float], other: Sequence[float], *, named: str) -> Row:
    """Return a row with the medians of both and the median of their ratios, pair by pair."""
    ratio = statistics.median(second / first for first, second in zip(ours, other, strict=True))
    return Row(
        what,
        f"{statistics.median(ours) * 1000:,.0f} ms",
        f"{statistics.median(other) * 1000:,.0f} ms ({named})",
        f"{ratio:.1f}x",
    )


def print_rows(rows: Iterable[Row]) -> None:
    """Print a table, each line as soon as it is measured."""
    print(f"{'what':<58} {'ours':>14}  {'beside':<48} ratio")
    for row in rows:
        print(f"{row.what:<58} {row.ours:>14}  {row.other:<48} {row.ratio}", flush=True)
