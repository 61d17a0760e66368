"""What every route works with: built once, before the server starts, and the same for its whole life."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from rag.assistant import Assistant
from rag.protocols import Library

__all__ = ["ApiState", "State"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiState:
    """The assistant, and the library it answers from; both may be used from any number of threads."""

    assistant: Assistant
    library: Library


def _state_of(request: Request) -> ApiState:
    """Return what ``create_app`` was given."""
    state: ApiState = request.app.state.api
    return state


State = Annotated[ApiState, Depends(_state_of)]
"""Annotate a route's parameter with it to get the state."""
