"""Kills a process that changes a library, again and again, and compares what is left with the oracle.

Run as a script: ``python crash_library.py DIRECTORY KILLS SEED``. It forks, so it must not run inside pytest. It prints
how many kills met each operation while it ran.
"""

import os
import select
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from random import Random

from vectorstore.embedded import EmbeddedLibrary
from vectorstore.memory import MemoryLibrary
from vectorstore.protocols import Library
from vectorstore.testing import TINY_EMBEDDER, make_addition, tiny_vector

CHANGES = ("a", "u", "r")
"""Add, update, remove: each commits one generation."""

OPERATIONS = (*CHANGES, "c", "s")
"""And compacting, and the saving of the indexes. The small letter is told before an operation, the capital after it."""

LONGEST_WAIT_S = 0.02
MOST_ARTICLES = 12


def plan(library: Library, step: int) -> tuple[str, Callable[[], object]]:
    """Return the change that belongs to a step, which is one more than the library's generation."""
    random = Random(step)
    articles = library.articles()
    operation = random.choice(CHANGES) if articles else "a"
    if operation == "r" or len(articles) > MOST_ARTICLES:
        return "r", partial(library.remove, [random.choice(articles).id])
    source = f"{step}.txt" if operation == "a" else random.choice(articles).source
    lines = (f"word{random.randrange(50)} number {line}" for line in range(6))
    return operation, partial(library.add, [make_addition("\n".join([f"step {step}", *lines]), source=source)])


def open_library(directory: Path) -> EmbeddedLibrary:
    return EmbeddedLibrary.open(directory, embedder=TINY_EMBEDDER, create=True, on_rebuild=print)


def change_for_ever(directory: Path, generation: int, pipe: int) -> None:
    """Change, compact and close, so that the index is saved too; tell every operation before and after."""
    steps = count(generation)

    def do(operation: str, act: Callable[[], object]) -> None:
        os.write(pipe, operation.encode())
        act()
        os.write(pipe, operation.upper().encode())

    while True:
        library = open_library(directory)
        for _ in range(2):
            do(*plan(library, next(steps)))
        do("c", library.upkeep.compact)
        do(*plan(library, next(steps)))
        do("s", library.close)


def run_and_kill(directory: Path, generation: int, operation: str, random: Random) -> str:
    """Kill the process at a random moment after it began an operation of a kind; return all that it told."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        change_for_ever(directory, generation, writing)
    os.close(writing)
    told = ""
    while operation not in told:
        told += os.read(reading, 1000).decode()
    select.select([], [], [], random.random() ** 3 * LONGEST_WAIT_S)  # Most operations are short.
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reading, 1000):
        told += more.decode()
    os.close(reading)
    return told


def shown(library: Library) -> list[object]:
    return [
        library.generation,
        [replace(article, added_at="") for article in library.articles()],
        library.search_dense(tiny_vector("any"), top_k=1000),
        [hit.passage_id for hit in library.search_lexical("word1 word2 word3", top_k=1000)],
        library.passages(range(3000)),
    ]


def main(directory: Path, kills: int, seed: int) -> None:
    random = Random(seed)
    oracle = MemoryLibrary(TINY_EMBEDDER)
    met: Counter[str] = Counter()
    for kill in range(kills):
        told = run_and_kill(directory, oracle.generation, OPERATIONS[kill % len(OPERATIONS)], random)
        met.update(told[-1] if told[-1].islower() else "")
        acknowledged = sum(told.count(change.upper()) for change in CHANGES)
        before = oracle.generation
        with closing(open_library(directory)) as library:
            committed = library.generation - before
            assert committed in (acknowledged, acknowledged + (told[-1] in CHANGES)), (committed, told)
            for step in range(before, library.generation):
                plan(oracle, step)[1]()
            assert shown(library) == shown(oracle)
        with closing(sqlite3.connect(directory / "library.sqlite")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    told_of = " ".join(f"{operation}:{met[operation]}" for operation in OPERATIONS)
    sys.stdout.write(f"{kills} kills, {oracle.generation} changes survived, met while they ran {told_of}\n")


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
