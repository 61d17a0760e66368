"""Builds the libraries that are measured, without encoding, and keeps them for the next run."""

import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rag.protocols import Embedder
from tests.benchmarks.library.synthetic import BATCH_ARTICLES, PASSAGES, Sources, batch, batch_vectors
from vectorstore.articles import Vectors
from vectorstore.embedded import EmbeddedLibrary

BATCH_PASSAGES = BATCH_ARTICLES * PASSAGES


def build(directory: Path, size: int, *, sources: Sources, embedder: Embedder) -> float | None:
    """Bring the library in a directory to so many passages; return the seconds it took, None where it was there."""
    began = time.perf_counter()
    with closing(EmbeddedLibrary.open(directory, embedder=embedder.identity, create=True, on_rebuild=_tell)) as library:
        first = len(library.articles()) // BATCH_ARTICLES
        if first * BATCH_PASSAGES >= size:
            return None
        for number in range(first, size // BATCH_PASSAGES):
            library.add(batch(sources, number))
            _tell(f"{(number + 1) * BATCH_PASSAGES:,} of {size:,} passages, {time.perf_counter() - began:,.0f} s")
    return time.perf_counter() - began if first == 0 else None


def exact_neighbours(path: Path, size: int, *, sources: Sources, queries: Vectors, top_k: int) -> npt.NDArray[np.int64]:
    """Return the ids of the passages nearest to each query, shape (queries, top_k), by NumPy over all vectors.

    The first library of a directory gives its passages the ids 1, 2, … in the order of the batches.
    """
    if path.exists():
        kept: npt.NDArray[np.int64] = np.load(path, allow_pickle=False)
        return kept
    scores = np.empty((len(queries), 0), dtype=np.float32)
    ids = np.empty((len(queries), 0), dtype=np.int64)
    for number in range(size // BATCH_PASSAGES):
        found = queries @ batch_vectors(sources, number).T
        scores = np.concatenate([scores, found], axis=1)
        first = number * BATCH_PASSAGES + 1
        ids = np.concatenate([ids, np.tile(np.arange(first, first + found.shape[1]), (len(queries), 1))], axis=1)
        best = np.argsort(-scores, axis=1, kind="stable")[:, :top_k]
        scores, ids = np.take_along_axis(scores, best, 1), np.take_along_axis(ids, best, 1)
    np.save(path, ids, allow_pickle=False)
    return ids


def recall(found: Sequence[Sequence[int]], exact: npt.NDArray[np.int64]) -> float:
    """Return the share of the exact neighbours that were found."""
    return float(
        np.mean([len({*one} & {*wanted.tolist()}) / len(wanted) for one, wanted in zip(found, exact, strict=True)])
    )


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
