"""One server for all tests of HTTP: its own process, the shipped models, a copy of the sample library."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from rag.settings import Settings
from tests.application.http.serving import serving


@pytest.fixture(scope="session")
def served_library(sample_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that is served; tests may add to it."""
    directory = tmp_path_factory.mktemp("served") / "library"
    shutil.copytree(sample_settings.library, directory)
    return directory


@pytest.fixture(scope="session")
def address(served_library: Path) -> Iterator[str]:
    """Where `pullquote serve` listens."""
    with serving(served_library) as (_, client):
        yield str(client.base_url).rstrip("/")


@pytest.fixture(scope="session")
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=60) as client:
        yield client
