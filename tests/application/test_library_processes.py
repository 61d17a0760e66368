"""Several processes and threads at one library, and processes that die while they change it."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from vectorstore.articles import Standing
from vectorstore.embedded import EmbeddedLibrary
from vectorstore.errors import LibraryBusyError
from vectorstore.testing import TINY_EMBEDDER, make_addition, tiny_vector

ROOT = Path(__file__).parents[2]

ADD_TWENTY = """
import sys
from contextlib import closing
from pathlib import Path
from vectorstore.embedded import EmbeddedLibrary
from vectorstore.testing import TINY_EMBEDDER, make_addition
sys.stdin.readline()
with closing(EmbeddedLibrary.open(Path(sys.argv[1]), embedder=TINY_EMBEDDER, create=True)) as library:
    for number in range(20):
        print(*library.add([make_addition(f"Truce news {number}.", source=f"{number}.txt")]))
"""


def start_adding(directory: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", ADD_TWENTY, str(directory)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def library(tmp_path: Path) -> Iterator[EmbeddedLibrary]:
    with closing(EmbeddedLibrary.open(tmp_path / "library", embedder=TINY_EMBEDDER, create=True)) as opened:
        yield opened


def test_two_processes_that_create_and_add_the_same_make_one_of_each(tmp_path: Path) -> None:
    processes = [start_adding(tmp_path / "library") for _ in range(2)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate()[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sorted(zip(*told, strict=True)) == sorted(
        (first, "unchanged" if first == "added" else "added") for first in told[0]
    )
    with closing(EmbeddedLibrary.open(tmp_path / "library", embedder=TINY_EMBEDDER, create=False)) as library:
        assert len(library.articles()) == 20
        assert len(library.search_dense(tiny_vector("any"), top_k=100)) == 20


def test_all_that_create_a_library_in_the_same_moment_open_it(tmp_path: Path) -> None:
    at_once = threading.Barrier(4)

    def create(directory: Path) -> None:
        at_once.wait()
        EmbeddedLibrary.open(directory, embedder=TINY_EMBEDDER, create=True).close()

    with ThreadPoolExecutor(max_workers=4) as threads:
        for number in range(50):
            for one in [threads.submit(create, tmp_path / str(number)) for _ in range(4)]:
                one.result()


def test_an_open_library_sees_at_once_what_another_process_committed(library: EmbeddedLibrary, tmp_path: Path) -> None:
    library.add([make_addition("An old truce.", source="old.txt"), make_addition("Gone soon.", source="0.txt")])
    assert len(library.search_dense(tiny_vector("any"), top_k=100)) == 2
    output, _ = start_adding(tmp_path / "library").communicate("go\n")
    assert output.split() == ["updated"] + ["added"] * 19
    hits = library.search_dense(tiny_vector("any"), top_k=100)
    texts = [passage.text for passage in library.passages([hit.passage_id for hit in hits])]
    assert sorted(texts) == sorted(["An old truce.", *(f"Truce news {number}." for number in range(20))])
    assert len(library.search_lexical("truce", top_k=100)) == 21
    assert library.search_lexical("gone", top_k=100) == []


def test_a_second_writer_waits_and_then_says_that_the_library_is_busy(tmp_path: Path) -> None:
    with closing(EmbeddedLibrary.open(tmp_path, embedder=TINY_EMBEDDER, create=True, busy_timeout_s=0.05)) as library:
        library.add([make_addition("The truce.")])
        with closing(sqlite3.connect(tmp_path / "library.sqlite", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(LibraryBusyError, match="Another process"):
                library.remove([1])
            assert len(library.search_lexical("truce", top_k=5)) == 1
            assert len(library.search_dense(tiny_vector("any"), top_k=5)) == 1
        assert len(library.remove([1])) == 1


def test_threads_search_while_others_add_and_remove(library: EmbeddedLibrary) -> None:
    def change(thread: int) -> None:
        for number in range(10):
            assert library.add([make_addition(f"Truce {thread} {number}.", source=f"{thread}.txt")]) in (
                [Standing.ADDED],
                [Standing.UPDATED],
            )
        library.remove([article.id for article in library.articles() if article.source == f"{thread}.txt"])

    def search(_: int) -> None:
        for _ in range(30):
            hits = library.search_dense(tiny_vector("any"), top_k=100)
            assert hits == sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))
            assert len(library.search_lexical("truce", top_k=100)) <= 2

    with ThreadPoolExecutor(max_workers=6) as threads:
        done = [threads.submit(change, thread) for thread in range(2)]
        done += [threads.submit(search, thread) for thread in range(4)]
        for one in done:
            one.result()
    assert library.articles() == []
    assert library.search_dense(tiny_vector("any"), top_k=100) == []
