"""One library, measured in a process of its own: ``python -m tests.benchmarks.library.measured DIRECTORY QUERIES``.

Prints one JSON object.
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import numpy as np

from rag.assembly import build_retriever
from rag.settings import Settings
from tests.benchmarks.timing import percentile
from vectorstore.embedded import EmbeddedLibrary
from vectorstore.manifest import EmbedderIdentity

TOP_K = 10
ROUNDS = 3


def resident_mb() -> float:
    """Return the memory that this process holds now, mapped files included."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def times_ms(ask: Callable[[int], object], count: int) -> list[float]:
    """Return the times of all queries, asked one after the other, round after round."""
    return [_ms(partial(ask, one)) for _ in range(ROUNDS) for one in range(count)]


def _ms(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - began)


def measure(
    directory: Path, identity: EmbedderIdentity, queries: Sequence[str], vectors: np.ndarray
) -> dict[str, object]:
    """Open the library as a server does, and ask it everything."""
    before_mb, began = resident_mb(), time.perf_counter()
    with closing(EmbeddedLibrary.open(directory, embedder=identity, create=False, read_only=True)) as library:
        passages = library.load_index()
        retriever = build_retriever(Settings(), library=library)
        retriever.retrieve(queries[0], vectors[0], top_k=TOP_K)
        open_s = time.perf_counter() - began
        every = len(queries)
        hybrid = times_ms(lambda one: retriever.retrieve(queries[one], vectors[one], top_k=TOP_K), every)
        dense = times_ms(lambda one: library.search_dense(vectors[one], top_k=50), every)
        lexical = times_ms(lambda one: library.search_lexical(queries[one], top_k=50), every)
        found = [[hit.passage_id for hit in library.search_dense(vector, top_k=TOP_K)] for vector in vectors]
        return {
            "passages": passages,
            "open_s": open_s,
            "hybrid_ms": statistics.median(hybrid),
            "hybrid_p95_ms": percentile(hybrid, 0.95),
            "dense_ms": statistics.median(dense),
            "lexical_ms": statistics.median(lexical),
            "memory_mb": resident_mb(),
            "memory_before_mb": before_mb,
            "disk_mb": sum(path.stat().st_size for path in directory.iterdir()) / 1e6,
            "found": found,
        }


def main() -> None:
    """Measure one library."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("queries", type=Path, help="what `save_queries` wrote")
    options = parser.parse_args()
    asked = json.loads((options.queries / "queries.json").read_text(encoding="utf-8"))
    vectors = np.load(options.queries / "queries.npy", allow_pickle=False)
    print(json.dumps(measure(options.directory, EmbedderIdentity(**asked["embedder"]), asked["queries"], vectors)))


if __name__ == "__main__":
    main()
