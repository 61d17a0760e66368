"""Kills a process that changes a library, again and again, and compares what is left with the oracle.

Run as a script: ``python crash_library.py DIRECTORY ROUNDS``. It forks, so it must not run inside pytest.
"""

import os
import select
import signal
import sqlite3
import sys
from contextlib import closing, suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random

from vectorstore.embedded import EmbeddedLibrary
from vectorstore.memory import MemoryLibrary
from vectorstore.protocols import Library
from vectorstore.testing import TINY_EMBEDDER, make_addition, tiny_vector


def change(library: Library, step: int) -> None:
    """Do the change that belongs to a step: add or update some articles, or remove one."""
    random = Random(step)
    ids = [article.id for article in library.articles()]
    if ids and random.random() < 0.3:
        library.remove([random.choice(ids)])
        return
    texts = ["\n".join(f"word{random.randrange(50)} number {line}" for line in range(6)) for _ in range(3)]
    library.add([make_addition(f"step {step}\n{text}", source=f"{random.randrange(9)}.txt") for text in texts])


def open_library(directory: Path) -> EmbeddedLibrary:
    return EmbeddedLibrary.open(directory, embedder=TINY_EMBEDDER, create=True, on_rebuild=print)


def change_for_ever(directory: Path, generation: int, acknowledge: int) -> None:
    """Change and close, so that the index is saved too; tell the number of every change that was committed."""
    steps = count(generation)
    while True:
        with closing(open_library(directory)) as library:
            for _ in range(2):
                change(library, next(steps))
                os.write(acknowledge, b".")


def run_and_kill(directory: Path, generation: int, random: Random) -> int:
    """Return how many changes were acknowledged before the process was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        change_for_ever(directory, generation, writing)
    os.close(writing)
    acknowledged = 0
    for _ in range(random.randint(1, 4)):
        acknowledged += len(os.read(reading, 100))
    select.select([], [], [], random.random() * 0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reading, 1000):
        acknowledged += len(more)
    os.close(reading)
    return acknowledged


def shown(library: Library) -> list[object]:
    return [
        library.generation,
        [replace(article, added_at="") for article in library.articles()],
        library.search_dense(tiny_vector("any"), top_k=1000),
        [hit.passage_id for hit in library.search_lexical("word1 word2 word3", top_k=1000)],
        library.passages(range(500)),
    ]


def main(directory: Path, rounds: int) -> None:
    random = Random(5)
    oracle = MemoryLibrary(TINY_EMBEDDER)
    for _ in range(rounds):
        acknowledged = run_and_kill(directory, oracle.generation, random)
        before = oracle.generation
        with closing(open_library(directory)) as library:
            committed = library.generation - before
            assert committed in (acknowledged, acknowledged + 1), (committed, acknowledged)
            for step in range(before, library.generation):
                change(oracle, step)
            assert shown(library) == shown(oracle)
        with closing(sqlite3.connect(directory / "library.sqlite")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            connection.execute("INSERT INTO passage_terms (passage_terms) VALUES ('integrity-check')")
    sys.stdout.write(f"{rounds} kills, {oracle.generation} changes survived\n")


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main(Path(sys.argv[1]), int(sys.argv[2]))
