"""How long answers took, and where the time went."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rag.evaluation.asking import AskedQuestion

__all__ = ["STAGES", "Percentiles", "latency_of"]

STAGES = ("encode", "search", "read", "total")
"""As ``rag.answers.Timings`` names them; the total holds what lies between and after the others, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Percentiles:
    """Milliseconds: the mean, and what half, 95 % and 99 % of the questions stay below, interpolated linearly."""

    mean: float
    p50: float
    p95: float
    p99: float


def latency_of(asked: Sequence[AskedQuestion]) -> dict[str, Percentiles]:
    """Return the times of at least one question, by stage."""
    return {stage: _percentiles([one.answer["trace"]["timings_ms"][stage] for one in asked]) for stage in STAGES}


def _percentiles(times_ms: Sequence[float]) -> Percentiles:
    p50, p95, p99 = np.percentile(times_ms, [50, 95, 99])
    return Percentiles(mean=float(np.mean(times_ms)), p50=float(p50), p95=float(p95), p99=float(p99))
