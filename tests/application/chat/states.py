"""Every state that a person may see, each reached by key presses; ``tests/snapshots`` holds what it looks like."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event

from textual.pilot import Pilot
from textual.widgets import Input

from rag.errors import (
    ArticleNotFoundError,
    DataError,
    LibraryBusyError,
    LibraryFormatError,
    LibraryFullError,
    LibraryNotFoundError,
    ModelError,
    PullquoteError,
    QuestionError,
)
from rag.librarian import FileRefused
from tests.application.chat.driving import asked, chatting, drawn, pasted, settled
from tests.application.chat.scripted import ASKER, CHANCELLOR, TRUCE
from tui.chat.engine import Engine
from tui.chat.library_messages import AdditionFailed, AdditionProgressed
from tui.chat.messages import ArticleFailed, QuestionFailed
from tui.chat.sessions.messages import SessionFailed
from tui.chat.sessions.store import SessionStore
from tui.chat.sessions.values import SessionTurn, new_session
from tui.chat.themes import ThemeName
from tui.chat.widgets.row_list import RowList
from tui.chat.widgets.transcript import Transcript
from tui.chat.widgets.turn import Turn

Steps = Callable[[Pilot[None]], Awaitable[object]]


async def nothing(pilot: Pilot[None]) -> None:
    await settled(pilot)


async def asking(pilot: Pilot[None]) -> None:
    await pasted(pilot, TRUCE)
    await pilot.press("enter", *"and")


async def answered(pilot: Pilot[None]) -> None:
    await asked(pilot, TRUCE)


async def followed_up(pilot: Pilot[None]) -> None:
    await asked(pilot, ASKER)


async def abstained(pilot: Pilot[None]) -> None:
    await asked(pilot, CHANCELLOR)


async def hostile(pilot: Pilot[None]) -> None:
    await asked(pilot, "when does the ferry sail?")
    await pilot.press("shift+tab", "1")


async def article(pilot: Pilot[None]) -> None:
    await asked(pilot, TRUCE)
    await pilot.press("shift+tab", "1")


async def searched(pilot: Pilot[None]) -> None:
    await asked(pilot, TRUCE)
    await pilot.press("shift+tab", "2")
    await settled(pilot)
    await pilot.press("slash")
    pilot.app.screen.query_one("ArticleSearch", Input).value = "northern pier"


async def library(pilot: Pilot[None]) -> None:
    await pilot.press("f3")
    await settled(pilot)
    await pilot.press("down")


async def filtered(pilot: Pilot[None]) -> None:
    await pilot.press("f3", "slash")
    pilot.app.screen.query_one(Input).value = "bridge since:2026-02"


async def adding(pilot: Pilot[None]) -> None:
    await pilot.press("f6")
    await settled(pilot)
    pilot.app.screen.query_one(RowList).show([("", "news/", ""), ("", "notes.md", "")])


async def reading(pilot: Pilot[None]) -> None:
    await pilot.press("f6")
    await settled(pilot)
    pilot.app.screen.query_one(RowList).show([("", "news/", "")])
    refusal = FileRefused("news/scan.pdf", "news/scan.pdf has no text.", "Recognise its text first.")
    pilot.app.screen.post_message(AdditionProgressed(40, 100, refusal))


async def unaddable(pilot: Pilot[None]) -> None:
    await adding(pilot)
    error = LibraryFullError("The disk of /library is full.", "Make room there, and add again.")
    pilot.app.screen.post_message(AdditionFailed(error))
    await settled(pilot)  # the folder that the tests run in is listed anew
    pilot.app.screen.query_one(RowList).show([("", "news/", ""), ("", "notes.md", "")])


async def unanswerable(pilot: Pilot[None]) -> None:
    await settled(pilot)
    error = QuestionError("The question has 1,001 characters; at most 1,000 can be read.", "Ask one thing.")
    turn = Turn("when? " * 40)
    await pilot.app.screen.query_one(Transcript).add(turn)
    turn.post_message(QuestionFailed(error))


async def article_gone(pilot: Pilot[None]) -> None:
    await asked(pilot, TRUCE)
    error = ArticleNotFoundError("The library holds no version 1 of article 1.", "List it with `pullquote articles`.")
    pilot.app.screen.post_message(ArticleFailed(error))


async def session_unkept(pilot: Pilot[None]) -> None:
    await asked(pilot, TRUCE)
    error = DataError("The file /sessions/a.json cannot be written: No space left on device.", "Make room there.")
    pilot.app.screen.post_message(SessionFailed(error))


async def damaged_session(pilot: Pilot[None]) -> None:
    await pilot.press("f4")
    await settled(pilot)
    error = DataError("The session file /sessions/a.json is damaged.", "It is left as it is.")
    pilot.app.screen.post_message(SessionFailed(error))


async def refused(pilot: Pilot[None]) -> None:
    await pilot.press("f6")
    pilot.app.screen.query_one(Input).value = "/no/such/folder"
    await pilot.press("enter")


async def sessions(pilot: Pilot[None]) -> None:
    await pilot.press("f4")


async def renaming(pilot: Pilot[None]) -> None:
    await pilot.press("f4")
    await settled(pilot)
    await pilot.press("r")


async def options(pilot: Pilot[None]) -> None:
    await pilot.press("f5")


async def helped(pilot: Pilot[None]) -> None:
    await asked(pilot, TRUCE)
    await pilot.press("shift+tab", "f1")


async def palette(pilot: Pilot[None]) -> None:
    await settled(pilot)
    await pilot.press("ctrl+p")
    await pilot.pause(0.3)


STATES: dict[str, Steps] = {
    step.__name__: step
    for step in (
        nothing,
        answered,
        followed_up,
        abstained,
        hostile,
        article,
        searched,
        library,
        filtered,
        adding,
        reading,
        refused,
        unaddable,
        unanswerable,
        article_gone,
        session_unkept,
        damaged_session,
        sessions,
        renaming,
        options,
        helped,
        palette,
    )
}
ERRORS: dict[str, PullquoteError] = {
    "no_library": LibraryNotFoundError("There is no library in /library.", "Add articles with `pullquote add PATH`."),
    "damaged_library": LibraryFormatError("/library/library.sqlite is no library.", "Name another with `--library`."),
    "busy_library": LibraryBusyError("Another process keeps writing to /library.", "Wait for it, or end it."),
    "damaged_model": ModelError("The model file reader/network.onnx is damaged.", "Install Pullquote again."),
}
STATE_NAMES = ("asking", "empty", *STATES, *ERRORS)
NARROW_DARK, WIDE_DARK = ("80x24", ThemeName.DARK), ("140x45", ThemeName.DARK)
NARROW_LIGHT, WIDE_LIGHT = ("80x24", ThemeName.LIGHT), ("140x45", ThemeName.LIGHT)
NARROW_CONTRAST = ("80x24", ThemeName.HIGH_CONTRAST)
TINY = ("20x5", ThemeName.DARK)


def looks(state: str) -> list[tuple[str, ThemeName]]:
    """Return the sizes and colours in which a state is drawn, in an order that resizes and repaints the open app."""
    shown = [NARROW_DARK, WIDE_DARK, WIDE_LIGHT, NARROW_LIGHT]
    if state in ("answered", "article", "library"):
        shown += [NARROW_CONTRAST, TINY]
    return shown


def file_name(state: str, look: tuple[str, ThemeName]) -> str:
    """Return what the snapshot is called."""
    return f"{state}-{look[0]}-{look[1]}.svg"


@asynccontextmanager
async def shown(state: str, engine: Engine, directory: Path) -> AsyncIterator[Pilot[None]]:
    """Bring the chat into a state, 80 columns wide."""
    gate = Event() if state == "asking" else None
    steps = asking if state == "asking" else STATES.get(state, nothing)
    _keep_a_session(directory)
    opened = _failing(ERRORS[state]) if state in ERRORS else engine
    async with chatting(opened, directory, gate=gate) as pilot:
        pilot.app.animation_level = "none"
        await steps(pilot)
        if gate is None:
            await settled(pilot)
        for field in pilot.app.screen.query(Input):
            field.cursor_blink = False
        yield pilot


async def drawn_as(pilot: Pilot[None], look: tuple[str, ThemeName]) -> str:
    """Return the drawing of the screen in a size and colours."""
    width, height = map(int, look[0].split("x"))
    pilot.app.theme = look[1]
    await pilot.resize_terminal(width, height)
    await drawn(pilot)
    await drawn(pilot)
    return pilot.app.export_screenshot(title="Pullquote")


def _failing(error: PullquoteError) -> Callable[[bool], Engine]:
    def opened(create: bool) -> Engine:
        raise error

    return opened


def _keep_a_session(directory: Path) -> None:
    """Keep a session of a fixed day, so that a list of sessions looks the same every day."""
    session = new_session("/library")
    for question in ("what did the museum buy?", "for how much?"):
        session = session.with_turn(SessionTurn(question=question, asked_at="2026-02-03T10:20:30+00:00"))
    SessionStore(directory, library=Path("/library")).save(session.named("Museum [/x]"))
