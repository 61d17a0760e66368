"""``GET /v1/models`` and ``POST /v1/chat/completions``, in the shape of OpenAI."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response

from api.event_stream import EventStream
from api.guards.work import ANSWERING
from api.openai.completions import completion_of, only, reply_steps, streamed
from api.openai.conversation import last_question, past_turns, reply_to
from api.openai.schemas import MODEL, Chat, Completion, Model, Models, OpenAiError, Reply
from api.openai.tasks import task_reply
from api.state import State
from rag.assistant import AskOptions

__all__ = ["router"]

ERRORS: dict[int | str, dict[str, Any]] = {"default": {"description": "What went wrong.", "model": OpenAiError}}

AS_CHUNKS: dict[str, Any] = {
    "description": "The reply, or its chunks where ``stream`` asks for them.",
    "content": {EventStream.media_type: {"schema": {"type": "object"}}},
}

router = APIRouter(prefix="/v1", tags=["openai"], responses=ERRORS)


@router.get("/models")
def list_models() -> Models:
    """Tell what answers."""
    return Models()


@router.get("/models/{name}")
def get_model(name: str) -> Model:
    """Tell what answers under this name."""
    if name != MODEL:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"The only model is {MODEL}")
    return Model()


@router.post("/chat/completions", response_model=Completion, responses={200: AS_CHUNKS}, dependencies=[ANSWERING])
def complete_chat(chat: Chat, state: State, request: Request) -> Completion | Response:
    """Answer the last user message with a quotation and its source."""
    question, base_url = last_question(chat.messages), str(request.base_url)
    options = AskOptions(history=past_turns(chat.messages))
    task = task_reply(question)
    if chat.stream:
        asked = reply_steps(state.assistant.ask(question, options), base_url=base_url)
        steps = asked if task is None else only(Reply(content=task))
        return EventStream(streamed(steps, include_usage=chat.includes_usage))
    if task is not None:
        return completion_of(Reply(content=task))
    answer = state.assistant.answer(question, options)
    return completion_of(reply_to(answer, base_url=base_url), answer)
