"""Drives the real app by key presses, and reads what it shows."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from threading import Event

from textual.events import Paste
from textual.pilot import Pilot

from rag.settings import Settings
from tui.chat.app import ChatApp
from tui.chat.bridge import Bridge
from tui.chat.engine import Engine, open_engine
from tui.chat.sessions.keeper import SessionKeeper
from tui.chat.sessions.store import SessionStore
from tui.chat.widgets.question_input import QuestionInput

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
WIDE, NARROW = (140, 45), (80, 24)


@asynccontextmanager
async def chatting(
    engine: Engine | Callable[[bool], Engine] | Settings,
    sessions: Path,
    *,
    gate: Event | None = None,
    size: tuple[int, int] = NARROW,
    app: type[ChatApp] = ChatApp,
    **options,
) -> AsyncIterator[Pilot[None]]:
    """Start the chat on an engine or what opens one; with a gate, opening waits until that is set."""

    def opened(create: bool) -> Engine:
        if gate is not None:
            gate.wait(timeout=60)
        match engine:
            case Settings():
                return open_engine(engine, create=create)
            case Engine():
                return engine
        return engine(create)

    # An engine that was given lives longer than the chat, so nothing closes it here.
    bridge = Bridge(opened)
    keeper = SessionKeeper(SessionStore(sessions, library=Path("/library")))
    with closing(keeper):
        async with app(bridge, keeper, **options).run_test(size=size, notifications=True) as pilot:
            yield pilot
            if gate is not None:
                gate.set()
            await pilot.app.workers.wait_for_complete()
    if not isinstance(engine, Engine):
        bridge.close()


async def settled(pilot: Pilot[None]) -> str:
    """Wait until all work is done, and return what the screen shows."""
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
    return screen_text(pilot)


async def drawn(pilot: Pilot[None]) -> str:
    """Return what the screen shows once what was posted has been drawn, be it while work goes on."""
    await pilot.pause()
    await pilot.pause()
    return screen_text(pilot)


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait until something holds, five seconds at most: keys that were pressed may still be on their way."""
    for _ in range(100):
        if holds():
            return
        await pilot.pause(0.05)
    raise AssertionError(f"it never came to hold; the screen shows:\n{screen_text(pilot)}")


async def asked(pilot: Pilot[None], question: str) -> str:
    """Send a question, and return the screen once it is answered."""
    await pasted(pilot, question)
    await pilot.press("enter")
    return await settled(pilot)


async def pasted(pilot: Pilot[None], text: str) -> None:
    """Paste text into the line, which is quicker than a key press for each character."""
    question = pilot.app.screen.query_one(QuestionInput)
    question.focus()
    question.post_message(Paste(text))
    await pilot.pause()


def screen_text(pilot: Pilot[None]) -> str:
    return "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())


def marked_text(pilot: Pilot[None]) -> str:
    """Return what stands bold and reversed in the part of the article that is in view."""
    segments = (segment for strip in pilot.app.screen._compositor.render_strips() for segment in strip)
    return " ".join(piece.text for piece in segments if piece.style and piece.style.bold and piece.style.reverse)


def one_line(shown: str) -> str:
    return " ".join(re.sub("[▌│]", " ", shown).split())
