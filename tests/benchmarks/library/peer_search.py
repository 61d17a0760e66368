"""Hybrid search of one library beside a peer's, query by query: ``python -m tests.benchmarks.library.peer_search``.

Runs where the peer is installed. Both hold the same passages with the same vectors and give ten passages with their
text for each query, whose vector they are given. Prints one JSON object.
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from rag.assembly import build_retriever
from rag.settings import Settings
from tests.benchmarks.library.measured import TOP_K
from tests.benchmarks.timing import seconds
from vectorstore.embedded import EmbeddedLibrary
from vectorstore.manifest import EmbedderIdentity

LIMIT_S = 60.0
"""No more is asked of a peer after this, but for the first queries."""

LEAST = 5

Search = Callable[[int], Sequence[str]]


def haystack(texts: Sequence[str], vectors: np.ndarray, queries: Sequence[str], asked: np.ndarray) -> Search:
    """Return haystack's two retrievers in memory, joined by reciprocal rank."""
    os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"  # Read when haystack is imported.
    from haystack import Document
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore(embedding_similarity_function="dot_product")
    rows = enumerate(zip(texts, vectors, strict=True))
    store.write_documents([Document(id=str(at), content=text, embedding=row.tolist()) for at, (text, row) in rows])
    by_words, by_meaning = InMemoryBM25Retriever(store, top_k=50), InMemoryEmbeddingRetriever(store, top_k=50)
    joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=TOP_K)

    def search(number: int) -> Sequence[str]:
        lexical = by_words.run(query=queries[number])["documents"]
        dense = by_meaning.run(query_embedding=asked[number].tolist())["documents"]
        return [str(document.content) for document in joiner.run(documents=[lexical, dense])["documents"]]

    return search


def txtai(texts: Sequence[str], vectors: np.ndarray, queries: Sequence[str], asked: np.ndarray) -> Search:
    """Return txtai's hybrid search over a database of the texts."""
    from txtai import Embeddings

    known = dict(zip([*texts, *queries], [*vectors, *asked], strict=True))

    def look_up(wanted: Sequence[str]) -> np.ndarray:
        return np.array([known[one] for one in wanted], dtype=np.float32)

    embeddings = Embeddings(method="external", transform=look_up, hybrid=True, content=True)
    embeddings.index((at, text, None) for at, text in enumerate(texts))
    return lambda number: [str(one["text"]) for one in embeddings.search(queries[number], TOP_K)]


PEERS = {"haystack": haystack, "txtai": txtai}


def measure(library: EmbeddedLibrary, search: Search, queries: Sequence[str], asked: np.ndarray) -> dict[str, Any]:
    """Ask both in turn, and return queries per second of each by the median time, and the median ratio."""
    retriever = build_retriever(Settings(), library=library)

    def ours(number: int) -> object:
        return [found.passage.text for found in retriever.retrieve(queries[number], asked[number], top_k=TOP_K)]

    ours(0), search(0)
    pairs, began = [], time.perf_counter()
    for number in range(len(queries)):
        pairs.append((seconds(lambda at=number: ours(at)), seconds(lambda at=number: search(at))))
        if number + 1 >= LEAST and time.perf_counter() - began > LIMIT_S:
            break
    first, second = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(theirs / own for own, theirs in pairs)
    return {"asked": len(pairs), "ours_qps": 1 / first, "theirs_qps": 1 / second, "ratio": ratio}


def main() -> None:
    """Fill the peer and measure both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=PEERS)
    parser.add_argument("library", type=Path)
    parser.add_argument("queries", type=Path)
    options = parser.parse_args()
    told = json.loads((options.queries / "queries.json").read_text(encoding="utf-8"))
    asked = np.load(options.queries / "queries.npy", allow_pickle=False)
    identity = EmbedderIdentity(**told["embedder"])
    with closing(EmbeddedLibrary.open(options.library, embedder=identity, create=False, read_only=True)) as library:
        count = library.load_index()
        texts = [passage.text for passage in library.passages(range(1, count + 1))]
        vectors = np.load(options.library.with_name(f"{options.library.name}-vectors.npy"), allow_pickle=False)
        search = PEERS[options.name](texts, vectors, told["queries"], asked)
        print(json.dumps(measure(library, search, told["queries"], asked)))


if __name__ == "__main__":
    main()
