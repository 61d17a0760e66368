"""How the chat ends, and where it cannot begin."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.application.chat.driving import chatting
from tui.chat.engine import Engine

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("keys", [("ctrl+q",), ("ctrl+c",), ("f1", "ctrl+c"), ("x", "enter", "ctrl+c")])
async def test_quitting_works_at_every_moment(stories: Engine, tmp_path: Path, keys: tuple[str, ...]) -> None:
    async with chatting(stories, tmp_path) as pilot:
        await pilot.press(*keys)
        assert pilot.app.return_code == 0


def test_without_a_terminal_the_chat_names_the_command_that_needs_none(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tui.cli", "--library", str(tmp_path), "chat"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pullquote ask" in done.stderr
    assert "Traceback" not in done.stderr
