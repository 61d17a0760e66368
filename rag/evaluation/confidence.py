"""How true a confidence is, and what it lets a person choose: pure functions over questions that were all answered.

Each question comes with the answer that stood first, shown whatever its confidence; an answer to a question that the
articles do not answer is wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.metrics import roc_auc_score

__all__ = [
    "ConfidenceFigures",
    "Forced",
    "OperatingFigures",
    "ReliabilityBin",
    "RiskPoint",
    "confidence_figures",
    "operating_figures",
]

FloatArray = npt.NDArray[np.float64]

BINS = 10
COVERAGES = tuple(round(0.1 * step, 1) for step in range(1, 11))


@dataclass(frozen=True, slots=True, kw_only=True)
class Forced:
    """What stood first for one question.

    Attributes:
        confidence: In [0, 1]; 0 where nothing stood first.
        f1: Token F1 with the expected answers; 0 where none is expected.
        is_right: Whether that is enough to call it right.
        is_answerable: Whether the articles say.
    """

    confidence: float
    f1: float
    is_right: bool
    is_answerable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliabilityBin:
    """The answers of one tenth of the scale: how sure they were on average, and how many of them were right."""

    count: int
    confidence: float
    share_right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskPoint:
    """The share of wrong answers among the surest ``coverage`` of all questions, and the confidence it ends at."""

    coverage: float
    risk: float
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceFigures:
    """What a set of forced answers says of their confidence.

    Attributes:
        auroc: How well it tells right from wrong; NaN where all are alike.
        calibration_error: Mean distance between confidence and share right, over ten bins of equal width.
            **Source:** Guo et al., "On calibration of modern neural networks", ICML 2017, equation 3.
        coverage_at_90: The largest share of all questions that can be answered, surest first, with 90 % right.
        coverage_at_95: The same with 95 %.
        reliability: The bins that hold an answer, least sure first.
        risk_coverage: From the surest tenth to all. **Source:** El-Yaniv and Wiener, "On the foundations of noise-free
            selective classification", JMLR 2010.
    """

    questions: int
    auroc: float
    calibration_error: float
    coverage_at_90: float
    coverage_at_95: float
    reliability: tuple[ReliabilityBin, ...]
    risk_coverage: tuple[RiskPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatingFigures:
    """What is shown and refused when nothing below ``min_confidence`` is shown.

    Attributes:
        f1: Mean token F1 over answerable questions; an abstention counts 0.
        coverage: Share of all questions that are answered.
        precision: Share of the answers shown that is right.
        refusal_precision: Share of the abstentions that is on questions the articles do not answer.
        refusal_recall: Share of the questions the articles do not answer that is abstained on.
    """

    min_confidence: float
    f1: float
    coverage: float
    precision: float
    refusal_precision: float
    refusal_recall: float


def confidence_figures(answers: Sequence[Forced]) -> ConfidenceFigures:
    """Return the figures of at least one answer."""
    sure = np.array([one.confidence for one in answers])
    right = np.array([one.is_right for one in answers], dtype=np.float64)
    bins = _reliability(sure, right)
    return ConfidenceFigures(
        questions=len(answers),
        auroc=float(roc_auc_score(right, sure)) if 0.0 < right.mean() < 1.0 else float("nan"),
        calibration_error=sum(one.count * abs(one.confidence - one.share_right) for one in bins) / len(answers),
        coverage_at_90=_coverage_at(0.90, sure, right),
        coverage_at_95=_coverage_at(0.95, sure, right),
        reliability=bins,
        risk_coverage=_risk_coverage(sure, right),
    )


def operating_figures(answers: Sequence[Forced], *, min_confidence: float) -> OperatingFigures:
    """Return the figures of an operating point; a share of nothing is NaN."""
    shown = [one for one in answers if one.confidence >= min_confidence]
    refused = [one for one in answers if one.confidence < min_confidence]
    return OperatingFigures(
        min_confidence=min_confidence,
        f1=_share([one.f1 * (one.confidence >= min_confidence) for one in answers if one.is_answerable]),
        coverage=len(shown) / len(answers),
        precision=_share([one.is_right for one in shown]),
        refusal_precision=_share([not one.is_answerable for one in refused]),
        refusal_recall=_share([one.confidence < min_confidence for one in answers if not one.is_answerable]),
    )


def _reliability(sure: FloatArray, right: FloatArray) -> tuple[ReliabilityBin, ...]:
    bin_of = np.minimum((sure * BINS).astype(int), BINS - 1)
    held = [bin_of == index for index in range(BINS) if (bin_of == index).any()]
    return tuple(
        ReliabilityBin(count=int(inside.sum()), confidence=sure[inside].mean(), share_right=right[inside].mean())
        for inside in held
    )


def _coverage_at(precision: float, sure: FloatArray, right: FloatArray) -> float:
    """Return how many answers, surest first, are precise enough, as a share; equal confidences stand together."""
    ordered, precisions = _surest_first(sure, right)
    is_cut = np.append(ordered[:-1] != ordered[1:], True)
    enough = np.flatnonzero(is_cut & (precisions >= precision))
    return float(enough[-1] + 1) / len(sure) if len(enough) else 0.0


def _risk_coverage(sure: FloatArray, right: FloatArray) -> tuple[RiskPoint, ...]:
    ordered, precisions = _surest_first(sure, right)
    lasts = [(share, max(1, round(share * len(sure))) - 1) for share in COVERAGES]
    return tuple(
        RiskPoint(coverage=share, risk=float(1.0 - precisions[last]), confidence=float(ordered[last]))
        for share, last in lasts
    )


def _surest_first(sure: FloatArray, right: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the confidences in falling order, and how many of the answers down to each of them are right."""
    order = np.argsort(-sure, kind="stable")
    return sure[order], np.cumsum(right[order]) / np.arange(1, len(order) + 1)


def _share(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else float("nan")
