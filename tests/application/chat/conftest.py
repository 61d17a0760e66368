from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rag.settings import Settings
from tests.application.chat.stories import story_engine
from tui.chat.engine import Engine, open_engine


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Scripted answers on a library that tests only read."""
    engine = story_engine(tmp_path_factory.mktemp("stories") / "library")
    with closing(engine.library):
        yield engine


@pytest.fixture
def own_stories(tmp_path: Path) -> Iterator[Engine]:
    """The same on a library of the test's own."""
    engine = story_engine(tmp_path / "stories")
    with closing(engine.library):
        yield engine


@pytest.fixture(scope="session")
def sample_engine(sample_settings: Settings) -> Iterator[Engine]:
    """The real models on the sample article; tests only read it."""
    engine = open_engine(sample_settings)
    with closing(engine.library):
        yield engine
