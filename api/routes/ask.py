"""``POST /v1/ask``, whole or step by step, and ``POST /v1/search``."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Response

from api.ask_events import ask_events
from api.event_stream import EventStream, asks_for_events
from api.problems import PROBLEM_RESPONSES
from api.schemas import AskRequest, AskResponse, Hit, SearchRequest, SearchResponse
from api.state import State

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["ask"], responses=PROBLEM_RESPONSES)

AS_EVENTS: dict[str, Any] = {
    "description": "The answer, or its steps where ``Accept: text/event-stream`` asks for them.",
    "content": {EventStream.media_type: {"schema": {"type": "object"}}},
}


@router.post("/ask", response_model=AskResponse, responses={200: AS_EVENTS})
def ask(request: AskRequest, state: State, accept: Annotated[str, Header()] = "*/*") -> dict[str, Any] | Response:
    """Answer one question with the words of an article, or say that the articles do not."""
    if asks_for_events(accept):
        return EventStream(ask_events(state.assistant.ask(request.question, request.options())))
    return state.assistant.answer(request.question, request.options()).as_json()


@router.post("/search")
def search(request: SearchRequest, state: State) -> SearchResponse:
    """Find passages by meaning and by words, without reading them."""
    found = state.assistant.search(request.query, request.options())
    return SearchResponse(query=request.query, hits=[Hit.of(passage) for passage in found])
