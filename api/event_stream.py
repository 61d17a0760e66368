"""Server-sent events of work that runs in threads: sent as they come, given up when the client leaves."""

from collections.abc import AsyncGenerator, Generator
from contextlib import aclosing
from typing import TypeVar

from fastapi.sse import EventSourceResponse, format_sse_event
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.types import Send

__all__ = ["EventStream", "asks_for_events", "event_bytes"]

Step = TypeVar("Step")


def event_bytes(event: str | None, data: BaseModel | str) -> bytes:
    """Return one event as it is sent; without a name it is a plain message."""
    text = data if isinstance(data, str) else data.model_dump_json()
    return format_sse_event(event=event, data_str=text)


def asks_for_events(accept: str) -> bool:
    """Tell whether a header names the type of event streams; ``*/*`` does not."""
    types = (one.partition(";")[0].strip().lower() for one in accept.split(","))
    return EventSourceResponse.media_type in types


class EventStream(EventSourceResponse):
    """A response of events, each made in a thread by a generator, which is closed when nobody listens any more."""

    body_iterator: AsyncGenerator[bytes, None]

    def __init__(self, events: Generator[bytes, None, None]) -> None:
        # A proxy that waits for a full buffer would hold the events back.
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(_in_threads(events), headers=headers)

    async def stream_response(self, send: Send) -> None:
        """Send the events, and close what makes them however it ends."""
        async with aclosing(self.body_iterator):
            await super().stream_response(send)


async def _in_threads(steps: Generator[Step, None, None]) -> AsyncGenerator[Step, None]:
    """Take each step in a thread; a step that runs is waited for, so that the generator is never closed under it."""
    try:
        while (step := await run_in_threadpool(next, steps, None)) is not None:
            yield step
    finally:
        steps.close()
