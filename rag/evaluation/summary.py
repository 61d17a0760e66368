"""Everything that is measured of a run, gathered: all questions, each set, each type, each way of typing."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.evaluation.answering import AnsweringFigures, figures_of
from rag.evaluation.asking import AskedQuestion
from rag.evaluation.confidence import ConfidenceFigures, Forced, confidence_figures
from rag.evaluation.latency import Percentiles, latency_of
from rag.evaluation.losses import Step, step_lost
from rag.evaluation.metrics import RIGHT_F1

__all__ = ["Summary", "summary_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a run says of the product.

    Attributes:
        confidence: Of what stood first for each question, shown or not.
        softmax: The same with the reader's own softmax in place of the fitted confidence, to stand beside it.
        lost: How many answerable questions got how far.
    """

    all: AnsweringFigures
    by_set: dict[str, AnsweringFigures]
    by_type: dict[str, AnsweringFigures]
    by_typed: dict[str, AnsweringFigures]
    confidence: ConfidenceFigures
    softmax: ConfidenceFigures
    lost: dict[Step, int]
    latency_ms: dict[str, Percentiles]


def summary_of(asked: Sequence[AskedQuestion]) -> Summary:
    """Return what at least one question says."""
    steps = Counter(step_lost(one) for one in asked if one.expected.is_answerable)
    return Summary(
        all=figures_of(asked),
        by_set=_by(asked, lambda one: one.set),
        by_type=_by(asked, lambda one: one.expected.type),
        by_typed=_by(asked, lambda one: one.expected.typed),
        confidence=confidence_figures([_forced(one, one.first_f1, one.confidence) for one in asked]),
        softmax=confidence_figures([_by_softmax(one) for one in asked]),
        lost={step: steps[step] for step in Step},
        latency_ms=latency_of(asked),
    )


def _by(asked: Sequence[AskedQuestion], name_of: Callable[[AskedQuestion], str]) -> dict[str, AnsweringFigures]:
    groups: dict[str, list[AskedQuestion]] = defaultdict(list)
    for one in asked:
        groups[name_of(one)].append(one)
    return {name: figures_of(group) for name, group in sorted(groups.items())}


def _by_softmax(asked: AskedQuestion) -> Forced:
    """Return the span with the largest margin over null, with the softmax of the two."""
    best = asked.best_read
    if best is None or best.margin is None:
        return _forced(asked, 0.0, 0.0)
    return _forced(asked, best.f1, 1.0 / (1.0 + math.exp(-min(max(best.margin, -50.0), 50.0))))


def _forced(asked: AskedQuestion, f1: float, confidence: float) -> Forced:
    return Forced(confidence=confidence, f1=f1, is_right=f1 >= RIGHT_F1, is_answerable=asked.expected.is_answerable)
