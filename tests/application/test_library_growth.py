"""A library that grows past what is searched exactly: which index it has when, and what that index finds."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from vectorstore.articles import Addition, ArticleFilter, Vectors
from vectorstore.embedded import EmbeddedLibrary
from vectorstore.index_kinds import IndexKind, KindChoice
from vectorstore.manifest import EmbedderIdentity
from vectorstore.testing import make_addition

EMBEDDER = EmbedderIdentity(name="wide", sha256="2" * 64, dimension=32)
EXACT_UP_TO = 200
RANDOM = np.random.default_rng(3)
TOPICS = RANDOM.standard_normal((20, 32))


def unit(vectors: Vectors) -> Vectors:
    return (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)


def vector_of(number: int) -> Vectors:
    random = np.random.default_rng(number)
    return unit(TOPICS[number % 20] + random.standard_normal(32) * 0.7)


def news(numbers: range) -> list[Addition]:
    additions = [
        make_addition(
            f"News {number}.",
            source=f"{'odd' if number % 2 else 'even'}/{number}.txt",
            published="2026-02-01" if number % 50 == 0 else "2026-01-01",
        )
        for number in numbers
    ]
    return [replace(one, vectors=vector_of(number)[np.newaxis]) for one, number in zip(additions, numbers, strict=True)]


def open_library(directory: Path, **options: object) -> EmbeddedLibrary:
    return EmbeddedLibrary.open(
        directory, **{"embedder": EMBEDDER, "create": True, "exact_up_to": EXACT_UP_TO, **options}
    )


def saved_kind(directory: Path) -> str:
    return str(json.loads((directory / "vectors.json").read_text(encoding="utf-8"))["kind"])


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A library of 1,000 articles, grown past the threshold by one process and closed."""
    with closing(open_library(tmp_path / "library")) as library:
        for start in range(0, 1_000, 100):
            library.add(news(range(start, start + 100)))
    return tmp_path / "library"


@pytest.fixture
def library(directory: Path) -> Iterator[EmbeddedLibrary]:
    with closing(open_library(directory, on_rebuild=pytest.fail)) as opened:
        yield opened


def best(query: Vectors, numbers: range, top_k: int = 10) -> list[int]:
    """Return the ids of the nearest articles, by every number of every vector; article n has passage n + 1."""
    scores = {number + 1: float(vector_of(number) @ query) for number in numbers}
    return sorted(scores, key=lambda passage_id: -scores[passage_id])[:top_k]


def test_an_addition_past_the_threshold_ends_in_a_compact_index(directory: Path) -> None:
    assert saved_kind(directory) == IndexKind.COMPACT
    with closing(open_library(directory, on_rebuild=pytest.fail)) as library:
        assert library.upkeep.statistics().index.kind == IndexKind.COMPACT


def test_a_small_library_is_exact(tmp_path: Path) -> None:
    with closing(open_library(tmp_path)) as library:
        library.add(news(range(EXACT_UP_TO)))
    assert saved_kind(tmp_path) == IndexKind.EXACT


def test_a_compact_index_finds_what_an_exact_search_finds_with_exact_scores(library: EmbeddedLibrary) -> None:
    recalls = []
    for number in range(2_000, 2_050):
        query = vector_of(number)
        hits = library.search_dense(query, top_k=10)
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        for hit in hits:
            assert hit.score == pytest.approx(float(vector_of(hit.passage_id - 1) @ query), rel=1e-5)
        recalls.append(len({hit.passage_id for hit in hits} & set(best(query, range(1_000)))) / 10)
    assert np.mean(recalls) >= 0.98


def test_all_passages_come_back_when_all_are_asked_for(library: EmbeddedLibrary) -> None:
    hits = library.search_dense(vector_of(5_000), top_k=2_000)
    assert sorted(hit.passage_id for hit in hits) == list(range(1, 1_001))


@pytest.mark.parametrize("article_filter", [ArticleFilter(source="odd"), ArticleFilter(since=date(2026, 2, 1))])
def test_filtered_hits_come_back_when_they_exist(library: EmbeddedLibrary, article_filter: ArticleFilter) -> None:
    numbers = range(1, 1_000, 2) if article_filter.source else range(0, 1_000, 50)
    query = vector_of(5_001)
    hits = library.search_dense(query, top_k=10, article_filter=article_filter)
    found = [hit.passage_id for hit in hits]
    assert len(set(found) & set(best(query, numbers))) >= 9
    everything = library.search_dense(query, top_k=2_000, article_filter=article_filter)
    assert sorted(hit.passage_id for hit in everything) == [number + 1 for number in numbers]


def test_what_is_removed_or_added_is_gone_or_there_at_the_next_search(library: EmbeddedLibrary) -> None:
    query = vector_of(7)
    assert library.search_dense(query, top_k=1)[0].passage_id == 8
    library.remove([8])
    assert 8 not in {hit.passage_id for hit in library.search_dense(query, top_k=2_000)}
    library.add(news(range(7, 8)))
    (hit,) = library.search_dense(query, top_k=1)
    assert hit.passage_id == 1_001
    assert hit.score == pytest.approx(1.0, rel=1e-5)


def test_an_open_reader_takes_the_new_kind_without_a_question_building_it(tmp_path: Path) -> None:
    with closing(open_library(tmp_path)) as writer, closing(open_library(tmp_path, read_only=True)) as reader:
        writer.add(news(range(100)))
        assert reader.upkeep.statistics().index.kind == IndexKind.EXACT
        writer.add(news(range(100, 400)))
        assert len(reader.search_dense(vector_of(1), top_k=1_000)) == 400
        writer.close()
        assert len(reader.search_dense(vector_of(1), top_k=1_000)) == 400
        reader.upkeep.settle()
        assert len(reader.search_dense(vector_of(1), top_k=1_000)) == 400
        assert reader.upkeep.statistics().index.kind == IndexKind.COMPACT


def test_a_library_that_shrinks_far_is_exact_again(directory: Path) -> None:
    with closing(open_library(directory)) as library:
        library.remove(range(100, 1_001))
    assert saved_kind(directory) == IndexKind.EXACT


def test_a_damaged_compact_index_is_rebuilt_as_one(directory: Path) -> None:
    (path,) = directory.glob("vectors-*.faiss")
    path.write_bytes(path.read_bytes()[:-1])
    told: list[str] = []
    with closing(open_library(directory, on_rebuild=told.append)) as library:
        assert library.upkeep.statistics().index.kind == IndexKind.COMPACT
    assert told == ["Rebuilding the index from 1000 stored vectors: its checksum is wrong."]


@pytest.mark.parametrize(
    ("kind", "count", "is_outgrown"),
    [
        (IndexKind.EXACT, 200, False),
        (IndexKind.EXACT, 201, True),
        (IndexKind.COMPACT, 201, False),
        (IndexKind.COMPACT, 101, False),
        (IndexKind.COMPACT, 100, True),
    ],
)
def test_kinds_change_at_a_threshold_and_back_at_half_of_it(kind: IndexKind, count: int, is_outgrown: bool) -> None:
    assert KindChoice(200).is_outgrown(kind, count) is is_outgrown


def test_a_threshold_too_low_to_learn_from_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="exact_up_to is 15"):
        open_library(tmp_path, exact_up_to=15)
