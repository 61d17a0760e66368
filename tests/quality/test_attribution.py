"""Who says so and how firmly, on sentences labelled by hand. The rules were developed on the first half."""

from pathlib import Path

import pytest

from rag.evaluation.statements import figures_of_statements, load_statements

LABELLED = load_statements(Path(__file__).parent.parent / "questions" / "statements.jsonl")
MIDDLE = (len(LABELLED) + 1) // 2


@pytest.mark.parametrize(
    ("half", "f1", "hedge_accuracy", "denied_as_stated"),
    [
        pytest.param(LABELLED[:MIDDLE], 0.95, 0.97, 0, id="developed on"),
        pytest.param(LABELLED[MIDDLE:], 0.82, 0.85, 3, id="held out"),
    ],
)
def test_speakers_and_hedges_reach_the_floors(half, f1, hedge_accuracy, denied_as_stated):
    """Measured on 2026-11-23: F1 .979 and .848, hedge accuracy 1 and .876, no denial taken for a statement and 3."""
    figures = figures_of_statements(half)
    assert figures.f1 >= f1, figures
    assert figures.hedge_accuracy >= hedge_accuracy, figures
    assert figures.denied_as_stated <= denied_as_stated, figures
