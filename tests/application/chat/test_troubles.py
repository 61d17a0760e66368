"""A library that is missing, removed or locked: explained, with the way on."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from rag.settings import Settings, load_settings
from tests.application.chat.driving import WIDE, asked, chatting, one_line, settled
from tests.application.chat.scripted import TRUCE
from tui.chat.engine import Engine

pytestmark = pytest.mark.anyio


async def test_a_library_that_comes_goes_and_comes_again_is_asked_when_it_is_there(
    sample_settings: Settings, tmp_path: Path
) -> None:
    settings = load_settings(library=tmp_path / "library")
    async with chatting(settings, tmp_path / "sessions", size=WIDE) as pilot:
        assert "pullquote add" in await settled(pilot)
        shutil.copytree(sample_settings.library, settings.library)
        await pilot.press("ctrl+r")
        assert "1 article" in await settled(pilot)
        shutil.rmtree(settings.library)
        assert "pullquote add" in one_line(await asked(pilot, TRUCE))
        shutil.copytree(sample_settings.library, settings.library)
        await asked(pilot, TRUCE)
        assert "February 1st" in one_line(await settled(pilot))


async def test_a_library_that_another_process_writes_to_is_read_and_not_changed(
    own_stories: Engine, tmp_path: Path
) -> None:
    async with chatting(own_stories, tmp_path / "sessions", size=WIDE) as pilot:
        await settled(pilot)
        with closing(sqlite3.connect(tmp_path / "stories" / "library.sqlite", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert "93% sure" in await asked(pilot, TRUCE)
            await pilot.press("f3")
            await settled(pilot)
            await pilot.press("d")
            assert "4 of 4" not in (told := one_line(await settled(pilot)))
            assert "process" in told
        await pilot.press("d")
        assert "3 of 3 articles" in await settled(pilot)
