"""200 processes that are killed while they change a library, and one that is locked for a minute meanwhile."""

import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from vectorstore.articles import Standing
from vectorstore.embedded import EmbeddedLibrary
from vectorstore.errors import LibraryBusyError
from vectorstore.testing import TINY_EMBEDDER, make_addition, tiny_vector

KILLS = 200
WORKERS = 4
LOCKED_S = 60
CRASHES = Path(__file__).with_name("crash_library.py")
ROOT = Path(__file__).parents[2]

LOCK = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
time.sleep(float(sys.argv[2]))
connection.execute("ROLLBACK")
"""

ADD = """
import sys
from contextlib import closing
from pathlib import Path
from vectorstore.embedded import EmbeddedLibrary
from vectorstore.testing import TINY_EMBEDDER, make_addition
patience_s = float(sys.argv[2])
directory = Path(sys.argv[1])
with closing(
    EmbeddedLibrary.open(directory, embedder=TINY_EMBEDDER, create=False, busy_timeout_s=patience_s)
) as library:
    print(*library.add([make_addition("The truce holds.", source="late.txt")]))
"""


def start(*command: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *map(str, command)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module", autouse=True)
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, subprocess.Popen[str], float]]:
    """A library, who locks it for a minute, and when that began; it runs while the kills do."""
    directory = tmp_path_factory.mktemp("locked") / "library"
    with closing(EmbeddedLibrary.open(directory, embedder=TINY_EMBEDDER, create=True)) as library:
        library.add([make_addition("The truce.")])
    with start("-c", LOCK, directory / "library.sqlite", LOCKED_S) as locker:
        assert locker.stdout is not None
        assert locker.stdout.readline() == "locked\n"
        yield directory, locker, time.monotonic()


@pytest.fixture(scope="module", autouse=True)
def patient(locked: tuple[Path, subprocess.Popen[str], float]) -> Iterator[subprocess.Popen[str]]:
    """Who waits until the lock is gone."""
    with start("-c", ADD, locked[0], 10 * LOCKED_S) as writer:
        yield writer


def test_processes_killed_at_any_moment_leave_all_that_was_acknowledged(tmp_path: Path) -> None:
    crashes = [start(CRASHES, tmp_path / f"{seed}", KILLS // WORKERS, seed) for seed in range(WORKERS)]
    told = [process.communicate() for process in crashes]
    assert [process.returncode for process in crashes] == [0] * WORKERS, told
    met = Counter[str]()
    for operation, count in re.findall(r"(\w):(\d+)", " ".join(output for output, _ in told)):
        met[operation] += int(count)
    assert min(met.values()) > 0, met


def test_a_library_that_is_locked_for_a_minute_answers_refuses_and_goes_on(
    locked: tuple[Path, subprocess.Popen[str], float], patient: subprocess.Popen[str]
) -> None:
    directory, locker, began = locked
    with closing(EmbeddedLibrary.open(directory, embedder=TINY_EMBEDDER, create=False, busy_timeout_s=0.2)) as library:
        while locker.poll() is None and time.monotonic() < began + LOCKED_S - 2:
            assert len(library.search_lexical("truce", top_k=5)) == 1
            assert len(library.search_dense(tiny_vector("any"), top_k=5)) == 1
            with pytest.raises(LibraryBusyError, match="Another process"):
                library.add([make_addition("An early truce.", source="early.txt")])
            time.sleep(1)
        assert locker.wait(timeout=2 * LOCKED_S) == 0
        told, error = patient.communicate(timeout=2 * LOCKED_S)
        assert told.split() == [Standing.ADDED], error
        assert len(library.search_lexical("truce", top_k=5)) == 2
        assert len(library.search_dense(tiny_vector("any"), top_k=5)) == 2
