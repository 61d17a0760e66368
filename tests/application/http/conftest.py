"""One server for all tests of HTTP: its own process, the shipped models, a copy of the sample library."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from rag.settings import Settings


@pytest.fixture(scope="session")
def served_library(sample_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that is served; tests may add to it."""
    directory = tmp_path_factory.mktemp("served") / "library"
    shutil.copytree(sample_settings.library, directory)
    return directory


@pytest.fixture(scope="session")
def address(served_library: Path) -> Iterator[str]:
    """Where `pullquote serve` listens."""
    command = [sys.executable, "-m", "tui.cli", "--library", str(served_library), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            told = process.stderr.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+", told)
            assert found is not None, told + process.stderr.read()
            yield found[0]
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=60) as client:
        yield client
