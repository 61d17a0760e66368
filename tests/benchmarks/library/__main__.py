"""Measure libraries of several sizes, print one table, and write a page: see ``--help``."""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from rag.assembly import build_embedder
from rag.protocols import Embedder
from rag.settings import Settings
from tests.benchmarks.library.adding import more_articles, seconds_to_add_more, throughput
from tests.benchmarks.library.building import BATCH_PASSAGES, build, exact_neighbours, recall
from tests.benchmarks.library.measured import TOP_K
from tests.benchmarks.library.news_sets import recall_at_5
from tests.benchmarks.library.peer_search import PEERS
from tests.benchmarks.library.queries import load_queries, save_queries
from tests.benchmarks.library.report import HEAD, Row, page, size_rows
from tests.benchmarks.library.synthetic import Sources, batch_vectors, read_sources
from vectorstore.articles import Vectors

TESTS = Path(__file__).parents[2]
LARGEST_FOR_PEERS = 100_000
"""Peers hold everything in memory, and answer in seconds above it."""


def measured(root: Path, size: int, *, sources: Sources, embedder: Embedder, queries: Vectors) -> dict[str, Any]:
    """Build the library where it does not stand yet, and measure it."""
    directory = root / str(size)
    build_s = build(directory, size, sources=sources, embedder=embedder)
    exact = exact_neighbours(root / f"{size}-exact.npy", size, sources=sources, queries=queries, top_k=TOP_K)
    told = _told([sys.executable, "-m", "tests.benchmarks.library.measured", directory, root])
    told |= {"recall": recall(told.pop("found"), exact), "build_s": build_s}
    return told | {"add_100_s": seconds_to_add_more(directory, sources)}


def peer_rows(python: Path, root: Path, size: int, *, sources: Sources) -> Iterator[Row]:
    """Ask the library and each peer the same, in turn."""
    path = root / f"{size}-vectors.npy"
    if not path.exists():
        parts = [batch_vectors(sources, number) for number in range(size // BATCH_PASSAGES)]
        np.save(path, np.concatenate(parts), allow_pickle=False)
    for name in PEERS:
        told = _told([python, "-m", "tests.benchmarks.library.peer_search", name, root / str(size), root])
        what = f"hybrid search at {size:,} passages, {told['ours_qps']:,.0f} a second, {name} {told['theirs_qps']:,.1f}"
        yield Row(what=what, value=told["ratio"], unit="x", bar=2, aim=5, is_more_better=True)


def other_rows(sources: Sources, root: Path, data: Path) -> Iterator[Row]:
    """Measure what does not depend on the size: adding, and finding the right article."""
    with more_articles(sources) as folder:
        ours_s, theirs_s, ratio = throughput(folder)
    what = (
        f"adding, text to searchable, {ours_s:.1f} s; encoding alone with sentence-transformers fp32 {theirs_s:.1f} s"
    )
    yield Row(what=what, value=ratio, unit="x", bar=2, aim=4, is_more_better=True)
    if data.is_dir():
        found, questions, articles = recall_at_5(data, root / "dev-articles")
        what = f"recall@5 of articles, {questions:,} questions of dev-squad over {articles:,} dev articles"
        yield Row(what=what, value=found, unit="", bar=0.92, aim=0.98, is_more_better=True)


def shown(rows: Sequence[Row] | Iterator[Row]) -> list[Row]:
    """Print each row as it is measured."""
    kept = []
    for row in rows:
        kept.append(row)
        print("{:<96} {:>10} {:>10} {:>10} {}".format(*row.cells), flush=True)
    return kept


def _told(arguments: Sequence[object]) -> dict[str, Any]:
    run = subprocess.run([*map(str, arguments)], stdout=subprocess.PIPE, check=True, text=True)
    told: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return told


def _size(text: str) -> int:
    size = int(text.lower().replace("k", "000").replace("m", "000000"))
    if size % BATCH_PASSAGES:
        raise argparse.ArgumentTypeError(f"{text} is no multiple of {BATCH_PASSAGES:,}")
    return size


def main() -> None:
    """Print the table and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10k,100k,1M", help="passages of the libraries")
    parser.add_argument("--root", type=Path, default=Path("build/bench-library"), help="where the libraries are kept")
    parser.add_argument("--peers", type=Path, default=Path("build/peers/bin/python"), help="where the peers are")
    parser.add_argument("--data", type=Path, default=Path("../shared/data/reader"), help="folder of dev-*.jsonl.gz")
    options = parser.parse_args()
    sizes = [_size(one) for one in options.sizes.split(",")]
    embedder = build_embedder(Settings())
    sources = read_sources(TESTS / "library", embedder)
    queries = save_queries(options.root, load_queries(TESTS / "questions"), embedder)
    print("{:<96} {:>10} {:>10} {:>10} {}".format(*HEAD))
    rows, told = [], {}
    for size in sizes:
        told[size] = measured(options.root, size, sources=sources, embedder=embedder, queries=queries)
        rows += shown(size_rows(size, told[size]))
        if options.peers.exists() and size <= LARGEST_FOR_PEERS:
            rows += shown(peer_rows(options.peers, options.root, size, sources=sources))
    rows += shown(other_rows(sources, options.root, options.data))
    path = options.root / "report.html"
    path.write_text(page(rows, told, command=f"make bench-library SIZES={options.sizes}"), encoding="utf-8")
    print(f"Written: {path}")


if __name__ == "__main__":
    main()
