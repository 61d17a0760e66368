"""The table of what was measured against what was asked for, and the page that shows how cost grows."""

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from importlib.metadata import version
from typing import Any

from rag.onnx_session import usable_cores
from tests.benchmarks.library.plot import log_plot

HEAD = ("what", "measured", "first bar", "aim", "")
SEARCH_MS = {10_000: (10.0, 3.0), 100_000: (25.0, 8.0), 1_000_000: (80.0, 25.0)}
LARGEST = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Row:
    """One figure; ``bar`` and ``aim`` are the most it may be, or the least where ``is_more_better``."""

    what: str
    value: float
    unit: str
    bar: float | None = None
    aim: float | None = None
    is_more_better: bool = False

    @property
    def cells(self) -> tuple[str, ...]:
        """What the table shows."""
        bounds = ("" if bound is None else _figure(bound, self.unit) for bound in (self.bar, self.aim))
        return (self.what, _figure(self.value, self.unit), *bounds, self.verdict)

    @property
    def verdict(self) -> str:
        """Whether the figure reaches what was asked for."""
        if self.bar is None or self.aim is None:
            return ""
        if self._reaches(self.aim):
            return "aim"
        return "bar" if self._reaches(self.bar) else "missed"

    def _reaches(self, bound: float) -> bool:
        return self.value >= bound if self.is_more_better else self.value <= bound


def size_rows(size: int, told: Mapping[str, Any]) -> list[Row]:
    """Return what was measured of one library."""
    at = f"at {size:,} passages"
    bar, aim = SEARCH_MS.get(size, (None, None))
    is_largest = size == LARGEST
    rows = [
        Row(what=f"search (dense, lexical, fused) {at}, median", value=told["hybrid_ms"], unit="ms", bar=bar, aim=aim),
        Row(what=f"  95th percentile {at}", value=told["hybrid_p95_ms"], unit="ms"),
        Row(what=f"  dense alone {at}", value=told["dense_ms"], unit="ms"),
        Row(what=f"  lexical alone {at}", value=told["lexical_ms"], unit="ms"),
        Row(
            what=f"recall@10 against exact {at}",
            value=told["recall"],
            unit="",
            is_more_better=True,
            **(_bounds(0.98, 0.995) if is_largest else {}),
        ),
        Row(
            what=f"memory of the open library {at}",
            value=told["memory_mb"],
            unit="MB",
            **(_bounds(1500, 600) if is_largest else {}),
        ),
        Row(
            what=f"open, ready to answer, {at}",
            value=told["open_s"],
            unit="s",
            **(_bounds(10, 2) if is_largest else {}),
        ),
        Row(
            what=f"`pullquote add` of 100 articles {at}",
            value=told["add_100_s"],
            unit="s",
            **(_bounds(10, 3) if is_largest else {}),
        ),
        Row(what=f"disk {at}", value=told["disk_mb"], unit="MB"),
    ]
    if told["build_s"] is not None:
        rows.append(Row(what=f"built from stored vectors {at}", value=told["build_s"], unit="s"))
    return rows


def page(rows: Sequence[Row], sizes: Mapping[int, Mapping[str, Any]], *, command: str) -> str:
    """Return a page that needs nothing beside it."""
    cells = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row.cells)}</tr>" for row in rows)
    head = "".join(f"<th>{escape(name)}</th>" for name in HEAD)
    versions = ", ".join(f"{one} {version(one)}" for one in ("pullquote", "faiss-cpu", "numpy", "onnxruntime"))
    return f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Pullquote: the library by size</title>
<style>body{{font:15px sans-serif;margin:2em auto;max-width:70em}}td,th{{padding:.2em .8em;text-align:left}}
tr:nth-child(even){{background:#f4f4f4}}</style>
<h1>The library by size</h1>
<p>{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.machine()}, {usable_cores()} cores, Python
{platform.python_version()}, {versions}; <code>{escape(command)}</code>. Synthetic passages with real words and vectors,
real questions, each asked three times.</p>
<table><tr>{head}</tr>{cells}</table>
<h2>How cost grows</h2>
{_plots(sizes)}
</html>
"""


def _plots(sizes: Mapping[int, Mapping[str, Any]]) -> str:
    def curve(name: str) -> list[tuple[float, float]]:
        return [(size, told[name]) for size, told in sorted(sizes.items()) if told[name]]

    times = {"all": "hybrid_ms", "dense": "dense_ms", "lexical": "lexical_ms"}
    plots = [
        log_plot("Search", x_label="passages", y_label="ms", curves={name: curve(key) for name, key in times.items()}),
        log_plot(
            "Memory and disk",
            x_label="passages",
            y_label="MB",
            curves={"memory": curve("memory_mb"), "disk": curve("disk_mb")},
        ),
        log_plot(
            "Opening and adding",
            x_label="passages",
            y_label="s",
            curves={"open": curve("open_s"), "add 100": curve("add_100_s")},
        ),
    ]
    return "\n".join(plots)


def _bounds(bar: float, aim: float) -> dict[str, float]:
    return {"bar": bar, "aim": aim}


def _figure(value: float, unit: str) -> str:
    digits = 3 if unit == "" else 0 if value >= 100 else 1
    return f"{value:,.{digits}f} {unit}".rstrip()
