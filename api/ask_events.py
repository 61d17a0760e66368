"""The steps of a question as server-sent events: query, hits, each candidate as it is read, answer, done; or error."""

import logging
from collections.abc import Generator
from contextlib import closing
from http import HTTPStatus
from itertools import count

from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from api.event_stream import event_bytes
from api.problems import problem_of, problem_response
from api.schemas import AskResponse, Hit
from rag.errors import PullquoteError
from rag.events import Answered, AskEvent, PassageRead, PassagesRetrieved, QueryPrepared

__all__ = ["CandidateRead", "Done", "HitsFound", "QueryReady", "ask_events"]

_LOGGER = logging.getLogger(__name__)


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)


class QueryReady(_Event):
    """``query``: what is sent to retrieval."""

    query: str


class HitsFound(_Event):
    """``hits``: the passages that will be read, best first."""

    hits: list[Hit]


class CandidateRead(_Event):
    """``candidate``: a passage was read, in the order of the hits."""

    rank: int
    """Of its hit, from 1."""
    text: str | None
    """The words in it that would answer best, not weighed yet; null where it has none."""
    margin: float | None
    """How far they stand above "this passage does not answer"."""


class Done(_Event):
    """``done``: everything was sent."""


def ask_events(steps: Generator[AskEvent, None, None]) -> Generator[bytes, None, None]:
    """Yield what the assistant does as events; the last is ``done``, or ``error`` with a problem document.

    What is wrong with the question itself is raised instead, before there is a stream.

    Raises:
        PullquoteError: At this call, when the first step fails.
    """
    first = next(steps)
    return _events(first, steps)


def _events(first: AskEvent, steps: Generator[AskEvent, None, None]) -> Generator[bytes, None, None]:
    ranks = count(1)
    with closing(steps):
        try:
            yield _event(first, ranks)
            for step in steps:
                yield _event(step, ranks)
            yield event_bytes("done", Done())
        except PullquoteError as error:
            yield _error(problem_of(error))
        except Exception:
            _LOGGER.exception("A question that was streamed failed.")
            yield _error(problem_response(HTTPStatus.INTERNAL_SERVER_ERROR, "This is a fault of Pullquote's own."))


def _event(step: AskEvent, ranks: "count[int]") -> bytes:
    match step:
        case QueryPrepared(query):
            return event_bytes("query", QueryReady(query=query))
        case PassagesRetrieved(passages):
            return event_bytes("hits", HitsFound(hits=[Hit.of(found) for found in passages]))
        case PassageRead(_, text, margin):
            return event_bytes("candidate", CandidateRead(rank=next(ranks), text=text, margin=margin))
        case Answered(answer):
            return event_bytes("answer", AskResponse.model_validate(answer.as_json()))


def _error(response: Response) -> bytes:
    return event_bytes("error", bytes(response.body).decode())
