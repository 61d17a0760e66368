"""Hits nearest to a vector, each with its exact score."""

import numpy as np
import numpy.typing as npt

from vectorstore.articles import BoolArray, Hit, Vectors
from vectorstore.changes import stored_vectors
from vectorstore.database import Connection
from vectorstore.dense_index import DenseIndex
from vectorstore.index_kinds import IndexKind

__all__ = ["CANDIDATES_PER_HIT", "MORE_CANDIDATES", "inner_products", "nearest_exactly", "nearest_hits"]

CANDIDATES_PER_HIT = 2
MORE_CANDIDATES = 200
"""So many candidates of a compact index are compared again for so many hits, and so many more, which matter where few
hits are wanted. Source: docs/decisions/016."""


def nearest_hits(
    connection: Connection, index: DenseIndex, vector: Vectors, *, top_k: int, allowed: BoolArray | None
) -> list[Hit]:
    """Return the nearest of the ids that are flagged (``None``: all), best first; equal scores by lower id.

    Of an exact index these are exactly the nearest; of another, scores are exact and a hit may be missing.
    """
    if top_k == 0:
        return []
    if index.kind is IndexKind.EXACT:
        return nearest_exactly(index, vector, top_k=top_k, allowed=allowed)
    reach = CANDIDATES_PER_HIT * top_k + MORE_CANDIDATES
    if allowed is not None and np.count_nonzero(allowed) <= reach:
        return _scored(connection, np.flatnonzero(allowed), vector)[:top_k]
    ids, _ = index.nearest(vector, top_k=reach, allowed=allowed)
    return _scored(connection, ids, vector)[:top_k]


def inner_products(vectors: Vectors, vector: Vectors) -> npt.NDArray[np.float32]:
    """Return the inner product of each row, shape (n, dimension), with one vector: shape (n,).

    Each depends on the two vectors alone, not on where a row stands, as it would in a product of matrices.
    """
    products: npt.NDArray[np.float32] = (vectors * vector).sum(axis=1)
    return products


def nearest_exactly(index: DenseIndex, vector: Vectors, *, top_k: int, allowed: BoolArray | None) -> list[Hit]:
    """Return the nearest of the flagged ids in an exact index, best first; equal scores by lower id."""
    count = len(index) if allowed is None else min(len(index), int(np.count_nonzero(allowed)))
    wanted = min(top_k, count)
    if wanted == 0:
        return []
    # FAISS chooses freely among equals at the cut: look past it until the tie ends.
    reach = min(wanted + 1, count)
    ids, scores = index.nearest(vector, top_k=reach, allowed=allowed)
    while ids.size == reach < count and scores[wanted - 1] == scores[reach - 1]:
        reach = min(2 * reach, count)
        ids, scores = index.nearest(vector, top_k=reach, allowed=allowed)
    return _ranked(ids, scores)[:wanted]


def _scored(connection: Connection, ids: npt.NDArray[np.int64], vector: Vectors) -> list[Hit]:
    """Return hits on all of these passages, scored from their stored vectors, best first."""
    found, vectors = stored_vectors(connection, ids, dimension=vector.size)
    return _ranked(found, inner_products(vectors, vector))


def _ranked(ids: npt.NDArray[np.int64], scores: npt.NDArray[np.float32]) -> list[Hit]:
    order = np.lexsort((ids, -scores))
    return [Hit(int(ids[at]), float(scores[at])) for at in order]
