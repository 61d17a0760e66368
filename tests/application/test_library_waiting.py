"""A second writer waits for the first, and says so."""

import logging
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from vectorstore.articles import Standing
from vectorstore.embedded import EmbeddedLibrary
from vectorstore.testing import TINY_EMBEDDER, make_addition


def _writer(directory: Path) -> sqlite3.Connection:
    return sqlite3.connect(directory / "library.sqlite", isolation_level=None, check_same_thread=False)


def test_a_second_writer_says_that_it_waits_and_goes_on_when_the_first_is_done(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        closing(EmbeddedLibrary.open(tmp_path, embedder=TINY_EMBEDDER, create=True, busy_timeout_s=30)) as library,
        closing(_writer(tmp_path)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        done = threading.Timer(1.0, other.execute, args=("COMMIT",))
        done.start()
        with caplog.at_level(logging.WARNING):
            assert library.add([make_addition("The truce.")]) == [Standing.ADDED]
        done.join()
    assert caplog.messages == [
        f"The library {tmp_path} is being written to; waiting until that is done, 30 seconds at most."
    ]


def test_a_writer_that_waits_for_nobody_says_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with closing(EmbeddedLibrary.open(tmp_path, embedder=TINY_EMBEDDER, create=True)) as library:
        library.add([make_addition("The truce.")])
    assert caplog.messages == []
