"""One ranking out of several."""

from collections.abc import Sequence

__all__ = ["reciprocal_rank_fusion"]


def reciprocal_rank_fusion(rankings: Sequence[Sequence[int]], *, rank_constant: int) -> list[tuple[int, float]]:
    """Fuse rankings of ids, each best first, into one of (id, score), best first.

    An id scores the sum over the rankings that hold it of ``1 / (rank_constant + rank)``, ranks from 1. Equal scores
    come by lower id. No rankings, or empty ones, give an empty list.

    Source: Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank learning
    methods", SIGIR 2009.
    """
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, identifier in enumerate(ranking, start=1):
            scores[identifier] = scores.get(identifier, 0.0) + 1.0 / (rank_constant + rank)
    return sorted(scores.items(), key=lambda scored: (-scored[1], scored[0]))
