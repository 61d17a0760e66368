"""What a person may change: scope, colours, references and keys."""

from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Select

from rag.errors import SettingsError
from tests.application.chat.driving import WIDE, asked, chatting, drawn, one_line, settled
from tests.application.chat.scripted import TRUCE
from tui.chat.choices import ChoicesFile
from tui.chat.engine import Engine
from tui.chat.keys import check_keys, named_bindings
from tui.chat.themes import ThemeName

pytestmark = pytest.mark.anyio
DOCS = Path(__file__).parents[3] / "docs"


async def written(pilot: Pilot[None], *values: str) -> str:
    """Open the settings, fill the first fields, apply, and return the screen."""
    await pilot.press("f5")
    await settled(pilot)
    for field, value in zip(pilot.app.screen.query(Input), values, strict=False):
        field.value = value
    await pilot.press("ctrl+s")
    return one_line(await settled(pilot))


async def test_questions_are_asked_within_what_was_chosen(stories: Engine, tmp_path: Path) -> None:
    async with chatting(stories, tmp_path, size=WIDE) as pilot:
        shown = await written(pilot, "2026-01-01", "2026-03-01", "2026-02-01", "city", "60 %")
        assert "Only since 2026-01-01 · until 2026-03-01 · as of 2026-02-01 · from city · at least 60% sure" in shown
        await asked(pilot, TRUCE)
    _, options = stories.assistant.asked[-1]
    assert options.article_filter.since == date(2026, 1, 1)
    assert options.article_filter.until == options.clock == date(2026, 2, 1)
    assert options.article_filter.source == "city"
    assert options.min_confidence == 0.6


async def test_what_was_chosen_holds_in_the_next_run(stories: Engine, tmp_path: Path) -> None:
    kept = ChoicesFile(tmp_path / "choices.json")
    async with chatting(stories, tmp_path, size=WIDE, choices_file=kept) as pilot:
        await written(pilot, "2026-01-01", "", "", "city", "60 %")
    async with chatting(stories, tmp_path, size=WIDE, choices_file=kept, theme=ThemeName.LIGHT) as pilot:
        assert "Only since 2026-01-01 · from city · at least 60% sure" in await settled(pilot)
        assert pilot.app.theme == "dark"


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"since": 3}', "[" * 9000])
async def test_choices_that_are_damaged_are_told_and_left_out(stories: Engine, tmp_path: Path, content: str) -> None:
    (tmp_path / "choices.json").write_text(content)
    async with chatting(stories, tmp_path, size=WIDE, choices_file=ChoicesFile(tmp_path / "choices.json")) as pilot:
        assert "are damaged" in one_line(await settled(pilot))


@pytest.mark.parametrize(
    ("values", "told"),
    [(("yesterday",), "“Published since” takes"), (("", "", "", "", "101"), "“At least so sure, in %” takes")],
)
async def test_what_cannot_be_read_is_told_and_changes_nothing(
    stories: Engine, tmp_path: Path, values: tuple[str, ...], told: str
) -> None:
    async with chatting(stories, tmp_path, size=WIDE) as pilot:
        assert told in await written(pilot, *values)
        await pilot.press("escape")
        assert "Only" not in await settled(pilot)


async def test_references_and_colours_are_chosen(stories: Engine, tmp_path: Path) -> None:
    async with chatting(stories, tmp_path, size=WIDE) as pilot:
        await asked(pilot, TRUCE)
        await pilot.press("f5")
        await settled(pilot)
        styles, themes = pilot.app.screen.query(Select)
        styles.value, themes.value = "apa", ThemeName.LIGHT
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert pilot.app.theme == "light"
        await pilot.press("shift+tab", "tab", "y")
        await settled(pilot)
        copied = "“Tuesday, March 4th” Harbour bridge reopens in March. (2026, February 20). https://news.example/harbour?id=1"
        assert pilot.app.clipboard == copied


async def test_keys_are_changed_and_the_footer_shows_it(stories: Engine, tmp_path: Path) -> None:
    async with chatting(stories, tmp_path, size=WIDE, keys={"citation.copy": "c", "app.library": "f9"}) as pilot:
        await asked(pilot, TRUCE)
        await pilot.press("shift+tab", "c")
        assert "c Copy" in await settled(pilot)
        assert pilot.app.clipboard.startswith("“Sunday, February 1st”")
        await pilot.press("f9")
        assert "4 of 4 articles" in await settled(pilot)


def test_every_key_that_can_be_changed_is_documented() -> None:
    documented = (DOCS / "chat.md").read_text(encoding="utf-8")
    assert [name for name in named_bindings() if f"`{name}`" not in documented] == []


@pytest.mark.parametrize("keys", [{"article.copy": "ctrl+y"}, {"app.help": "f1,f12"}, {"article.search": "ü"}])
def test_keys_that_are_there_are_taken(keys: dict[str, str]) -> None:
    check_keys(keys)


@pytest.mark.parametrize(
    ("keys", "told"),
    [({"article.cpoy": "c"}, "article.cpoy"), ({"article.copy": "hyperspace"}, "hyperspace"), ({"app.help": ""}, "''")],
)
def test_names_and_keys_that_are_not_there_are_refused(keys: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        check_keys(keys)


async def test_help_explains_what_has_the_focus_with_its_own_keys(stories: Engine, tmp_path: Path) -> None:
    async with chatting(stories, tmp_path, size=WIDE, keys={"citation.copy": "c"}) as pilot:
        await asked(pilot, TRUCE)
        await pilot.press("shift+tab", "f1")
        shown = one_line(await settled(pilot))
        assert "A quotation: words of one of your articles" in shown
        assert " c Copy" in shown
        assert "Move cursor" not in shown
        await pilot.press("f1")
        assert "A quotation: words" not in one_line(await settled(pilot))


async def test_the_palette_finds_commands(stories: Engine, tmp_path: Path) -> None:
    async with chatting(stories, tmp_path, size=WIDE) as pilot:
        await asked(pilot, TRUCE)
        await pilot.press("ctrl+p")
        await pilot.press(*"new ses")
        await pilot.pause(0.3)
        assert "Begin afresh" in await drawn(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert TRUCE not in await settled(pilot)
