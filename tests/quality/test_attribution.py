"""Who says so and how firmly, on sentences labelled by hand. The rules were developed on the first half."""

from pathlib import Path

import pytest

from rag.evaluation.statements import LabelledSpan, figures_of_statements, load_statements

FIRST, SECOND = "statements.jsonl", "statements-more.jsonl"
QUESTIONS = Path(__file__).parent.parent / "questions"


def half(file: str, number: int) -> list[LabelledSpan]:
    labelled = load_statements(QUESTIONS / file)
    middle = (len(labelled) + 1) // 2
    return (labelled[:middle], labelled[middle:])[number]


@pytest.mark.parametrize(
    ("labelled", "f1", "hedge_accuracy", "denied_as_stated"),
    [
        pytest.param([*half(FIRST, 0), *half(SECOND, 0)], 0.95, 0.97, 0, id="developed on"),
        pytest.param([*half(FIRST, 1), *half(SECOND, 1)], 0.85, 0.89, 3, id="held out"),
    ],
)
def test_speakers_and_hedges_reach_the_floors(labelled, f1, hedge_accuracy, denied_as_stated):
    """Measured on 2026-11-23: F1 .986 and .876, hedge accuracy .994 and .903, no denial taken for a statement and 3."""
    figures = figures_of_statements(labelled)
    assert figures.f1 >= f1, figures
    assert figures.hedge_accuracy >= hedge_accuracy, figures
    assert figures.denied_as_stated <= denied_as_stated, figures
