"""The library on disk equals the slow and obvious one in memory, whatever is done to both."""

import re
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from vectorstore.articles import Addition, ArticleFilter, Hit, Passage
from vectorstore.dense_index import DenseIndex
from vectorstore.embedded import EmbeddedLibrary
from vectorstore.memory import MemoryLibrary
from vectorstore.nearest import nearest_exactly
from vectorstore.protocols import Library
from vectorstore.testing import TINY_EMBEDDER, make_addition, tiny_vector

NEWS = Path(__file__).parents[1] / "library"
EVERYTHING = 10_000
OPERATIONS = 10_000
SEQUENCES, STEPS = 130, 100
"""Hypothesis ends some sequences before their last step."""

sources = st.sampled_from(["a.txt", "b.txt", "politics/c.txt", "politics/d.txt"])
folders = st.sampled_from(["/old/", "/new/"])
days = st.sampled_from([None, "2026-01-30", "2026-02-01T08:00:00Z"])
lines = st.lists(st.sampled_from(["truce", "the truce ends", "strikes", "strike truce", "café"]), max_size=4)
additions = st.builds(
    lambda source, folder, day, text: make_addition(
        "\n".join(text), source=source, origin=folder + source, published=day, title=f"Strike {source}"
    ),
    sources,
    folders,
    days,
    lines,
)
filters = st.builds(
    ArticleFilter,
    since=st.sampled_from([None, date(2026, 2, 1)]),
    until=st.sampled_from([None, date(2026, 1, 31)]),
    source=st.sampled_from([None, "politics", "a.txt"]),
)


def assert_equal_hits(found: list[Hit], expected: list[Hit]) -> None:
    assert [hit.passage_id for hit in found] == [hit.passage_id for hit in expected]
    assert [hit.score for hit in found] == pytest.approx([hit.score for hit in expected], rel=1e-9)


class LibraryMachine(RuleBasedStateMachine):
    """Does the same to a library on disk, opened and closed again and again, and to the one in memory."""

    operations = 0

    @initialize()
    def create(self) -> None:
        self.directory = tempfile.TemporaryDirectory()
        self.memory = MemoryLibrary(TINY_EMBEDDER)
        self.disk = self.open()

    def open(self) -> EmbeddedLibrary:
        return EmbeddedLibrary.open(
            Path(self.directory.name), embedder=TINY_EMBEDDER, create=True, on_rebuild=pytest.fail
        )

    def teardown(self) -> None:
        assert shown(self.disk) == shown(self.memory)
        self.disk.close()
        self.directory.cleanup()

    @rule(batch=st.lists(additions, max_size=3))
    def add(self, batch: list[Addition]) -> None:
        assert [self.disk.standing(one.article) for one in batch] == [
            self.memory.standing(one.article) for one in batch
        ]
        assert self.disk.add(batch) == self.memory.add(batch)

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        ids = data.draw(
            st.lists(st.sampled_from([article.id for article in self.memory.articles()] or [1]), max_size=2)
        )
        if not set(ids) <= {article.id for article in self.memory.articles()}:
            return
        removed = [replace(article, added_at="") for article in self.disk.remove(ids)]
        assert removed == [replace(article, added_at="") for article in self.memory.remove(ids)]

    @rule()
    def reopen(self) -> None:
        self.disk.close()
        self.disk = self.open()
        assert shown(self.disk) == shown(self.memory)

    @rule(
        query=st.sampled_from(["truce", "strike ends", "the", "cafe strikes"]),
        article_filter=st.none() | filters,
        top_k=st.integers(0, 9),
    )
    def search(self, query: str, article_filter: ArticleFilter | None, top_k: int) -> None:
        options = {"top_k": top_k, "article_filter": article_filter}
        lexical = [library.search_lexical(query, **options) for library in (self.disk, self.memory)]
        dense = [library.search_dense(tiny_vector(query), **options) for library in (self.disk, self.memory)]
        assert_equal_hits(*lexical)
        assert_equal_hits(*dense)

    @invariant()
    def has_the_same_history(self) -> None:
        type(self).operations += 1
        assert self.disk.generation == self.memory.generation


def shown(library: Library) -> list[object]:
    summaries = [replace(summary, added_at="") for summary in library.articles()]
    versions = [
        replace(library.article(summary.id, version=version), added_at="")
        for summary in summaries
        for version in range(1, summary.version + 1)
    ]
    return [summaries, versions, library.passages(range(1, 100))]


def test_ten_thousand_random_operations_leave_both_the_same() -> None:
    LibraryMachine.operations = 0
    thorough = settings(
        max_examples=SEQUENCES,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(LibraryMachine, settings=thorough)
    assert LibraryMachine.operations - SEQUENCES >= OPERATIONS


def read_as_news(path: Path) -> Addition:
    text = path.read_text(encoding="utf-8")
    breaks = [0, *(found.end() for found in re.finditer(r"[.!?]\s", text)), len(text)]
    passages = tuple(Passage(start=start, end=end) for start, end in pairwise(breaks) if start < end)
    bare = make_addition("", source=path.name, title=text.partition("\n")[0])
    vectors = np.zeros((len(passages), TINY_EMBEDDER.dimension), np.float32)
    return Addition(article=replace(bare.article, text=text), passages=passages, vectors=vectors)


def test_lexical_search_is_bm25_on_real_text(tmp_path: Path) -> None:
    news = [read_as_news(path) for path in sorted(NEWS.glob("economy/*.txt"))]
    memory = MemoryLibrary(TINY_EMBEDDER)
    memory.add(news)
    random = Random(7)
    words = [word for addition in news for word in addition.article.text.split()]
    questions = [" ".join(random.sample(words, k=random.randint(1, 12))) for _ in range(40)]
    with closing(EmbeddedLibrary.open(tmp_path / "library", embedder=TINY_EMBEDDER, create=True)) as library:
        library.add(news)
        for question in questions:
            found = {hit.passage_id: hit.score for hit in library.search_lexical(question, top_k=EVERYTHING)}
            expected = {hit.passage_id: hit.score for hit in memory.search_lexical(question, top_k=EVERYTHING)}
            assert found == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("top_k", [1, 10, 300])
def test_dense_search_is_exact_and_breaks_ties_by_lower_id(top_k: int) -> None:
    random = np.random.default_rng(11)
    vectors = random.standard_normal((1_003, 384)).astype(np.float32)
    vectors[random.permutation(1_003)[:300]] = vectors[5]
    ids = random.permutation(5_000)[:1_003].astype(np.int64)
    index = DenseIndex(384)
    index.add(ids[:700], vectors[:700])
    index.add(ids[700:], vectors[700:])
    index.remove(ids[100:200])
    kept = np.r_[0:100, 200:1_003]
    for allowed in (None, np.sort(ids[::2]), ids[:3], ids[:0]):
        query = vectors[5] + random.standard_normal(384).astype(np.float32) / 50
        rows = [row for row in kept if allowed is None or ids[row] in allowed]
        scores = {int(ids[row]): float(vectors[row].astype(np.float64) @ query) for row in rows}
        flags = None if allowed is None else np.isin(np.arange(5_000), allowed)
        hits = nearest_exactly(index, query, top_k=top_k, allowed=flags)
        best = sorted(scores, key=lambda passage_id: (-scores[passage_id], passage_id))[:top_k]
        assert [hit.passage_id for hit in hits] == best
        assert [hit.score for hit in hits] == pytest.approx([scores[one] for one in best], rel=1e-4)
