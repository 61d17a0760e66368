"""What all tests share: a clean environment, and libraries built once by the real parts."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rag.assembly import build_assistant, build_embedder, fill_library, open_library
from rag.assistant import Assistant
from rag.settings import Settings, load_settings
from vectorstore.protocols import Library

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
NEWS = ROOT / "tests" / "library"


@pytest.fixture(autouse=True, scope="session")
def _clean_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the person's own settings, library and models out of the tests."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ:
            if name.startswith(("PULLQUOTE_", "XDG_")):
                patch.delenv(name)
        patch.setenv("HOME", str(home))
        patch.setenv("HF_HUB_OFFLINE", "1")
        yield


@pytest.fixture(scope="session")
def sample_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a library that holds the sample article; tests only read it."""
    return _built(tmp_path_factory.mktemp("sample") / "library", SEEDS)


@pytest.fixture(scope="session")
def news_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a library that holds the sample article and all of tests/library; tests only read it."""
    return _built(tmp_path_factory.mktemp("news") / "library", SEEDS, NEWS)


@pytest.fixture(scope="session")
def sample_assistant(sample_settings: Settings) -> Iterator[Assistant]:
    """The product's assistant on the sample library."""
    yield from _opened_assistant(sample_settings)


@pytest.fixture(scope="session")
def news_assistant(news_settings: Settings) -> Iterator[Assistant]:
    """The product's assistant on the news library."""
    yield from _opened_assistant(news_settings)


@pytest.fixture(scope="session")
def sample_library(sample_settings: Settings) -> Iterator[Library]:
    """The sample library itself."""
    with closing(open_library(sample_settings, embedder=build_embedder(sample_settings))) as library:
        yield library


@pytest.fixture(scope="session")
def news_library(news_settings: Settings) -> Iterator[Library]:
    """The news library itself."""
    with closing(open_library(news_settings, embedder=build_embedder(news_settings))) as library:
        yield library


def _built(directory: Path, *paths: Path) -> Settings:
    settings = load_settings(library=directory)
    assert not fill_library(settings, paths).refused
    return settings


def _opened_assistant(settings: Settings) -> Iterator[Assistant]:
    embedder = build_embedder(settings)
    with closing(open_library(settings, embedder=embedder)) as library:
        yield build_assistant(settings, library=library, embedder=embedder)


@pytest.fixture(scope="session")
def seed_folder() -> Path:
    """The folder that holds the sample article."""
    return SEEDS


@pytest.fixture(scope="session")
def seed_text() -> str:
    """The sample article, as its file holds it."""
    (path,) = SEEDS.glob("*.txt")
    return path.read_text(encoding="utf-8")
