"""What every route works with: built once, before the server starts, and the same for its whole life."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from api.additions import Adder
from api.jobs import Jobs, Spool
from rag.assistant import Assistant
from rag.librarian import Librarian
from rag.protocols import Library

__all__ = ["ApiState", "State", "build_state"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiState:
    """The assistant, the library it answers from, and what adds to it; all may be used from any number of threads."""

    assistant: Assistant
    library: Library
    adder: Adder
    jobs: Jobs


def build_state(*, assistant: Assistant, library: Library, librarian: Librarian, jobs_directory: Path) -> ApiState:
    """Return the state of one server; its jobs are kept in the directory, and not begun yet."""
    adder = Adder(librarian, library)
    return ApiState(assistant=assistant, library=library, adder=adder, jobs=Jobs(Spool(jobs_directory), adder))


def _state_of(request: Request) -> ApiState:
    """Return what ``create_app`` was given."""
    state: ApiState = request.app.state.api
    return state


State = Annotated[ApiState, Depends(_state_of)]
"""Annotate a route's parameter with it to get the state."""
