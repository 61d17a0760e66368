"""A reply as OpenAI's clients take it: in one piece, or in chunks."""

import logging
import time
import uuid
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Literal

from starlette.responses import Response

from api.event_stream import event_bytes
from api.openai.conversation import reply_to
from api.openai.errors import as_openai_error
from api.openai.schemas import Choice, Chunk, ChunkChoice, Completion, Delta, Reply, Usage
from api.problems import problem_of, problem_response
from rag.answers import Answer
from rag.errors import PullquoteError
from rag.events import Answered, AskEvent

__all__ = ["completion_of", "only", "reply_steps", "streamed"]

_LOGGER = logging.getLogger(__name__)

LAST = event_bytes(None, "[DONE]")

ReplySteps = Generator[Reply | None, None, None]
"""None for each step on the way, and the reply as the last."""


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What all chunks of one reply share."""

    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def chunk(self, delta: Delta, finish_reason: Literal["stop"] | None = None) -> bytes:
        choice = ChunkChoice(delta=delta, finish_reason=finish_reason)
        return event_bytes(None, Chunk(id=self.id, created=self.created, choices=[choice]))

    def usage(self) -> bytes:
        return event_bytes(None, Chunk(id=self.id, created=self.created, choices=[], usage=Usage()))


def completion_of(reply: Reply, answer: Answer | None = None) -> Completion:
    """Return a reply in one piece, with the answer it comes of."""
    stamp = _Stamp()
    told = None if answer is None else answer.as_json()
    return Completion(id=stamp.id, created=stamp.created, choices=[Choice(message=reply)], pullquote=told)


def reply_steps(steps: Generator[AskEvent, None, None], *, base_url: str) -> ReplySteps:
    """Yield None while the assistant works, then its reply."""
    with closing(steps):
        for step in steps:
            yield reply_to(step.answer, base_url=base_url) if isinstance(step, Answered) else None


def only(reply: Reply) -> ReplySteps:
    """Yield a reply that takes no steps."""
    yield reply


def streamed(steps: ReplySteps, *, include_usage: bool) -> Generator[bytes, None, None]:
    """Yield a reply in chunks; what fails on the way is the last of them.

    Raises:
        PullquoteError: At this call, when the first step fails.
    """
    return _streamed(next(steps), steps, include_usage=include_usage)


def _streamed(reply: Reply | None, steps: ReplySteps, *, include_usage: bool) -> Generator[bytes, None, None]:
    stamp = _Stamp()
    with closing(steps):
        yield stamp.chunk({"role": "assistant", "content": ""})
        try:
            while reply is None:
                reply = next(steps)
        except PullquoteError as error:
            yield _error(problem_of(error))
            return
        except Exception:
            _LOGGER.exception("A chat completion that was streamed failed.")
            yield _error(problem_response(HTTPStatus.INTERNAL_SERVER_ERROR, "This is a fault of Pullquote's own."))
            return
    yield stamp.chunk({"content": reply.content})
    yield stamp.chunk({"annotations": reply.annotations} if reply.annotations else {}, finish_reason="stop")
    if include_usage:
        yield stamp.usage()
    yield LAST


def _error(problem: Response) -> bytes:
    return event_bytes(None, as_openai_error(bytes(problem.body)))
