"""Every state looks as it did: SVG against ``tests/snapshots``; ``make snapshots`` draws them anew, to be looked at."""

import os
import re
from pathlib import Path

import pytest

from rag.testing import HashedWordsEmbedder
from tests.application.chat.scripted import ScriptedAsker
from tests.application.chat.states import STATE_NAMES, drawn_as, file_name, looks, shown
from tests.application.chat.stories import librarian_of
from tui.chat.engine import Engine
from vectorstore.embedded import EmbeddedLibrary

pytestmark = pytest.mark.anyio
SNAPSHOTS = Path(__file__).parents[2] / "snapshots"
IS_RENEWED = bool(os.environ.get("RENEW_SNAPSHOTS"))


def normalised(svg: str) -> str:
    """Return the drawing without what varies: the number that Rich gives its names, and fonts from elsewhere."""
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    return re.sub(r"terminal-\d+", "terminal", svg)


@pytest.fixture
def empty(tmp_path: Path) -> Engine:
    """An engine on a library without articles."""
    embedder = HashedWordsEmbedder()
    library = EmbeddedLibrary.open(tmp_path / "empty", embedder=embedder.identity, create=True)
    return Engine(ScriptedAsker(library, {}), library, librarian_of(library, embedder))


@pytest.mark.parametrize("state", STATE_NAMES)
async def test_a_state_looks_as_it_did(stories: Engine, empty: Engine, tmp_path: Path, state: str) -> None:
    changed = []
    async with shown(state, empty if state == "empty" else stories, tmp_path / "sessions") as pilot:
        for look in looks(state):
            drawing = normalised(await drawn_as(pilot, look))
            path = SNAPSHOTS / file_name(state, look)
            if IS_RENEWED:
                path.write_text(drawing, encoding="utf-8")
            if not path.exists() or drawing != path.read_text(encoding="utf-8"):
                changed.append(path.name)
    assert changed == [], "They look different: run `make snapshots`, and look at what changed."


def test_no_snapshot_is_left_over() -> None:
    expected = {file_name(state, look) for state in STATE_NAMES for look in looks(state)}
    assert {path.name for path in SNAPSHOTS.glob("*.svg")} == expected
