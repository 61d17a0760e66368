"""Backups, pruning, compacting and a change of embedder, while a library is used."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from vectorstore.articles import StoredPassage, Vectors
from vectorstore.copies import restore
from vectorstore.embedded import EmbeddedLibrary
from vectorstore.errors import (
    ArticleNotFoundError,
    EmbedderMismatchError,
    LibraryDamagedError,
    LibraryError,
    LibraryFormatError,
    LibraryNotFoundError,
)
from vectorstore.reindexing import change_embedder
from vectorstore.testing import TINY_EMBEDDER, make_addition, tiny_vector

QUERY = tiny_vector("any")
OTHER_EMBEDDER = replace(TINY_EMBEDDER, name="other", sha256="9" * 64, dimension=2)


def open_library(directory: Path, **options: object) -> EmbeddedLibrary:
    return EmbeddedLibrary.open(directory, **{"embedder": TINY_EMBEDDER, "create": True, **options})


@pytest.fixture
def library(tmp_path: Path) -> Iterator[EmbeddedLibrary]:
    """Twenty articles, of which one has three versions."""
    with closing(open_library(tmp_path / "library")) as opened:
        opened.add([make_addition(f"The truce of day {day}.\nNews.", source=f"{day}.txt") for day in range(20)])
        for version in (2, 3):
            opened.add([make_addition(f"Version {version} of it.", source="0.txt")])
        yield opened


def test_statistics_count_what_is_there(library: EmbeddedLibrary) -> None:
    statistics = library.upkeep.statistics()
    assert (statistics.articles, statistics.versions, statistics.passages) == (20, 22, 39)
    assert (statistics.generation, statistics.embedder) == (3, "tiny")
    assert (statistics.index.kind, statistics.index.passages) == ("exact", 39)
    assert statistics.database_bytes > 0
    assert library.upkeep.probe_recall() == 1.0


def test_a_cited_version_can_be_read_until_it_is_pruned(library: EmbeddedLibrary) -> None:
    assert library.article(1, version=1).text.startswith("The truce")
    assert library.upkeep.prune_versions(keep=2) == 1
    assert library.upkeep.prune_versions(keep=1) == 1
    assert library.upkeep.prune_versions() == 0
    assert library.article(1).version == 3
    with pytest.raises(ArticleNotFoundError):
        library.article(1, version=2)
    with pytest.raises(ValueError, match="always kept"):
        library.upkeep.prune_versions(keep=0)


def test_compacting_gives_room_back_and_changes_no_hit(library: EmbeddedLibrary, tmp_path: Path) -> None:
    with closing(open_library(tmp_path / "library", on_rebuild=pytest.fail)) as reader:
        library.add([make_addition("Long text. " * 20_000, source="long.txt")])
        assert len(reader.search_dense(QUERY, top_k=100)) == 40
        library.remove([21])
        before = library.upkeep.statistics().database_bytes
        library.upkeep.compact()
        assert library.upkeep.statistics().database_bytes < before
        assert reader.search_dense(QUERY, top_k=100) == library.search_dense(QUERY, top_k=100)
        assert len(reader.search_dense(QUERY, top_k=100)) == 39


def test_a_backup_made_while_others_write_is_one_committed_state(library: EmbeddedLibrary, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        day = 100
        while not stop.is_set():
            library.add([make_addition(f"Day {day}.\nNews.", source=f"{name}/{day}.txt") for name in "ab"])
            day += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        size = library.upkeep.back_up(tmp_path / "news.backup")
    finally:
        stop.set()
        writer.join()
    assert size == (tmp_path / "news.backup").stat().st_size
    restore(tmp_path / "restored", tmp_path / "news.backup", replaces=False)
    with closing(open_library(tmp_path / "restored", create=False)) as restored:
        articles = restored.articles()
        assert len(articles) % 2 == 0
        assert len(restored.search_dense(QUERY, top_k=10_000)) == sum(article.passage_count for article in articles)


def test_a_backup_is_not_written_over_a_file(library: EmbeddedLibrary, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(LibraryError, match="exists already"):
        library.upkeep.back_up(tmp_path / "letter.txt")
    with pytest.raises(LibraryError, match="was not written"):
        library.upkeep.back_up(tmp_path / "nowhere" / "news.backup")


def test_a_library_in_use_is_put_back_to_a_backup(library: EmbeddedLibrary, tmp_path: Path) -> None:
    library.upkeep.back_up(tmp_path / "news.backup")
    expected = library.search_dense(QUERY, top_k=100)
    library.remove([2, 3])
    library.add([make_addition("Something else.", source="else.txt")])
    with pytest.raises(LibraryError, match=r"already.*--replace"):
        restore(tmp_path / "library", tmp_path / "news.backup", replaces=False)
    restore(tmp_path / "library", tmp_path / "news.backup", replaces=True)
    assert library.generation == 3
    assert library.search_dense(QUERY, top_k=100) == expected
    assert library.article(1, version=1).text.startswith("The truce")


@pytest.mark.parametrize("content", [b"", b"not a database" * 1000])
def test_a_file_that_is_no_backup_is_refused(library: EmbeddedLibrary, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad").write_bytes(content)
    with pytest.raises((LibraryFormatError, LibraryDamagedError)):
        restore(tmp_path / "library", tmp_path / "bad", replaces=True)
    with pytest.raises(LibraryNotFoundError):
        restore(tmp_path / "library", tmp_path / "nowhere", replaces=True)
    assert len(library.articles()) == 20


def test_a_backup_that_would_run_code_is_refused(library: EmbeddedLibrary, tmp_path: Path) -> None:
    library.upkeep.back_up(tmp_path / "bad")
    with closing(sqlite3.connect(tmp_path / "bad")) as connection:
        connection.execute("CREATE TRIGGER t AFTER INSERT ON articles BEGIN DELETE FROM articles; END")
    with pytest.raises(LibraryFormatError, match="not a library that this Pullquote reads"):
        restore(tmp_path / "library", tmp_path / "bad", replaces=True)


def encode(passages: Sequence[StoredPassage]) -> Vectors:
    return np.array([tiny_vector(passage.text)[:2] for passage in passages], np.float32)


def test_another_embedder_is_refused_until_the_passages_are_encoded_anew(
    library: EmbeddedLibrary, tmp_path: Path
) -> None:
    with pytest.raises(EmbedderMismatchError, match="pullquote reindex"):
        open_library(tmp_path / "library", embedder=OTHER_EMBEDDER)
    library.search_dense(QUERY, top_k=1)
    told: list[tuple[int, int]] = []
    change_embedder(
        tmp_path / "library", OTHER_EMBEDDER, encode=encode, on_progress=lambda done, count: told.append((done, count))
    )
    assert told == [(0, 39), (39, 39)]
    with pytest.raises(EmbedderMismatchError):
        library.search_dense(QUERY, top_k=1)
    with pytest.raises(EmbedderMismatchError):
        library.add([make_addition("Vectors of the old embedder.")])
    with closing(open_library(tmp_path / "library", embedder=OTHER_EMBEDDER, create=False)) as renewed:
        hits = renewed.search_dense(QUERY[:2].copy(), top_k=100)
        assert len(hits) == 39
        assert {hit.score for hit in hits} <= {-0.5, 0.0, 0.5}
        assert len(renewed.articles()) == 20


def test_an_interrupted_change_of_embedder_goes_on_where_it_stopped(library: EmbeddedLibrary, tmp_path: Path) -> None:
    library.add([make_addition("\n".join(f"Line {line}." for line in range(300)), source="long.txt")])
    encoded: list[int] = []

    def encode_and_fail(passages: Sequence[StoredPassage]) -> Vectors:
        if encoded:
            raise KeyboardInterrupt
        encoded.extend(passage.id for passage in passages)
        return encode(passages)

    with pytest.raises(KeyboardInterrupt):
        change_embedder(
            tmp_path / "library", OTHER_EMBEDDER, encode=encode_and_fail, on_progress=lambda done, count: None
        )
    assert len(library.search_dense(QUERY, top_k=1_000)) == 339
    told: list[int] = []
    change_embedder(
        tmp_path / "library", OTHER_EMBEDDER, encode=encode, on_progress=lambda done, count: told.append(done)
    )
    assert told == [256, 339]
