"""One ranking out of several."""

from collections.abc import Sequence

from vectorstore.articles import Hit

__all__ = ["reciprocal_rank_fusion", "weighted_fusion"]


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


def weighted_fusion(dense: Sequence[Hit], lexical: Sequence[Hit], *, dense_weight: float) -> list[tuple[int, float]]:
    """Fuse cosines and BM25 scores, each best first, into one ranking of (id, score), best first.

    A passage scores ``dense_weight`` times its cosine, and the rest times its BM25 score over the best one. A passage
    that only the lexical search put forward counts with the least cosine of the others, since its own is no higher;
    one that only the dense search put forward, with no BM25 score. Equal scores come by lower id.

    Source: Bruch, Gai and Ingber, "An analysis of fusion functions for hybrid retrieval", ACM TOIS 2023; theirs scales
    the cosines of each query too, which found no better here (docs/decisions/017).
    """
    cosines = {hit.passage_id: hit.score for hit in dense}
    words = {hit.passage_id: hit.score / lexical[0].score for hit in lexical if hit.score > 0.0}
    least = min(cosines.values(), default=0.0)
    scores = {
        found: dense_weight * cosines.get(found, least) + (1.0 - dense_weight) * words.get(found, 0.0)
        for found in {*cosines, *(hit.passage_id for hit in lexical)}
    }
    return sorted(scores.items(), key=lambda scored: (-scored[1], scored[0]))
