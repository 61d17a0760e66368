"""Plots as SVG that stands inside a page: numbers to shapes, coloured by the page's own style sheet."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from rag.evaluation.asking import AskedQuestion
from rag.evaluation.confidence import ConfidenceFigures
from rag.evaluation.latency import STAGES
from rag.evaluation.losses import Step

__all__ = ["latency_plot", "losses_plot", "reliability_plot", "risk_coverage_plot"]

WIDTH, HEIGHT = 360, 260
LEFT, RIGHT, TOP, BOTTOM = 34, 12, 26, 40
TICKS = 5

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Axes from 0 to a largest value, and where a point of theirs stands in the picture."""

    x_label: str
    y_label: str
    x_most: float = 1.0
    y_most: float = 1.0

    def x(self, value: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * min(value / self.x_most, 1.0)

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(value / self.y_most, 1.0)

    def drawn(self, title: str, shapes: Iterable[str]) -> str:
        """Return the whole picture."""
        return _picture(title, [*self._axes(), *shapes], height=HEIGHT)

    def _axes(self) -> list[str]:
        lines = []
        for tick in range(TICKS + 1):
            x, y = self.x_most * tick / TICKS, self.y_most * tick / TICKS
            lines.append(_line([(self.x(0), self.y(y)), (self.x(self.x_most), self.y(y))], "grid"))
            lines.append(_text(self.x(x), HEIGHT - BOTTOM + 14, f"{x:g}", "middle"))
            lines.append(_text(LEFT - 5, self.y(y) + 4, f"{y:g}", "end"))
        lines.append(_text((LEFT + WIDTH) / 2, HEIGHT - 6, self.x_label, "middle"))
        lines.append(_text(4, 12, self.y_label, "start"))
        return lines

    def path(self, points: Points, style: str) -> str:
        return _line([(self.x(x), self.y(y)) for x, y in points], style)


def reliability_plot(figures: ConfidenceFigures) -> str:
    """Draw how sure answers were against how many were right; a circle's area is the share of the answers."""
    frame = _Frame("confidence", "share right")
    circles = [
        f'<circle class="first" cx="{frame.x(one.confidence):.1f}" cy="{frame.y(one.share_right):.1f}"'
        f' r="{2 + 16 * math.sqrt(one.count / figures.questions):.1f}"><title>{one.count} answers,'
        f" {one.confidence:.2f} sure, {one.share_right:.2f} right</title></circle>"
        for one in figures.reliability
    ]
    return frame.drawn("Reliability", [frame.path([(0, 0), (1, 1)], "ideal"), *circles])


def risk_coverage_plot(fitted: ConfidenceFigures, softmax: ConfidenceFigures) -> str:
    """Draw the share of wrong answers among the surest, by the fitted confidence and by the reader's softmax."""
    frame = _Frame("share of questions answered, surest first", "share wrong")
    curves = {"fitted": fitted, "reader's softmax": softmax}
    points = {name: [(one.coverage, one.risk) for one in figures.risk_coverage] for name, figures in curves.items()}
    return frame.drawn("Risk and coverage", _curves(frame, points))


def latency_plot(asked: Sequence[AskedQuestion]) -> str:
    """Draw, for each stage, the share of questions that it took no longer than so many milliseconds."""
    shares = np.arange(0, 100) / 100
    times = {
        stage: np.percentile([one.answer["trace"]["timings_ms"][stage] for one in asked], 100 * shares)
        for stage in STAGES
    }
    most = max(float(np.max(row)) for row in times.values())
    step = 10 ** math.floor(math.log10(max(most, 1e-3)))
    frame = _Frame("ms", "share of questions", x_most=step * math.ceil(most / step) or 1.0)
    curves = {stage: list(zip(row.tolist(), shares.tolist(), strict=True)) for stage, row in times.items()}
    return frame.drawn("Latency", _curves(frame, curves))


def losses_plot(lost: Mapping[Step, int]) -> str:
    """Draw a bar for each step, as long as the share of the answerable questions that got no further."""
    total = sum(lost.values()) or 1
    shapes = []
    for row, (step, count) in enumerate(lost.items()):
        top = 40 * row + 4
        length = (WIDTH - 2 * RIGHT) * count / total
        style = "good" if step is Step.SHOWN else "first"
        shapes.append(_text(RIGHT, top + 10, f"{step.value}: {count} ({count / total:.0%})", "start"))
        shapes.append(f'<rect class="{style}" x="{RIGHT}" y="{top + 15}" width="{max(length, 1):.1f}" height="14"/>')
    return _picture("Where answers are lost", shapes, height=4 + 40 * len(lost))


def _curves(frame: _Frame, curves: Mapping[str, Points]) -> list[str]:
    styles = ("first", "second", "third", "fourth")
    shapes = []
    for number, ((name, points), style) in enumerate(zip(curves.items(), styles, strict=False)):
        shapes.append(frame.path(points, style))
        shapes.append(_text(WIDTH - RIGHT, HEIGHT - BOTTOM - 8 - 14 * number, name, "end", style=style))
    return shapes


def _picture(title: str, shapes: Iterable[str], *, height: int) -> str:
    return f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">{"".join(shapes)}</svg>'


def _line(points: Points, style: str) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline class="line {style}" points="{path}"/>'


def _text(x: float, y: float, text: str, anchor: str, *, style: str = "") -> str:
    return f'<text class="{style}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
