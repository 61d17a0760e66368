"""The commands that keep a library in order, as a person runs them."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from rag.settings import Settings


def run(library: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("pullquote"), "--library", library, *arguments]
    return subprocess.run(
        list(map(str, command)), env=dict(os.environ), capture_output=True, text=True, check=False, timeout=120
    )


def told(library: Path, *arguments: object) -> dict[str, object]:
    ran = run(library, *arguments, "--json")
    assert ran.returncode == 0, ran.stderr
    return dict(json.loads(ran.stdout))


@pytest.fixture
def own(sample_settings: Settings, tmp_path: Path) -> Path:
    """The sample library, put into another directory by way of a backup."""
    assert told(sample_settings.library, "backup", tmp_path / "news.backup")["size_bytes"]
    assert told(tmp_path / "own", "restore", tmp_path / "news.backup")["articles"] == 1
    return tmp_path / "own"


def test_a_library_is_counted_compacted_and_pruned(own: Path) -> None:
    statistics = told(own, "stats")
    assert (statistics["articles"], statistics["versions"], statistics["recall"]) == (1, 1, 1.0)
    assert told(own, "prune", "--versions") == {"pruned_versions": 0}
    assert set(told(own, "compact")) == {"before_bytes", "after_bytes"}
    assert "The exact index of" in run(own, "stats").stdout


def test_pruning_says_what_it_would_remove(own: Path) -> None:
    ran = run(own, "prune")
    assert ran.returncode == 2
    assert "--versions" in ran.stderr


def test_a_backup_takes_the_place_of_a_library_only_when_asked(own: Path, tmp_path: Path) -> None:
    refused = run(own, "restore", tmp_path / "news.backup")
    assert refused.returncode == 3
    assert "--replace" in refused.stderr
    assert run(own, "restore", "--replace", tmp_path / "news.backup").returncode == 0
    assert run(own, "backup", tmp_path / "news.backup").returncode == 3


def test_a_library_of_another_embedder_is_encoded_anew_and_answers(own: Path) -> None:
    with closing(sqlite3.connect(own / "library.sqlite")) as connection, connection:
        connection.execute("UPDATE embedder SET name = 'former', sha256 = '0', dimension = 3")
        connection.execute("UPDATE vectors SET vector = zeroblob(12)")
    refused = run(own, "ask", "when does the truce end?")
    assert refused.returncode == 3
    assert "pullquote reindex" in refused.stderr
    done = told(own, "reindex")
    assert done["former_embedder"] == "former"
    assert run(own, "ask", "when does the truce end?").returncode == 0
