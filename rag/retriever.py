"""Query to passages: dense and lexical search over one library, fused."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.articles import ArticleFilter, StoredPassage
from rag.fusion import weighted_fusion
from rag.near_copies import Fingerprint, fingerprint
from vectorstore.articles import Hit, Vectors
from vectorstore.protocols import Library

__all__ = ["DEEPEST", "HybridRetriever", "RetrievedPassage"]

DEEPEST = 1_600
"""Each search goes no deeper than about this for passages that are no copies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievedPassage:
    """A passage with what each search said of it; rank 1 is best, None means that the search did not put it forward.

    Attributes:
        score: Fused; comparable within one retrieval.
        dense_score: Cosine similarity to the query.
    """

    passage: StoredPassage
    score: float
    dense_rank: int | None
    dense_score: float | None
    lexical_rank: int | None


class HybridRetriever:
    """Finds passages by meaning and by words."""

    def __init__(self, library: Library, *, candidates: int, dense_weight: float) -> None:
        self._library = library
        self._candidates = candidates
        self._dense_weight = dense_weight

    def retrieve(
        self, query: str, vector: Vectors, *, top_k: int, article_filter: ArticleFilter | None = None
    ) -> list[RetrievedPassage]:
        """Return up to ``top_k`` passages, best first; of near-copies of one text only the best.

        Args:
            query: For the lexical search.
            vector: The encoded query, shape (dimension,), for the dense search.
            top_k: How many come back when that many exist.
            article_filter: Acts before the cut.
        """
        depth = max(self._candidates, top_k)
        while True:
            dense = self._library.search_dense(vector, top_k=depth, article_filter=article_filter)
            lexical = self._library.search_lexical(query, top_k=depth, article_filter=article_filter)
            fused = weighted_fusion(dense, lexical, dense_weight=self._dense_weight)
            passages = self._apart([found for found, _ in fused], top_k=top_k)
            is_all = max(len(dense), len(lexical)) < depth
            if len(passages) == top_k or is_all or depth >= DEEPEST:
                break
            depth *= 4  # Copies of one text took the places of others.
        dense_ranks, lexical_ranks = _ranked(dense), _ranked(lexical)
        unranked = (None, None)
        return [
            RetrievedPassage(
                passage=passages[identifier],
                score=score,
                dense_rank=dense_ranks.get(identifier, unranked)[0],
                dense_score=dense_ranks.get(identifier, unranked)[1],
                lexical_rank=lexical_ranks.get(identifier, unranked)[0],
            )
            for identifier, score in fused
            if identifier in passages
        ]

    def _apart(self, passage_ids: Sequence[int], *, top_k: int) -> dict[int, StoredPassage]:
        """Return the first ``top_k`` passages, by id, of those that add something to the ones before them.

        Otherwise ten copies of one wire story would leave no room for what else was reported.
        """
        kept: list[tuple[StoredPassage, Fingerprint]] = []
        for at in range(0, len(passage_ids), top_k):
            for passage in self._library.passages(passage_ids[at : at + top_k]):
                own = fingerprint(passage.text)
                if not any(own.adds_nothing_to(other) for one, other in kept if one.article_id != passage.article_id):
                    kept.append((passage, own))
            if len(kept) >= top_k:
                break
        return {passage.id: passage for passage, _ in kept[:top_k]}


def _ranked(hits: list[Hit]) -> dict[int, tuple[int, float]]:
    """Return passage id to (rank from 1, score)."""
    return {hit.passage_id: (rank, hit.score) for rank, hit in enumerate(hits, start=1)}
