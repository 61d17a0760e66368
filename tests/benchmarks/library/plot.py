"""One plot of curves over powers of ten, as SVG that stands inside a page."""

import math
from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT = 520, 320
LEFT, RIGHT, TOP, BOTTOM = 64, 120, 30, 44
COLOURS = ("#0b6e99", "#c4511b", "#4a7c2a", "#7a4aa0", "#555555")

Points = Sequence[tuple[float, float]]


def log_plot(title: str, *, x_label: str, y_label: str, curves: Mapping[str, Points]) -> str:
    """Draw each curve through its points, which must be positive, with both axes in powers of ten."""
    points = [point for curve in curves.values() for point in curve]
    x_low, x_high = _decades([x for x, _ in points])
    y_low, y_high = _decades([y for _, y in points])

    def place(x: float, y: float) -> tuple[float, float]:
        across = (math.log10(x) - x_low) / (x_high - x_low)
        up = (math.log10(y) - y_low) / (y_high - y_low)
        return LEFT + (WIDTH - LEFT - RIGHT) * across, HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * up

    shapes = [_text(LEFT, 16, y_label), _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, x_label, anchor="middle")]
    for decade in range(x_low, x_high + 1):
        x, y = place(10.0**decade, 10.0**y_low)
        shapes.append(_text(x, y + 18, f"{10.0**decade:,.0f}", anchor="middle"))
    for decade in range(y_low, y_high + 1):
        x, y = place(10.0**x_low, 10.0**decade)
        shapes.append(f'<line x1="{x}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="#ddd"/>')
        shapes.append(_text(x - 6, y + 4, f"{10.0**decade:,g}", anchor="end"))
    for colour, (name, curve) in zip(COLOURS, curves.items(), strict=False):
        shapes += _curve(name, [place(x, y) for x, y in curve], colour)
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" role="img" aria-label="{escape(title)}"'
        f' xmlns="http://www.w3.org/2000/svg" font-family="sans-serif" font-size="12">{"".join(shapes)}</svg>'
    )


def _curve(name: str, places: Points, colour: str) -> list[str]:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
    x, y = places[-1]
    line = f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    return [line, *dots, _text(x + 8, y + 4, name, colour=colour)]


def _decades(values: Sequence[float]) -> tuple[int, int]:
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def _text(x: float, y: float, text: str, *, anchor: str = "start", colour: str = "#222") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'
