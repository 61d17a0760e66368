import asyncio
import json
from collections.abc import Generator

import pytest

from api.ask_events import ask_events
from api.event_stream import EventStream, asks_for_events, event_bytes
from rag.errors import ModelError, QuestionError
from rag.events import AskEvent, PassagesRetrieved, QueryPrepared

SCOPE = {"type": "http", "asgi": {"spec_version": "2.3"}}


class Steps:
    """Endless events, and whether they were closed."""

    def __init__(self) -> None:
        self.made = 0
        self.is_closed = False

    def events(self) -> Generator[bytes, None, None]:
        try:
            while True:
                self.made += 1
                yield event_bytes("candidate", str(self.made))
        finally:
            self.is_closed = True


def test_a_client_that_leaves_ends_the_work():
    async def leave() -> Steps:
        steps, has_read = Steps(), asyncio.Event()

        async def send(message: dict) -> None:
            if b"3" in message.get("body", b""):
                has_read.set()
            await asyncio.sleep(0)

        async def receive() -> dict:
            await has_read.wait()
            return {"type": "http.disconnect"}

        await asyncio.wait_for(EventStream(steps.events())(SCOPE, receive, send), timeout=20)
        return steps

    steps = asyncio.run(leave())
    assert steps.is_closed
    assert steps.made >= 3


def test_a_client_that_cannot_be_written_to_ends_the_work():
    steps = Steps()

    async def send(message: dict) -> None:
        if message.get("body"):
            raise ConnectionResetError

    async def receive() -> dict:
        await asyncio.Event().wait()
        raise AssertionError

    with pytest.raises(ConnectionResetError):
        asyncio.run(EventStream(steps.events())(SCOPE, receive, send))
    assert steps.is_closed
    assert steps.made == 1


def failing(error: Exception, *, after: list[AskEvent]) -> Generator[AskEvent, None, None]:
    yield from after
    raise error


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [(ModelError("gone", "Put it back."), 503, "urn:pullquote:ModelError"), (KeyError("secret"), 500, "about:blank")],
)
def test_what_fails_within_a_stream_is_its_last_event(error, status, kind):
    steps = failing(error, after=[QueryPrepared("when?"), PassagesRetrieved(())])
    events = list(ask_events(steps))
    assert [event.split(b"\n")[0] for event in events] == [b"event: query", b"event: hits", b"event: error"]
    problem = json.loads(events[-1].split(b"data: ")[1])
    assert (problem["status"], problem["type"]) == (status, kind)
    assert problem["remedy"]
    assert "secret" not in str(problem)


def test_what_fails_before_a_stream_is_raised():
    with pytest.raises(QuestionError):
        ask_events(failing(QuestionError("empty", "Ask."), after=[]))


def test_closing_the_events_closes_the_question():
    closed = []

    def steps() -> Generator[AskEvent, None, None]:
        try:
            yield QueryPrepared("when?")
            yield PassagesRetrieved(())
        finally:
            closed.append(True)

    events = ask_events(steps())
    next(events)
    events.close()
    assert closed == [True]


def test_text_of_an_article_cannot_make_an_event_of_its_own():
    (first, *_) = ask_events(failing(KeyError(), after=[QueryPrepared("a\n\nevent: done\ndata: {}\r\n\u2028\x00")]))
    assert first.count(b"\n") == 4 - 1
    assert first.endswith(b"\n\n")


@pytest.mark.parametrize(
    ("accept", "expected"),
    [("text/event-stream", True), ("a/b, TEXT/EVENT-STREAM;q=1", True), ("*/*", False), ("", False), ("text/*", False)],
)
def test_only_the_type_by_name_asks_for_events(accept, expected):
    assert asks_for_events(accept) is expected
