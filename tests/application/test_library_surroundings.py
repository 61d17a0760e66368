"""What the machine does around a library: the disk is full in the middle of a command, and the clock is set back."""

import os
import resource
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from vectorstore.articles import Standing
from vectorstore.embedded import EmbeddedLibrary
from vectorstore.memory import MemoryLibrary
from vectorstore.testing import TINY_EMBEDDER, make_addition, tiny_vector

NEWS = [make_addition(f"The truce ends on day {day}.\nNews {day}.", source=f"{day}.txt") for day in range(20)]
QUERY = tiny_vector("any")


def open_library(directory: Path, *, read_only: bool = False) -> EmbeddedLibrary:
    return EmbeddedLibrary.open(directory, embedder=TINY_EMBEDDER, create=not read_only, read_only=read_only)


def test_a_full_disk_ends_the_command_with_a_clear_error_and_an_intact_library(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number}.txt").write_text(f"Toll {number}\n\n" + f"The toll rises to {number} euros. " * 20)
    target = tmp_path / "mine"
    pullquote = [sys.executable, "-m", "tui.cli", "--library", str(target)]
    subprocess.run([*pullquote, "add", str(folder / "0.txt")], check=True, capture_output=True)
    most = (target / "library.sqlite").stat().st_size + 40_000
    run = subprocess.run(
        [*pullquote, "add", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )
    assert run.returncode == 3
    assert "The disk has no room for the library" in run.stderr
    assert "Traceback" not in run.stderr
    listed = subprocess.run([*pullquote, "articles", "--json"], check=True, capture_output=True, text=True)
    assert "0.txt" in listed.stdout
    asked = subprocess.run([*pullquote, "ask", "how high is the toll?"], capture_output=True, text=True, check=False)
    assert asked.returncode in (0, 1), asked.stderr
    with closing(sqlite3.connect(target / "library.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_clock_that_was_set_back_changes_no_order_and_no_answer(tmp_path: Path) -> None:
    directory = tmp_path / "library"
    with closing(open_library(directory)) as library:
        library.add(NEWS)
    with closing(sqlite3.connect(directory / "library.sqlite")) as connection, connection:
        connection.execute("UPDATE versions SET added_at = '2199-01-01T00:00:00+00:00'")
    later = datetime(2199, 1, 1, tzinfo=UTC).timestamp()
    for path in directory.iterdir():
        os.utime(path, (later, later))
    oracle = MemoryLibrary(TINY_EMBEDDER)
    oracle.add(NEWS)
    with closing(open_library(directory, read_only=True)) as reader:
        for _ in range(2):
            with closing(open_library(directory)) as library:
                for one in (library, oracle):
                    changed = make_addition(f"The truce was prolonged {one.generation}.", source="3.txt")
                    assert one.add([changed]) == [Standing.UPDATED]
                    one.remove([one.articles()[0].id])
            for one in (library_again := open_library(directory), reader):
                assert one.generation == oracle.generation
                assert one.search_dense(QUERY, top_k=100) == oracle.search_dense(QUERY, top_k=100)
                hits = [hit.passage_id for hit in one.search_lexical("truce prolonged", top_k=100)]
                assert hits == [hit.passage_id for hit in oracle.search_lexical("truce prolonged", top_k=100)]
            library_again.close()
