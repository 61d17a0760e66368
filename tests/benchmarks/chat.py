"""The chat's speed and memory: ``make bench-chat``, on an idle machine.

First frame: from starting the command in a pseudo-terminal to the first words on the screen. Ready: to the count of
articles, which is shown once library and models are open. Added time: from Enter to the last frame that the running app
writes, less the time of the same question asked of the same assistant just before. Memory and stalls of a session:
resident after 100 and after 1,000 questions with answers from a script, and the longest time for which nothing else
could run while the last of them were asked. Stall of a list: the longest step of listing, scrolling, sorting and
filtering 10,000 articles.
"""

import asyncio
import fcntl
import os
import pty
import resource
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from functools import partial
from pathlib import Path
from select import select
from statistics import median
from typing import ClassVar

from textual.driver import Driver
from textual.drivers.headless_driver import HeadlessDriver
from textual.widgets import Input

import tui.chat.app
from rag.articles import ArticleSummary
from rag.assembly import fill_library
from rag.assistant import AskOptions
from rag.settings import Settings, load_settings
from tests.application.chat.stories import story_engine
from tui.chat.app import ChatApp
from tui.chat.bridge import Bridge
from tui.chat.engine import Engine, open_engine
from tui.chat.library_messages import ArticlesListed
from tui.chat.scope import Scope
from tui.chat.screens.library import LibraryScreen
from tui.chat.sessions.keeper import SessionKeeper
from tui.chat.sessions.store import SessionStore
from tui.chat.widgets.question_input import QuestionInput
from tui.chat.widgets.row_list import RowList

ROOT = Path(__file__).parents[2]
QUESTION = "when does the truce end?"
STARTS, ASKED, MANY = 7, 30, 1000
QUIET_S = 0.15
ARTICLES = 10_000
DEADLINE_S = 60.0


def main() -> None:
    """Measure, and print a line each."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(library=Path(folder) / "library")
        fill_library(settings, [ROOT / "seeds"])
        starts = [_start(settings, Path(folder)) for _ in range(STARTS)]
        print(f"first frame     {median(first for first, _ in starts):.2f} s   (bar 0.50)")
        print(f"ready to answer {median(ready for _, ready in starts):.2f} s   (bar 1.50)")
        engine = open_engine(settings)
        with closing(engine.library):
            print(asyncio.run(_added_time(engine, Path(folder) / "sessions")))
        stories = story_engine(Path(folder) / "stories")
        with closing(stories.library):
            print(asyncio.run(_long_session(stories, Path(folder) / "long")))


def _start(settings: Settings, folder: Path) -> tuple[float, float]:
    """Return the seconds to the first words and to the count of articles."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    environment = os.environ | {"TERM": "xterm-256color", "PULLQUOTE_CHAT__SESSIONS": str(folder / "sessions")}
    command: list[str | Path] = [Path(sys.executable).with_name("pullquote"), "--library", settings.library]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environment)
    os.close(slave)
    written, first, ready = b"", 0.0, 0.0
    while not ready:
        select([master], [], [], 10)
        written += os.read(master, 1 << 16)
        seconds = time.perf_counter() - began
        if seconds > DEADLINE_S:
            raise SystemExit(f"The chat was not ready after {DEADLINE_S:.0f} s: {written[-1000:]!r}")
        first = first or (seconds if b"Ask" in written else 0.0)
        ready = seconds if b"1 article" in written else 0.0
    os.write(master, b"\x03")
    process.wait()
    os.close(master)
    return first, ready


class Recording(HeadlessDriver):
    """Takes frames as a terminal would, and notes when the last one came."""

    last_frame_s = 0.0

    @property
    def is_headless(self) -> bool:
        """Say no, so that frames are rendered to their last escape sequence."""
        return False

    def write(self, data: str) -> None:
        """Note the time."""
        Recording.last_frame_s = time.perf_counter()


class RecordedChat(ChatApp):
    """The chat on a recording driver."""

    CSS_PATH: ClassVar = [Path(tui.chat.app.__file__).parent / path for path in ChatApp.CSS_PATH]

    def get_driver_class(self) -> type[Driver]:
        """Draw for nobody."""
        return Recording


@asynccontextmanager
async def _running(engine: Engine, sessions: Path) -> AsyncIterator[tuple[ChatApp, SessionKeeper]]:
    """Run the chat on an engine."""
    keeper = SessionKeeper(SessionStore(sessions, library=Path("/library")))
    app = RecordedChat(Bridge(lambda create: engine), keeper)
    async with app.run_test(headless=False, size=(100, 30)):
        await app.workers.wait_for_complete()
        app.screen.query_one(QuestionInput).cursor_blink = False
        yield app, keeper


async def _ask(app: ChatApp, keeper: SessionKeeper, *, quiet_s: float) -> float:
    """Ask, and return the milliseconds from Enter to the last frame, after which nothing is drawn for a while."""
    turns = len(keeper.session.turns)
    line = app.screen.query_one(QuestionInput)
    line.value = QUESTION
    began = time.perf_counter()
    await line.action_submit()
    while len(keeper.session.turns) == turns or time.perf_counter() - Recording.last_frame_s < quiet_s:
        await asyncio.sleep(0.001)
    return (Recording.last_frame_s - began) * 1000


async def _added_time(engine: Engine, sessions: Path) -> str:
    """Measure what the running app adds to the assistant, alternately."""
    async with _running(engine, sessions) as (app, keeper):
        await _ask(app, keeper, quiet_s=QUIET_S)
        alone, shown = [], []
        for _ in range(ASKED):
            options = Scope().ask_options(keeper.session.turns)
            alone.append(_timed(partial(_exhaust, engine, options)))
            shown.append(await _ask(app, keeper, quiet_s=QUIET_S))
        added = median(whole - own for whole, own in zip(shown, alone, strict=True))
        return f"added time      {added:.1f} ms  ({median(shown):.1f} in the app, {median(alone):.1f} without; bar 30)"


async def _long_session(engine: Engine, sessions: Path) -> str:
    """Measure what a session of many questions keeps, and how long the screen stands still at its end."""
    async with _running(engine, sessions) as (app, keeper):
        while len(keeper.session.turns) < MANY // 10:
            await _ask(app, keeper, quiet_s=0)
        before = _resident_mb()
        while len(keeper.session.turns) < MANY - 10:
            await _ask(app, keeper, quiet_s=0)
        beats = asyncio.create_task(_longest_pause())
        while len(keeper.session.turns) < MANY:
            await _ask(app, keeper, quiet_s=QUIET_S)
        beats.cancel()
        after, stall = _resident_mb(), await beats
        kept = f"memory          {before:.0f} MB after {MANY // 10} questions, {after:.0f} MB after {MANY:,}"
        still = f"longest stall   {stall:.0f} ms while the last of them were asked   (bar 100)"
        return "\n".join((kept, still, await _list_many(app)))


async def _list_many(app: ChatApp) -> str:
    """Measure the longest step of a list of ten thousand."""
    app.action_library()
    await app.workers.wait_for_complete()
    await asyncio.sleep(0.2)
    screen = app.screen
    assert isinstance(screen, LibraryScreen)
    summaries = [_summary(number) for number in range(ARTICLES)]
    field = screen.query_one(Input)
    steps: dict[str, Callable[[], object]] = {
        "list": lambda: screen.on_articles_listed(ArticlesListed(summaries)),
        "sort": screen.action_sort,
        "scroll": lambda: screen.query_one(RowList).action_end(1),
        "filter": lambda: setattr(field, "value", "headline since:2005 0001"),
        "all": lambda: setattr(field, "value", ""),
    }
    slowest = {}
    for name, step in steps.items():
        beats = asyncio.create_task(_longest_pause())
        await asyncio.sleep(0.05)
        step()
        await asyncio.sleep(0.5)
        beats.cancel()
        slowest[name] = await beats
    return f"longest stall   {', '.join(f'{name} {ms:.0f} ms' for name, ms in slowest.items())}   (bar 100)"


async def _longest_pause() -> float:
    """Return the longest time, in milliseconds, for which nothing else could run, until cancelled."""
    longest, last = 0.0, time.perf_counter()
    try:
        while True:
            await asyncio.sleep(0.001)
            now = time.perf_counter()
            longest, last = max(longest, now - last), now
    except asyncio.CancelledError:
        return longest * 1000


def _exhaust(engine: Engine, options: AskOptions) -> None:
    for _ in engine.assistant.ask(QUESTION, options):
        pass


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _resident_mb() -> float:
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def _summary(number: int) -> ArticleSummary:
    return ArticleSummary(
        id=number,
        version=1,
        source=f"wire/{number:05}.txt",
        title=f"Headline {number * 7919 % ARTICLES:05} of a day",
        url=None,
        published=f"20{number % 20:02}-01-{number % 28 + 1:02}",
        published_origin=None,
        published_certainty=None,
        added_at="2026-01-01T00:00:00+00:00",
        length_chars=1000,
        passage_count=3,
    )


if __name__ == "__main__":
    main()
