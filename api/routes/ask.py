"""``POST /v1/ask``."""

from typing import Any

from fastapi import APIRouter

from api.problems import PROBLEM_RESPONSES
from api.schemas import AskRequest, AskResponse
from api.state import State

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["ask"], responses=PROBLEM_RESPONSES)


@router.post("/ask", response_model=AskResponse)
def ask(request: AskRequest, state: State) -> dict[str, Any]:
    """Answer one question with the words of an article, or say that the articles do not."""
    return state.assistant.answer(request.question, request.options()).as_json()
