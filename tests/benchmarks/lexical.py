"""Time lexical search side by side: ours, SQLite FTS5, bm25s and tantivy, on the same texts and questions."""

import argparse
import shutil
import sqlite3
import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import bm25s
import numpy as np
import Stemmer
import tantivy

from rag.evaluation.question_sets import load_question_set
from tests.benchmarks.passages import passages_of
from tests.benchmarks.timing import percentile, seconds
from vectorstore.analysis import STOP_WORDS
from vectorstore.articles import Addition, Passage
from vectorstore.embedded import EmbeddedLibrary
from vectorstore.testing import TINY_EMBEDDER, make_addition

TESTS = Path(__file__).parents[1]
TOP_K = 100
TRADED = 0.2
"""Share of the words of a text that are traded for others."""
NAMES = 0.01
"""Share of the words that become names, of which there are as many as texts."""
MORE = 100


class Ours:
    """The whole library, with vectors of four numbers; texts are articles of a hundred passages."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._batches = 0

    def add(self, texts: Sequence[str]) -> None:
        with closing(EmbeddedLibrary.open(self._folder, embedder=TINY_EMBEDDER, create=True)) as library:
            for at in range(0, len(texts), 10_000):
                library.add(
                    [self._article(texts[one : one + 100]) for one in range(at, min(at + 10_000, len(texts)), 100)]
                )

    def _article(self, texts: Sequence[str]) -> Addition:
        self._batches += 1
        ends = np.cumsum([len(text) + 1 for text in texts])
        passages = tuple(
            Passage(start=int(end) - len(text) - 1, end=int(end) - 1) for text, end in zip(texts, ends, strict=True)
        )
        bare = make_addition("", source=f"{self._batches}.txt")
        vectors = np.full((len(texts), TINY_EMBEDDER.dimension), 0.5, np.float32)
        return Addition(article=replace(bare.article, text="\n".join(texts) + "\n"), passages=passages, vectors=vectors)

    def open(self) -> Callable[[str], object]:
        library = EmbeddedLibrary.open(self._folder, embedder=TINY_EMBEDDER, create=False)
        return lambda query: library.search_lexical(query, top_k=TOP_K)

    def size_bytes(self) -> int:
        with closing(sqlite3.connect(self._folder / "library.sqlite")) as connection:
            (terms,) = connection.execute("SELECT (SELECT sum(length(terms) + 8) FROM passage_terms)").fetchone()
        return int(terms) + sum(path.stat().st_size for path in self._folder.glob("words-*"))


class Fts5:
    """SQLite's own, with Porter's stemmer, asked for any of the words."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._connection = sqlite3.connect(folder / "fts5.sqlite")
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute(
            "CREATE VIRTUAL TABLE texts USING fts5 (text, content='', tokenize='porter unicode61')"
        )
        self._path, self._count = folder / "fts5.sqlite", 0

    def add(self, texts: Sequence[str]) -> None:
        with self._connection:
            self._connection.executemany(
                "INSERT INTO texts (rowid, text) VALUES (?, ?)", enumerate(texts, start=self._count)
            )
        self._count += len(texts)

    def open(self) -> Callable[[str], object]:
        return lambda query: self._connection.execute(
            "SELECT rowid, bm25(texts) AS cost FROM texts WHERE texts MATCH ? ORDER BY cost, rowid LIMIT ?",
            (" OR ".join(f'"{word}"' for word in words_of(query)), TOP_K),
        ).fetchall()

    def size_bytes(self) -> int:
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return self._path.stat().st_size


class Bm25s:
    """Scores worked out before; an addition works out all of them again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stemmer = Stemmer.Stemmer("english")
        self._texts: list[str] = []

    def add(self, texts: Sequence[str]) -> None:
        self._texts += texts
        index = bm25s.BM25()
        index.index(self._tokens(self._texts), show_progress=False)
        index.save(self._folder)

    def open(self) -> Callable[[str], object]:
        index = bm25s.BM25.load(self._folder, mmap=True)
        return lambda query: index.retrieve(self._tokens([query]), k=TOP_K, show_progress=False, n_threads=0)

    def _tokens(self, texts: Sequence[str]) -> object:
        return bm25s.tokenize(list(texts), stopwords=list(STOP_WORDS), stemmer=self._stemmer, show_progress=False)

    def size_bytes(self) -> int:
        return sum(path.stat().st_size for path in self._folder.iterdir())


class Tantivy:
    """With its English stemmer, asked for any of the words."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("text", stored=False, tokenizer_name="en_stem", index_option="freq")
        schema.add_integer_field("id", stored=True)
        self._index, self._folder, self._count = tantivy.Index(schema.build(), path=str(folder)), folder, 0

    def add(self, texts: Sequence[str]) -> None:
        writer = self._index.writer(num_threads=1)
        for number, text in enumerate(texts, start=self._count):
            writer.add_document(tantivy.Document(id=number, text=text))
        self._count += len(texts)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def open(self) -> Callable[[str], object]:
        searcher = self._index.searcher()
        return lambda query: searcher.search(self._index.parse_query(" ".join(words_of(query)), ["text"]), TOP_K).hits

    def size_bytes(self) -> int:
        return sum(path.stat().st_size for path in self._folder.iterdir())


ENGINES = (Ours, Fts5, Bm25s, Tantivy)


def words_of(query: str) -> list[str]:
    """Return the words of a question that are no grammar."""
    bare = "".join(character if character.isalnum() else " " for character in query.lower())
    return [word for word in bare.split() if word not in STOP_WORDS] or ["nothing"]


def texts_like_news(count: int) -> list[str]:
    """Return passages of tests/library, repeated with other words in between; the same count gives the same texts."""
    random = Random(count)
    real = [passage.split() for passage in passages_of(TESTS / "library")]
    words = [word for passage in real for word in passage]
    return [" ".join(_traded(real[number % len(real)], words, random, count)) for number in range(count)]


def _traded(passage: Sequence[str], words: Sequence[str], random: Random, names: int) -> Iterator[str]:
    for word in passage:
        chance = random.random()
        if chance < NAMES:
            yield f"Name{random.randrange(names)}"
        else:
            yield random.choice(words) if chance < NAMES + TRADED else word


def measure(size: int, root: Path) -> None:
    """Print one line an engine."""
    texts, more = texts_like_news(size), texts_like_news(size + 1)[:MORE]
    asked = [
        one.question for path in ("economy", "politics") for one in load_question_set(TESTS / f"questions/{path}.jsonl")
    ]
    ready = {}
    for make in ENGINES:
        engine = make(root / f"{make.__name__}-{size}")
        build_s = seconds(lambda engine=engine: engine.add(texts))
        ready[make.__name__] = (engine, build_s, engine.size_bytes(), engine.open())
    times: dict[str, list[float]] = {name: [] for name in ready}
    for query in ["truce", *asked]:  # In turn, so that a machine whose speed drifts drifts for all.
        for name, (_, _, _, search) in ready.items():
            times[name].append(seconds(lambda search=search, query=query: search(query)))
    for name, (engine, build_s, size_bytes, _) in ready.items():
        taken = times[name][1:]
        more_s = seconds(lambda engine=engine: (engine.add(more), engine.open()("truce")))
        print(
            f"{size:>9,} {name:<8} build {build_s:7.1f} s   {size_bytes / 1e6:7.1f} MB   search median"
            f" {statistics.median(taken) * 1000:7.2f} ms, p95 {percentile(taken, 0.95) * 1000:7.2f} ms"
            f"   {MORE} more, found {more_s:6.2f} s",
            flush=True,
        )


def main() -> None:
    """Measure every size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    for size in parser.parse_args().sizes:
        root = Path(tempfile.mkdtemp())
        try:
            measure(size, root)
        finally:
            shutil.rmtree(root)


if __name__ == "__main__":
    main()
