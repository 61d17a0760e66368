"""The chat as a person uses it: key presses on the real app, with the real models on a real library."""

import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from threading import Event

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from rag.assembly import build_embedder, build_librarian, open_library
from rag.assistant import Assistant
from rag.settings import Settings, load_settings
from tui.chat.app import ChatApp
from tui.chat.bridge import Bridge
from tui.chat.engine import Engine, open_engine
from tui.chat.screens.article import ArticleScreen
from tui.chat.widgets.question_input import QuestionInput
from tui.chat.widgets.turn import Turn

pytestmark = pytest.mark.anyio

TRUCE = "when does the truce end?"
CHANCELLOR = "who is the German chancellor?"
MARKUP = "[/bold] [red]$text [link='x']"
STEERING = "\x1b]0;owned\x07 \x1b[31m \x9b2J \x7f \u202e\u2066 \t"
HOSTILE = f"""\
Harbour bridge {MARKUP} {STEERING}

The harbour bridge in Marlowe {MARKUP} {STEERING} reopens on Tuesday, March 4th, the city council said.
Engineers replaced eleven of its cables after a cargo ship had struck the northern pier in a November storm.
The repair cost 3.2 million crowns, a third more than planned, and the council wants the shipping line to pay for it.
Buses will take the bridge again from the first day on, and lorries of more than twelve tonnes from the middle of May.
"""
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def hostile_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A library of one article that tries to steer the screen."""
    directory = tmp_path_factory.mktemp("hostile")
    (directory / "bridge.txt").write_text(HOSTILE, encoding="utf-8")
    return built(directory / "library", directory / "bridge.txt")


def built(library: Path, *paths: Path) -> Settings:
    settings = load_settings(library=library)
    embedder = build_embedder(settings)
    with closing(open_library(settings, embedder=embedder, create=True)) as opened:
        *_, finished = build_librarian(settings, library=opened, embedder=embedder).add(paths)
    assert not finished.refused
    return settings


@asynccontextmanager
async def chatting(settings: Settings, gate: Event | None = None) -> AsyncIterator[Pilot[None]]:
    """Start the chat; with a gate, the library takes until that is set to open."""

    def opened() -> Engine:
        if gate is not None:
            gate.wait(timeout=60)
        return open_engine(settings)

    with closing(Bridge(opened)) as bridge:
        app = ChatApp(bridge)
        async with app.run_test(size=(80, 24)) as pilot:
            yield pilot
            await app.workers.wait_for_complete()


async def settled(pilot: Pilot[None]) -> str:
    """Wait until all work is done, and return what the screen shows."""
    await pilot.app.workers.wait_for_complete()
    return await drawn(pilot)


async def drawn(pilot: Pilot[None]) -> str:
    """Return what the screen shows once what was posted has been drawn, be it while work goes on."""
    await pilot.pause()
    await pilot.pause()
    return screen_text(pilot)


async def asked(pilot: Pilot[None], question: str) -> str:
    """Send a question, and return the screen once it is answered."""
    await pasted(pilot, question)
    await pilot.press("enter")
    return await settled(pilot)


async def pasted(pilot: Pilot[None], text: str) -> None:
    """Paste text into the line, which is quicker than a key press for each character."""
    pilot.app.query_one(QuestionInput).post_message(Paste(text))
    await pilot.pause()


def screen_text(pilot: Pilot[None]) -> str:
    return "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())


def marked_text(pilot: Pilot[None]) -> str:
    """Return what stands reversed in the part of the article that is in view."""
    segments = (segment for strip in pilot.app.screen._compositor.render_strips() for segment in strip)
    return " ".join(piece.text for piece in segments if piece.style and piece.style.bold and piece.style.reverse)


def one_line(shown: str) -> str:
    return " ".join(shown.replace("▌", " ").split())


async def test_an_answer_is_the_assistants_quotation_with_its_sentence_source_and_confidence(
    sample_settings: Settings, sample_assistant: Assistant
) -> None:
    expected = sample_assistant.answer(TRUCE).quotation
    assert expected is not None
    async with chatting(sample_settings) as pilot:
        await pilot.press(*TRUCE, "enter")
        shown = one_line(await settled(pilot))
    assert f"> {TRUCE}" in shown
    assert f"“{expected.text}”" in shown
    assert f"{expected.confidence:.0%} sure" in shown
    assert one_line(expected.citation.sentence.text) in shown
    assert expected.citation.title in shown
    assert expected.citation.source in shown


async def test_what_the_articles_do_not_say_is_told_with_the_nearest_passage(sample_settings: Settings) -> None:
    async with chatting(sample_settings) as pilot:
        shown = await asked(pilot, CHANCELLOR)
        assert "The articles do not say." in shown
        assert "The nearest passage" in shown
        await pilot.press("shift+tab", "enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ArticleScreen)


async def test_the_article_opens_with_the_quotation_marked_and_in_view_however_wide_the_screen(
    sample_settings: Settings, sample_assistant: Assistant
) -> None:
    expected = sample_assistant.answer(TRUCE).quotation
    assert expected is not None
    async with chatting(sample_settings) as pilot:
        await asked(pilot, TRUCE)
        await pilot.press("shift+tab", "1")
        await settled(pilot)
        assert one_line(marked_text(pilot)) == expected.text
        await pilot.resize_terminal(40, 12)
        assert "In a significant development" not in await settled(pilot)
        assert one_line(marked_text(pilot)) == expected.text
        await pilot.press("escape")
        assert not isinstance(pilot.app.screen, ArticleScreen)


async def test_escape_cancels_a_running_question(sample_settings: Settings) -> None:
    gate = Event()
    async with chatting(sample_settings, gate) as pilot:
        await pasted(pilot, TRUCE)
        await pilot.press("enter")
        assert "Searching…" in screen_text(pilot)
        await pilot.press("escape")
        cancelled = await drawn(pilot)
        gate.set()
        assert "Cancelled." in cancelled
        assert "sure" not in await settled(pilot)


async def test_an_answer_that_comes_while_help_is_open_waits_below(sample_settings: Settings) -> None:
    gate = Event()
    async with chatting(sample_settings, gate) as pilot:
        await pasted(pilot, CHANCELLOR)
        await pilot.press("enter", "f1")
        gate.set()
        assert "cancel the running question" in await settled(pilot)
        await pilot.press("escape")
        assert "The articles do not say." in await drawn(pilot)


async def test_text_that_would_steer_the_screen_is_shown(hostile_settings: Settings) -> None:
    async with chatting(hostile_settings) as pilot:
        await pasted(pilot, f"When does the harbour bridge in Marlowe\nreopen? [/bold] {STEERING}")
        shown = await drawn(pilot)
        assert "Marlowe reopen? [/bold] ␛]0;owned␇" in shown
        assert not CONTROL.search(shown.replace("\n", ""))

        await pilot.press("enter")
        shown = await settled(pilot)
        assert shown.count("[/bold]") >= 2
        assert "␛]0;owned␇" in shown
        assert not CONTROL.search(shown.replace("\n", ""))

        await pilot.press("shift+tab", "1")
        shown = await settled(pilot)
        assert isinstance(pilot.app.screen, ArticleScreen)
        assert shown.count("[/bold]") >= 2
        assert "␛]0;owned␇" in shown
        assert "Tuesday, March 4th" in shown
        assert not CONTROL.search(shown.replace("\n", ""))


async def test_a_missing_library_is_explained_and_found_once_it_is_there(
    sample_settings: Settings, tmp_path: Path
) -> None:
    settings = load_settings(library=tmp_path / "library")
    async with chatting(settings) as pilot:
        assert "pullquote add" in await settled(pilot)
        assert (await asked(pilot, TRUCE)).count("pullquote add") == 2
        shutil.copytree(sample_settings.library, settings.library)
        assert "sure" in await asked(pilot, TRUCE)


async def test_an_empty_library_is_explained(tmp_path: Path) -> None:
    async with chatting(built(tmp_path / "library")) as pilot:
        shown = await settled(pilot)
        assert "The library is empty." in shown
        assert "pullquote add PATH" in shown
        assert "No article matches" in await asked(pilot, TRUCE)


async def test_an_article_that_is_gone_is_told(sample_settings: Settings, tmp_path: Path) -> None:
    shutil.copytree(sample_settings.library, tmp_path / "library")
    settings = load_settings(library=tmp_path / "library")
    async with chatting(settings) as pilot:
        await asked(pilot, TRUCE)
        with closing(open_library(settings, embedder=build_embedder(settings))) as library:
            library.remove([article.id for article in library.articles()])
        await pilot.press("shift+tab", "1")
        assert "The library holds no version 1 of article 1." in one_line(await settled(pilot))


async def test_a_question_without_words_is_ignored(sample_settings: Settings) -> None:
    async with chatting(sample_settings) as pilot:
        await pilot.press("enter", "space", "enter")
        assert not pilot.app.query(Turn)


async def test_a_question_that_is_too_long_is_refused_with_its_remedy(sample_settings: Settings) -> None:
    async with chatting(sample_settings) as pilot:
        await pasted(pilot, "word " * 200_000)
        await pilot.press("enter")
        shown = one_line(await settled(pilot))
        assert "at most 1,000 can be read." in shown
        assert "Ask one thing in one sentence." in shown


async def test_up_and_down_go_through_the_questions_of_this_run(sample_settings: Settings) -> None:
    async with chatting(sample_settings) as pilot:
        line = pilot.app.query_one(QuestionInput)
        await pilot.press("up")
        assert line.value == ""
        for question in ("first", "second"):
            await pasted(pilot, question)
            await pilot.press("enter")
        await pasted(pilot, "draft")
        seen = []
        for key in ("up", "up", "up", "down", "down", "down"):
            await pilot.press(key)
            seen.append(line.value)
        assert seen == ["second", "first", "first", "second", "draft", "draft"]


async def test_the_footer_offers_only_what_works(sample_settings: Settings) -> None:
    gate = Event()
    async with chatting(sample_settings, gate) as pilot:
        idle = await drawn(pilot)
        await pasted(pilot, CHANCELLOR)
        await pilot.press("enter")
        running = await drawn(pilot)
        gate.set()
        answered = await settled(pilot)
    assert ("Cancel" in idle, "Cancel" in running, "Cancel" in answered) == (False, True, False)
    assert ("Answers" in idle, "Answers" in answered) == (False, True)
    assert ("Earlier" in idle, "Earlier" in answered) == (False, True)


async def test_typing_on_an_answer_writes_the_next_question(sample_settings: Settings) -> None:
    async with chatting(sample_settings) as pilot:
        await asked(pilot, TRUCE)
        await pilot.press("shift+tab")
        await pilot.press(*"why 1")
        assert pilot.app.query_one(QuestionInput).value == "why 1"


@pytest.mark.parametrize("keys", [("ctrl+q",), ("ctrl+c",), ("f1", "ctrl+c"), ("x", "enter", "ctrl+c")])
async def test_quitting_works_at_every_moment(sample_settings: Settings, keys: tuple[str, ...]) -> None:
    async with chatting(sample_settings) as pilot:
        await pilot.press(*keys)
        assert pilot.app.return_code == 0


async def test_f1_shows_the_keys_and_closes_again(sample_settings: Settings) -> None:
    async with chatting(sample_settings) as pilot:
        await pilot.press("f1")
        assert "cancel the running question" in screen_text(pilot)
        await pilot.press("f1")
        assert "cancel the running question" not in screen_text(pilot)


def test_without_a_terminal_the_chat_names_the_command_that_needs_none(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tui.cli", "--library", str(tmp_path), "chat"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pullquote ask" in done.stderr
    assert "Traceback" not in done.stderr
