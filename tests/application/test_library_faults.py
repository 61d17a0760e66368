"""What befalls the files of a library: damage, foreign files, no permission, no room."""

import json
import logging
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from vectorstore.articles import Addition, DateOrigin, Standing
from vectorstore.embedded import EmbeddedLibrary
from vectorstore.errors import (
    EmbedderMismatchError,
    LibraryDamagedError,
    LibraryFormatError,
    LibraryFullError,
    LibraryNotFoundError,
    LibraryReadOnlyError,
)
from vectorstore.testing import TINY_EMBEDDER, make_addition, tiny_vector

NEWS = [make_addition(f"The truce ends on day {day}.\nNews {day}.", source=f"{day}.txt") for day in range(20)]
QUERY = tiny_vector("any")


def open_library(directory: Path, **options: object) -> EmbeddedLibrary:
    return EmbeddedLibrary.open(directory, **{"embedder": TINY_EMBEDDER, "create": False, **options})


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A library of twenty articles, closed, with its index saved."""
    with closing(open_library(tmp_path / "library", create=True)) as library:
        library.add(NEWS)
    return tmp_path / "library"


def index_file(directory: Path) -> Path:
    (path,) = directory.glob("vectors-*.faiss")
    return path


def truncate(directory: Path) -> None:
    path = index_file(directory)
    path.write_bytes(path.read_bytes()[:-40])


def flip_a_bit(directory: Path) -> None:
    content = bytearray(index_file(directory).read_bytes())
    content[len(content) // 2] ^= 4
    index_file(directory).write_bytes(content)


def delete_index(directory: Path) -> None:
    index_file(directory).unlink()


def empty_index(directory: Path) -> None:
    index_file(directory).write_bytes(b"")


def break_manifest(directory: Path) -> None:
    (directory / "vectors.json").write_text("{", encoding="utf-8")


def nest_manifest(directory: Path) -> None:
    (directory / "vectors.json").write_text("[" * 100_000, encoding="utf-8")


def change_manifest(directory: Path, **values: object) -> None:
    path = directory / "vectors.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | values), encoding="utf-8")


def change_built_with(directory: Path, **values: object) -> None:
    built_with = json.loads((directory / "vectors.json").read_text(encoding="utf-8"))["built_with"]
    change_manifest(directory, built_with=built_with | values)


def take_from_another_library(directory: Path) -> None:
    other = directory.with_name("other")
    with closing(open_library(other, create=True)) as library:
        library.add([make_addition("Another truce.\nOther news.", source=f"{day}.txt") for day in range(20)])
    for path in other.glob("vectors*"):
        (directory / path.name).write_bytes(path.read_bytes())


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (truncate, "checksum"),
        (flip_a_bit, "checksum"),
        (empty_index, "checksum"),
        (delete_index, "No such file"),
        (break_manifest, "manifest"),
        (nest_manifest, "manifest"),
        (take_from_another_library, "another library"),
        (lambda directory: change_manifest(directory, count=39), "vectors, not 39"),
        (lambda directory: change_manifest(directory, generation=2**70), "manifest"),
        (lambda directory: change_manifest(directory, commit="\ud800"), "manifest"),
        (lambda directory: change_manifest(directory, commit="0"), "another library"),
        (lambda directory: change_manifest(directory, format_version=1), "format"),
        (lambda directory: change_manifest(directory, sha256="../../etc/passwd"), "manifest"),
        (lambda directory: change_manifest(directory, built_with={}), "another embedder"),
        (lambda directory: change_built_with(directory, embedder="1"), "another embedder"),
        (lambda directory: change_built_with(directory, metric="l2"), "another metric"),
    ],
)
def test_an_index_that_cannot_be_trusted_is_rebuilt_and_mended(
    directory: Path, damage: Callable[[Path], None], reason: str
) -> None:
    with closing(open_library(directory)) as library:
        expected = library.search_dense(QUERY, top_k=100)
    damage(directory)
    told: list[str] = []
    with closing(open_library(directory, on_rebuild=told.append)) as library:
        assert library.search_dense(QUERY, top_k=100) == expected
    assert len(told) == 1
    assert reason in told[0]
    assert "40 stored vectors" in told[0]
    with closing(open_library(directory, on_rebuild=pytest.fail)) as library:
        assert library.search_dense(QUERY, top_k=100) == expected


def test_an_index_of_a_later_state_than_a_restored_library_is_rebuilt(directory: Path) -> None:
    backup = (directory / "library.sqlite").read_bytes()
    with closing(open_library(directory)) as library:
        library.remove([article.id for article in library.articles()])
    (directory / "library.sqlite").write_bytes(backup)
    told: list[str] = []
    with closing(open_library(directory, on_rebuild=told.append)) as library:
        assert len(library.search_dense(QUERY, top_k=100)) == 40
    assert "another state" in told[0]


def test_a_small_change_does_not_rewrite_the_index(directory: Path) -> None:
    saved = index_file(directory)
    with closing(open_library(directory)) as library:
        library.add([make_addition("One more.", source="more.txt")])
    assert index_file(directory) == saved
    with closing(open_library(directory, on_rebuild=pytest.fail)) as library:
        assert len(library.search_dense(QUERY, top_k=100)) == 41
        library.remove([article.id for article in library.articles()][:10])
    assert index_file(directory) != saved


def test_a_reader_leaves_every_file_as_it_was(directory: Path) -> None:
    delete_index(directory)
    before = {path.name: path.read_bytes() for path in directory.iterdir()}
    with closing(open_library(directory, read_only=True)) as library:
        assert len(library.search_dense(QUERY, top_k=100)) == 40
        with pytest.raises(LibraryReadOnlyError):
            library.add(NEWS)
        with pytest.raises(LibraryReadOnlyError):
            library.remove([1])
    assert {path.name: path.read_bytes() for path in directory.iterdir()} == before


def test_no_library_names_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(LibraryNotFoundError, match="pullquote add PATH"):
        open_library(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_of_other_files_is_not_made_a_library(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(LibraryFormatError, match="holds other files"):
        open_library(tmp_path, create=True)
    with pytest.raises(LibraryFormatError, match="is not a directory"):
        open_library(tmp_path / "letter.txt", create=True)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_that_is_no_database_is_damaged(directory: Path) -> None:
    (directory / "library.sqlite").write_text("not a database at all" * 100, encoding="utf-8")
    for create in (True, False):
        with pytest.raises(LibraryDamagedError, match=r"library\.sqlite is damaged"):
            open_library(directory, create=create)


def test_a_damaged_page_is_an_error_of_ours(directory: Path) -> None:
    path = directory / "library.sqlite"
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xa5" * (len(content) - 8192))
    with pytest.raises(LibraryDamagedError), closing(open_library(directory)) as library:
        library.articles()


def test_another_program_s_database_is_not_a_library(directory: Path) -> None:
    (directory / "library.sqlite").unlink()
    with closing(sqlite3.connect(directory / "library.sqlite")) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    for create in (True, False):
        with pytest.raises(LibraryFormatError, match="is not a library"):
            open_library(directory, create=create)


def test_a_newer_format_is_refused(directory: Path) -> None:
    with closing(sqlite3.connect(directory / "library.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(LibraryFormatError, match=r"format 99.*Update Pullquote"):
        open_library(directory)


def make_format_2(directory: Path) -> None:
    """Take a library back to what format 2 held: terms in FTS5, which cut them itself."""
    with closing(sqlite3.connect(directory / "library.sqlite")) as connection:
        for table in ("passage_terms", "terms", "analyser"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("CREATE VIRTUAL TABLE passage_terms USING fts5 (title, text)")
        connection.execute("PRAGMA user_version = 2")


def make_format_1(directory: Path) -> None:
    """Take a library back to what format 1 held."""
    make_format_2(directory)
    with closing(sqlite3.connect(directory / "library.sqlite")) as connection:
        for column in ("published_origin", "published_certainty"):
            connection.execute(f"ALTER TABLE versions DROP COLUMN {column}")
        connection.execute("PRAGMA user_version = 1")


def test_a_library_of_format_1_is_brought_up_to_date(directory: Path) -> None:
    make_format_1(directory)
    with closing(open_library(directory)) as library:
        assert {summary.published_origin for summary in library.articles()} == {None}
        assert library.add(NEWS) == [Standing.UNCHANGED] * len(NEWS)
        later = make_addition("New.", source="new.txt", published="2026-02-01", published_origin=DateOrigin.GIVEN)
        library.add([later])
    with closing(open_library(directory, read_only=True)) as library:
        assert library.articles()[-1].published_origin is DateOrigin.GIVEN


@pytest.mark.parametrize("change", [make_format_1, make_format_2])
def test_an_older_library_is_searched_as_a_new_one(directory: Path, change: Callable[[Path], None]) -> None:
    with closing(open_library(directory)) as library:
        expected = library.search_lexical("truce", top_k=9)
    change(directory)
    with closing(open_library(directory)) as library:
        assert library.search_lexical("truce", top_k=9) == expected != []


def test_a_library_cut_into_terms_otherwise_is_cut_anew(directory: Path) -> None:
    with closing(open_library(directory)) as library:
        expected = library.search_lexical("truce", top_k=9)
    with closing(sqlite3.connect(directory / "library.sqlite")) as connection, connection:
        connection.execute("UPDATE terms SET term = term || 'x'")
        connection.execute("UPDATE analyser SET name = 'another'")
    with closing(open_library(directory)) as library:
        assert library.search_lexical("truce", top_k=9) == expected != []


def test_a_library_of_format_1_that_may_not_be_written_to_says_what_to_do(directory: Path) -> None:
    make_format_1(directory)
    with pytest.raises(LibraryReadOnlyError, match=r"format 1.*run `pullquote articles` once"):
        open_library(directory, read_only=True)
    with closing(open_library(directory)) as library:
        assert len(library.articles()) == len(NEWS)


def test_another_embedder_is_refused_with_both_names(directory: Path) -> None:
    other = replace(TINY_EMBEDDER, name="huge", sha256="1" * 64)
    with pytest.raises(EmbedderMismatchError, match=r"embedder tiny .*name huge .*back to tiny"):
        open_library(directory, embedder=other)


def test_a_closed_library_says_so(directory: Path) -> None:
    library = open_library(directory)
    library.close()
    with pytest.raises(ValueError, match="closed"):
        library.articles()


def test_an_interrupted_creation_is_taken_up_again(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite").touch()
    with pytest.raises(LibraryNotFoundError):
        open_library(tmp_path)
    with closing(open_library(tmp_path, create=True)) as library:
        assert library.add(NEWS[:1]) == [Standing.ADDED]


@contextmanager
def files_no_larger_than(size_bytes: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def wide_news(count: int) -> list[Addition]:
    random = np.random.default_rng(3)
    news = [make_addition(f"Wide news {number}.", source=f"wide/{number}.txt") for number in range(count)]
    return [replace(one, vectors=random.standard_normal((1, 384)).astype(np.float32)) for one in news]


WIDE_EMBEDDER = replace(TINY_EMBEDDER, dimension=384)


def test_no_room_for_an_addition_leaves_the_library_as_it_was(tmp_path: Path) -> None:
    with closing(open_library(tmp_path / "library", embedder=WIDE_EMBEDDER, create=True)) as library:
        library.add(wide_news(3))
        with files_no_larger_than(400_000):
            with pytest.raises(LibraryFullError, match="no room"):
                library.add(wide_news(1_000))
            assert len(library.search_dense(np.ones(384, np.float32), top_k=2_000)) == 3
        assert library.generation == 1
        assert len(library.search_lexical("wide", top_k=2_000)) == 3
        assert library.add(wide_news(10)).count(Standing.ADDED) == 7


def test_no_room_for_the_index_does_not_take_back_an_addition(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    library = open_library(tmp_path / "library", embedder=WIDE_EMBEDDER, create=True)
    library.add(wide_news(100))
    with files_no_larger_than(50_000), caplog.at_level(logging.WARNING):
        library.close()
    assert "was not saved" in caplog.text
    assert list((tmp_path / "library").glob("vectors*")) == []
    for limit in (50_000, 50_000_000):
        with (
            files_no_larger_than(limit),
            closing(open_library(tmp_path / "library", embedder=WIDE_EMBEDDER)) as library,
        ):
            assert len(library.search_dense(np.ones(384, np.float32), top_k=1_000)) == 100
    assert index_file(tmp_path / "library").stat().st_size > 50_000


AS_A_STRANGER = f"""
import ctypes, sys
from contextlib import closing
from pathlib import Path
from vectorstore.embedded import EmbeddedLibrary
from vectorstore.errors import LibraryReadOnlyError
from vectorstore.testing import TINY_EMBEDDER, make_addition, tiny_vector
if sys.platform == "linux":  # Root may write anywhere until it gives up its capabilities (capset(2)).
    ctypes.CDLL(None).capset((ctypes.c_uint32 * 2)({0x20080522}, 0), (ctypes.c_uint32 * 6)())
directory = Path(sys.argv[1])
for read_only in (True, False):
    with closing(EmbeddedLibrary.open(directory, embedder=TINY_EMBEDDER, create=False, read_only=read_only)) as library:
        print(len(library.search_dense(tiny_vector("any"), top_k=100)), len(library.search_lexical("truce", top_k=100)))
        try:
            library.add([make_addition("More.", source="more.txt")])
        except LibraryReadOnlyError as error:
            print(error.message)
"""


@pytest.mark.parametrize("is_index_damaged", [False, True])
def test_a_library_in_a_read_only_directory_answers(directory: Path, is_index_damaged: bool) -> None:
    if is_index_damaged:
        flip_a_bit(directory)
    paths = [*directory.iterdir(), directory]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        run = subprocess.run(
            [sys.executable, "-c", AS_A_STRANGER, str(directory)], capture_output=True, text=True, check=True
        )
    finally:
        for path in reversed(paths):
            path.chmod(0o755 if path.is_dir() else 0o644)
    refused = f"The library {directory} cannot be written to."
    assert run.stdout.splitlines() == ["40 20", refused, "40 20", refused]
    assert sorted(path.suffix for path in directory.iterdir()) == [".faiss", ".json", ".json", ".postings", ".sqlite"]
