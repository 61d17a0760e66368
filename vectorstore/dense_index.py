"""The one door to FAISS: vectors by passage id, searched exactly by inner product."""

import os
from typing import BinaryIO

import faiss
import numpy as np
import numpy.typing as npt

from vectorstore.articles import Hit, Vectors
from vectorstore.index_files import ByteSink

__all__ = ["METRIC", "DenseIndex"]

METRIC = "inner_product"


class DenseIndex:
    """Vectors of passages in memory; guard it with a lock, for a change must not meet a search.

    A score depends on the two vectors alone, never on where they stand in the index: equal vectors have equal scores
    to the last bit.
    """

    def __init__(self, dimension: int) -> None:
        self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))

    @property
    def kind(self) -> str:
        """What kind of index it is, in the words of ``faiss.index_factory``."""
        return "Flat"

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @classmethod
    def load(cls, file: BinaryIO, *, dimension: int) -> "DenseIndex":
        """Read what ``save`` wrote; the caller has verified that nobody else wrote it.

        Raises:
            ValueError: It is not an index of this kind and dimension.
        """
        faiss.set_deserialization_vector_byte_limit(os.fstat(file.fileno()).st_size)
        try:
            index = faiss.read_index(faiss.PyCallbackIOReader(file.read))  # type: ignore[attr-defined]
        except RuntimeError as error:
            raise ValueError("FAISS cannot read it") from error
        if not isinstance(index, faiss.IndexIDMap2) or not _is_exact(index):
            raise ValueError("it is another kind of index")
        if index.d != dimension:
            raise ValueError(f"its dimension is {index.d}, not {dimension}")
        loaded = cls(dimension)
        loaded._index = index
        return loaded

    def save(self, file: ByteSink) -> None:
        """Write the index to a file."""
        faiss.write_index(self._index, faiss.PyCallbackIOWriter(file.write))  # type: ignore[attr-defined]

    def add(self, ids: npt.NDArray[np.int64], vectors: Vectors) -> None:
        """Add vectors, shape (n, dimension), under ids that are not in the index, shape (n,)."""
        self._index.add_with_ids(vectors, ids)

    def remove(self, ids: npt.NDArray[np.int64]) -> None:
        """Remove vectors by id, shape (n,); unknown ids are ignored."""
        if ids.size:
            self._index.remove_ids(faiss.IDSelectorBatch(ids))

    def search(self, vector: Vectors, *, top_k: int, allowed: npt.NDArray[np.int64] | None) -> list[Hit]:
        """Return the nearest of the allowed ids (``None``: all), best first; equal scores by lower id."""
        count = len(self) if allowed is None else min(len(self), allowed.size)
        wanted = min(top_k, count)
        if wanted == 0:
            return []
        # FAISS chooses freely among equals at the cut: look past it until the tie ends.
        reach = min(wanted + 1, count)
        ids, scores = self._nearest(vector, reach, allowed)
        while reach < count and scores[wanted - 1] == scores[reach - 1]:
            reach = min(2 * reach, count)
            ids, scores = self._nearest(vector, reach, allowed)
        order = np.lexsort((ids, -scores))[:wanted]
        return [Hit(int(ids[i]), float(scores[i])) for i in order if ids[i] >= 0]

    def _nearest(
        self, vector: Vectors, top_k: int, allowed: npt.NDArray[np.int64] | None
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        parameters = None
        if allowed is not None:
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBatch(allowed))  # type: ignore[call-arg]
        faiss.omp_set_num_threads(1)  # One query is not split among threads, and waking them took 30 ms.
        scores, ids = self._index.search(vector[np.newaxis], top_k, params=parameters)
        return ids[0], scores[0]


def _is_exact(index: faiss.IndexIDMap2) -> bool:
    return isinstance(faiss.downcast_index(index.index), faiss.IndexFlatIP)
