"""The one door to FAISS: vectors by passage id, compared by inner product."""

import os
from typing import BinaryIO

import faiss
import numpy as np
import numpy.typing as npt

from vectorstore.articles import BoolArray, Vectors
from vectorstore.index_files import ByteSink
from vectorstore.index_kinds import IndexKind

__all__ = ["METRIC", "TRAINING_VECTORS", "DenseIndex"]

METRIC = "inner_product"

TRAINING_VECTORS = 20_000
"""How many vectors a compact index learns its values from. Source: docs/decisions/016."""


_BLOCK_CODES = 32
_NO_IDS = np.empty(0, np.int64)


class DenseIndex:
    """Vectors of passages in memory; guard it with a lock, for a change must not meet a search."""

    def __init__(self, dimension: int, kind: IndexKind = IndexKind.EXACT) -> None:
        """Make an empty index; a compact one is trained before vectors are added."""
        self._index = _empty(dimension, kind)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def kind(self) -> IndexKind:
        """What kind of index it is."""
        return IndexKind.EXACT if isinstance(self._index, faiss.IndexIDMap2) else IndexKind.COMPACT

    @property
    def size_bytes(self) -> int:
        """What its vectors and their ids take in memory."""
        vector_bytes = 4 * self._index.d if self.kind is IndexKind.EXACT else self._index.sa_code_size()
        return len(self) * (int(vector_bytes) + 8)

    @classmethod
    def load(cls, file: BinaryIO, *, dimension: int) -> "DenseIndex":
        """Read what ``save`` wrote; the caller has verified that nobody else wrote it.

        Raises:
            ValueError: It is not an index of these kinds, or of another dimension.
        """
        faiss.set_deserialization_vector_byte_limit(os.fstat(file.fileno()).st_size)
        try:
            index = faiss.read_index(faiss.PyCallbackIOReader(file.read))  # type: ignore[attr-defined]
        except RuntimeError as error:
            raise ValueError("FAISS cannot read it") from error
        if not _is_ours(index):
            raise ValueError("it is another kind of index")
        if index.d != dimension:
            raise ValueError(f"its dimension is {index.d}, not {dimension}")
        loaded = cls(dimension)
        loaded._index = index
        return loaded

    def save(self, file: ByteSink) -> None:
        """Write the index to a file."""
        faiss.write_index(self._index, faiss.PyCallbackIOWriter(file.write))  # type: ignore[attr-defined]

    def train(self, sample: Vectors) -> None:
        """Learn what a compact index needs to know, from vectors like those to come, shape (n, dimension)."""
        self._index.train(sample)

    def add(self, ids: npt.NDArray[np.int64], vectors: Vectors) -> None:
        """Add vectors, shape (n, dimension), under ids that are not in the index, shape (n,)."""
        self._index.add_with_ids(vectors, ids)

    def remove(self, ids: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Remove vectors by id, shape (n,); unknown ids are ignored.

        Returns:
            Ids that were removed along with them and must be added again, fewer than 32.
        """
        if not ids.size or not self._index.remove_ids(faiss.IDSelectorBatch(ids)):
            return _NO_IDS
        # FAISS 1.15 leaves the bits of removed codes in the last block and would add the next codes on top of them.
        count, rest = len(self), len(self) % _BLOCK_CODES
        if rest == 0 or not isinstance(self._index, faiss.IndexIVFPQFastScan):
            return _NO_IDS
        last: npt.NDArray[np.int64] = faiss.rev_swig_ptr(self._index.invlists.get_ids(0), count)[-rest:].copy()  # type: ignore[union-attr]
        self._index.remove_ids(faiss.IDSelectorBatch(last))
        return last

    def nearest(
        self, vector: Vectors, *, top_k: int, allowed: BoolArray | None
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """Return the ids nearest to a vector, shape (dimension,), of those flagged (``None``: all), and their scores.

        There are ``top_k`` of them when that many are. An exact index gives exactly the nearest, and a score
        that depends on the two vectors alone; of equals at the cut, any. A compact one gives likely ones.
        """
        top_k = min(top_k, len(self) if allowed is None else int(np.count_nonzero(allowed)))
        if top_k == 0:
            return _NO_IDS, np.empty(0, np.float32)
        selector = None if allowed is None else faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))  # type: ignore[call-arg, arg-type]
        parameters = faiss.SearchParameters if self.kind is IndexKind.EXACT else faiss.SearchParametersIVF
        faiss.omp_set_num_threads(1)  # One query is not split among threads, and waking them took 30 ms.
        scores, ids = self._index.search(vector[np.newaxis], top_k, params=parameters(sel=selector))  # type: ignore[call-arg]
        found = ids[0] >= 0
        return ids[0][found], scores[0][found]


def _empty(dimension: int, kind: IndexKind) -> faiss.Index:
    if kind is IndexKind.EXACT:
        return faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))
    parts = dimension // 2 if dimension % 2 == 0 else dimension
    # One list: all codes are compared, and the inverted file is there for its ids, removals and filters.
    index = faiss.index_factory(dimension, f"IVF1,PQ{parts}x4fs", faiss.METRIC_INNER_PRODUCT)
    index.pq.cp.min_points_per_centroid = 1  # type: ignore[attr-defined]  # Says nothing on stderr where a person chose a low threshold.
    return index


def _is_ours(index: faiss.Index) -> bool:
    if isinstance(index, faiss.IndexIDMap2):
        return isinstance(faiss.downcast_index(index.index), faiss.IndexFlatIP)
    return (
        isinstance(index, faiss.IndexIVFPQFastScan)
        and index.nlist == 1
        and index.metric_type == faiss.METRIC_INNER_PRODUCT
        and isinstance(faiss.downcast_index(index.quantizer), faiss.IndexFlat)
    )
