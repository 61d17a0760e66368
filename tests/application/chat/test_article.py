"""The article beside the answer: marked, gone through, searched, copied."""

from pathlib import Path
from typing import ClassVar

import pytest

import tui.chat.app
from tests.application.chat.driving import (
    CONTROL,
    NARROW,
    WIDE,
    asked,
    chatting,
    marked_text,
    one_line,
    pasted,
    settled,
    until,
)
from tests.application.chat.scripted import TRUCE
from tui.chat.app import ChatApp
from tui.chat.engine import Engine
from tui.chat.widgets.article_pane import ArticlePane
from tui.chat.widgets.transcript import Transcript

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(("size", "is_beside"), [(NARROW, False), (WIDE, True)])
async def test_the_article_opens_with_the_quotation_marked_and_in_view(
    stories: Engine, tmp_path: Path, size: tuple[int, int], is_beside: bool
) -> None:
    async with chatting(stories, tmp_path, size=size) as pilot:
        await asked(pilot, TRUCE)
        await pilot.press("shift+tab", "1")
        await settled(pilot)
        assert one_line(marked_text(pilot)) == "Sunday, February 1st"
        assert (pilot.app.screen.query_one(Transcript).region.area > 0) is is_beside
        await pilot.resize_terminal(40, 12)
        await settled(pilot)
        assert one_line(marked_text(pilot)) == "Sunday, February 1st"
        await pilot.press("escape")
        assert not pilot.app.screen.query_one(ArticlePane).display
        assert pilot.app.screen.query_one(Transcript).display


async def test_next_and_previous_go_through_the_citations(stories: Engine, tmp_path: Path) -> None:
    async with chatting(stories, tmp_path, size=WIDE) as pilot:
        await asked(pilot, TRUCE)
        await pilot.press("shift+tab", "1")
        await settled(pilot)
        seen = []
        for key in ("n", "n", "n", "p"):
            await pilot.press(key)
            await settled(pilot)
            seen.append(one_line(marked_text(pilot)))
        assert seen == ["Tuesday, March 4th", "3.2 million crowns", "3.2 million crowns", "Tuesday, March 4th"]


async def test_words_are_searched_for_within_the_article(stories: Engine, tmp_path: Path) -> None:
    async with chatting(stories, tmp_path, size=WIDE) as pilot:
        await asked(pilot, TRUCE)
        await pilot.press("shift+tab", "2")
        await settled(pilot)
        await pilot.press("slash", *"NORTHERN  pier")
        assert "1 of 40" in await settled(pilot)
        await until(pilot, lambda: "northern pier" in one_line(marked_text(pilot)))
        await pilot.press("up")
        assert "40 of 40" in await settled(pilot)
        await pilot.press(*" zzz")
        assert "not found" in await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert one_line(marked_text(pilot)) == "Tuesday, March 4th"
        assert pilot.app.screen.query_one(ArticlePane).display


@pytest.mark.parametrize("keys", [("y",), ("2", "y")])
async def test_a_quotation_is_copied_with_its_reference(stories: Engine, tmp_path: Path, keys: tuple[str, ...]) -> None:
    async with chatting(stories, tmp_path, size=WIDE) as pilot:
        await asked(pilot, TRUCE)
        await pilot.press("shift+tab", "tab")
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        expected = (
            "“Tuesday, March 4th” (Harbour bridge reopens in March, https://news.example/harbour?id=1, 2026-02-20)"
        )
        assert pilot.app.clipboard == expected


class Recording(ChatApp):
    """Keeps addresses instead of starting a browser."""

    CSS_PATH: ClassVar = [Path(tui.chat.app.__file__).parent / path for path in ChatApp.CSS_PATH]

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.opened: list[str] = []

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        self.opened.append(url)


async def test_only_web_addresses_are_opened(stories: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    async with chatting(stories, tmp_path, size=WIDE, app=Recording) as pilot:
        await asked(pilot, TRUCE)
        await pilot.press("shift+tab", "tab", "o")
        await asked(pilot, "when does the ferry sail?")
        await pilot.press("shift+tab", "o")
        await settled(pilot)
        assert isinstance(pilot.app, Recording)
        assert pilot.app.opened == ["https://news.example/harbour?id=1"]
        assert "no web address" in await settled(pilot)


async def test_without_a_browser_the_address_is_copied(
    stories: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    async with chatting(stories, tmp_path, size=WIDE, app=Recording) as pilot:
        await asked(pilot, TRUCE)
        await pilot.press("shift+tab", "tab", "o")
        await settled(pilot)
        assert pilot.app.clipboard == "https://news.example/harbour?id=1"


async def test_text_that_would_steer_the_screen_is_shown(stories: Engine, tmp_path: Path) -> None:
    async with chatting(stories, tmp_path) as pilot:
        await pasted(pilot, "When does [/bold] \x1b]0;owned\x07 \u202e")
        shown = await settled(pilot)
        assert "When does [/bold] ␛]0;owned␇" in shown
        assert not CONTROL.search(shown.replace("\n", ""))
        await pilot.press("ctrl+u")
        shown = await asked(pilot, "when does the ferry sail?")
        assert shown.count("[/bold]") >= 2
        assert "␛]0;owned␇" in shown
        assert not CONTROL.search(shown.replace("\n", ""))
        await pilot.press("shift+tab", "1")
        shown = await settled(pilot)
        assert shown.count("[/bold]") >= 2
        assert "␛]0;owned␇" in shown
        assert "noon" in shown
        assert "東京" in shown
        assert not CONTROL.search(shown.replace("\n", ""))
        await pilot.press("y")
        assert not CONTROL.search(pilot.app.clipboard.replace("\t", ""))


async def test_an_article_that_is_gone_is_told(own_stories: Engine, tmp_path: Path) -> None:
    async with chatting(own_stories, tmp_path, size=WIDE) as pilot:
        await asked(pilot, TRUCE)
        own_stories.library.remove([article.id for article in own_stories.library.articles()])
        await pilot.press("shift+tab", "1")
        assert "The library holds no version 1 of article 1." in one_line(await settled(pilot))
