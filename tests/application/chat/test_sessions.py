"""Sessions: kept, found, renamed, exported, deleted, and never lost."""

import json
import os
import signal
from pathlib import Path

import pytest
from textual.widgets import Input

from rag.errors import DataError
from tests.application.chat.driving import WIDE, asked, chatting, one_line, pasted, settled
from tests.application.chat.scripted import ASKER, CHANCELLOR, TRUCE
from tui.chat.engine import Engine
from tui.chat.sessions.store import SessionStore
from tui.chat.sessions.values import SessionTurn, new_session
from tui.chat.widgets.question_input import QuestionInput
from tui.chat.widgets.turn import Turn

pytestmark = pytest.mark.anyio
LIBRARY = Path("/library")


def files(directory: Path) -> list[Path]:
    return sorted(directory.rglob("*.jsonl"))


async def test_a_session_is_gone_on_with_in_another_run(stories: Engine, tmp_path: Path) -> None:
    async with chatting(stories, tmp_path, size=WIDE) as pilot:
        before = await asked(pilot, TRUCE)
        await asked(pilot, CHANCELLOR)
    async with chatting(stories, tmp_path, size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("f4")
        assert f"{TRUCE} 2 questions" in one_line(await settled(pilot))
        await pilot.press("enter")
        shown = await settled(pilot)
        assert "The nearest passages" in shown
        assert "“Sunday, February 1st”" in before
        assert [turn.question for turn in pilot.app.screen.query(Turn)] == [TRUCE, CHANCELLOR]
        await asked(pilot, ASKER)
        _, options = stories.assistant.asked[-1]
        assert [turn.question for turn in options.history] == [TRUCE, CHANCELLOR]
    assert len(files(tmp_path)) == 1


async def test_questions_of_earlier_runs_are_recalled(stories: Engine, tmp_path: Path) -> None:
    async with chatting(stories, tmp_path) as pilot:
        await asked(pilot, TRUCE)
    async with chatting(stories, tmp_path) as pilot:
        await settled(pilot)
        await pilot.press("up")
        assert pilot.app.screen.query_one(QuestionInput).value == TRUCE


async def test_sessions_are_searched_renamed_and_deleted(stories: Engine, tmp_path: Path) -> None:
    for question in (TRUCE, CHANCELLOR):
        async with chatting(stories, tmp_path) as pilot:
            await asked(pilot, question)
    async with chatting(stories, tmp_path, size=WIDE) as pilot:
        await pilot.press("f4", "slash")
        pilot.app.screen.query_one(Input).value = "CHANCELLOR german"
        shown = await settled(pilot)
        assert "1 of 2 sessions" in shown
        await pilot.press("enter", "r")
        pilot.app.screen.query_one(Input).value = "Berlin [/red]"
        await pilot.press("enter")
        assert "Berlin [/red]" in await settled(pilot)
        await pilot.press("d", "escape")
        assert "of 2 sessions" in await settled(pilot)
        await pilot.press("d", "enter")
        assert "1 sessions" in await settled(pilot)
    assert len(files(tmp_path)) == 1


@pytest.mark.parametrize("ending", ["md", "json"])
async def test_a_session_is_exported(stories: Engine, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"export.{ending}"
    async with chatting(stories, tmp_path / "sessions", size=WIDE) as pilot:
        await asked(pilot, TRUCE)
        await pilot.press("f4")
        await settled(pilot)
        await pilot.press("x")
        pilot.app.screen.query_one(Input).value = str(target)
        await pilot.press("enter")
        assert "Written to" in await settled(pilot)
        await pilot.press("x")
        pilot.app.screen.query_one(Input).value = str(target)
        await pilot.press("enter")
        assert "There is a file" in await settled(pilot)
    written = target.read_text()
    if ending == "json":
        (turn,) = json.loads(written)["turns"]
        assert turn["answer"]["quotation"]["text"] == "Sunday, February 1st"
    else:
        assert "> Sunday, February 1st" in written
        assert "[Harbour bridge reopens in March](<https://news.example/harbour?id=1>), 2026-02-20" in written


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "is damaged"),
        ("[]\n", "is damaged"),
        ('{"format": 1, "id": 3}\n', "is damaged"),
        ('{"format": 1, "id": "a", "library": "b", "began_at": "c"}\n{"turn": 3}\n', "is damaged"),
        ('{"format": 99}\n', "was written by a newer Pullquote"),
        ("[" * 100_000 + "\n", "is damaged"),
    ],
)
async def test_a_file_that_is_no_session_is_told_and_left_alone(
    stories: Engine, tmp_path: Path, content: str, told: str
) -> None:
    async with chatting(stories, tmp_path) as pilot:
        await asked(pilot, TRUCE)
    (kept,) = files(tmp_path)
    kept.write_text(content)
    async with chatting(stories, tmp_path, size=WIDE) as pilot:
        await pilot.press("f4")
        assert told in one_line(await settled(pilot))
        await asked_after_closing(pilot)
    assert kept.read_text() == content


async def asked_after_closing(pilot) -> None:
    await pilot.press("escape")
    assert "93% sure" in await asked(pilot, TRUCE)


async def test_where_sessions_cannot_be_kept_the_chat_goes_on(stories: Engine, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(DataError, match="cannot be written"):
        async with chatting(stories, tmp_path / "taken", size=WIDE) as pilot:
            shown = one_line(await asked(pilot, TRUCE))
            assert "cannot be written" in shown
            assert "93% sure" in shown


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
async def test_a_signal_ends_the_chat_and_loses_nothing(
    stories: Engine, tmp_path: Path, number: signal.Signals
) -> None:
    async with chatting(stories, tmp_path) as pilot:
        await asked(pilot, TRUCE)
        os.kill(os.getpid(), number)
        await pilot.pause(0.05)
        assert pilot.app._exit
    (kept,) = files(tmp_path)
    assert TRUCE in kept.read_text()


async def test_of_a_long_session_the_last_turns_are_drawn_and_earlier_ones_on_demand(
    stories: Engine, tmp_path: Path
) -> None:
    store = SessionStore(tmp_path, library=LIBRARY)
    session = new_session(str(LIBRARY))
    for number in range(200):
        session = session.with_turn(SessionTurn(question=f"question {number}", asked_at="", failure="It failed."))
    store.save(session)
    async with chatting(stories, tmp_path, size=WIDE) as pilot:
        await pilot.press("f4")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert len(pilot.app.screen.query(Turn)) == 10
        await pasted(pilot, "one more")
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("shift+tab", "home")
        pilot.app.screen.query_one("EarlierTurns").focus()
        assert "190 earlier questions" in await settled(pilot)
        await pilot.press("enter")
        assert "180 earlier questions" in await settled(pilot)
        assert next(iter(pilot.app.screen.query(Turn))).question == "question 180"


def test_an_older_state_never_replaces_a_newer_one(tmp_path: Path) -> None:
    store = SessionStore(tmp_path, library=LIBRARY)
    first = new_session(str(LIBRARY)).with_turn(SessionTurn(question="one", asked_at=""))
    second = first.with_turn(SessionTurn(question="two", asked_at="", failure="\ud800 a lone surrogate"))
    store.save(second)
    store.save(first)
    assert [turn.question for turn in store.load(first.id).turns] == ["one", "two"]


def test_sessions_of_another_library_are_not_listed(tmp_path: Path) -> None:
    session = new_session(str(LIBRARY)).with_turn(SessionTurn(question="one", asked_at=""))
    SessionStore(tmp_path, library=LIBRARY).save(session)
    assert SessionStore(tmp_path, library=Path("/other")).summaries() == ([], [])


def test_what_is_added_to_a_session_is_added_to_its_file(tmp_path: Path) -> None:
    store = SessionStore(tmp_path, library=LIBRARY)
    session = new_session(str(LIBRARY)).with_turn(SessionTurn(question="one", asked_at=""))
    store.save(session)
    (kept,) = files(tmp_path)
    begun = kept.read_bytes()
    session = session.with_turn(SessionTurn(question="two", asked_at="")).named("Named")
    store.save(session)
    assert kept.read_bytes().startswith(begun)
    assert SessionStore(tmp_path, library=LIBRARY).load(session.id) == session


@pytest.mark.parametrize("gone", [False, True], ids=["cut off", "gone"])
def test_a_file_that_lost_its_end_is_read_up_to_there_and_written_whole_again(tmp_path: Path, *, gone: bool) -> None:
    store = SessionStore(tmp_path, library=LIBRARY)
    session = new_session(str(LIBRARY))
    for question in ("one", "two"):
        session = session.with_turn(SessionTurn(question=question, asked_at=""))
        store.save(session)
    (kept,) = files(tmp_path)
    kept.write_bytes(kept.read_bytes()[:-5])
    assert [turn.question for turn in SessionStore(tmp_path, library=LIBRARY).load(session.id).turns] == ["one"]
    if gone:
        kept.unlink()
    session = session.with_turn(SessionTurn(question="three", asked_at=""))
    store.save(session)
    assert SessionStore(tmp_path, library=LIBRARY).load(session.id) == session
