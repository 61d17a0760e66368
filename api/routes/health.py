"""``GET /healthz`` and ``GET /readyz``."""

from fastapi import APIRouter

from api.problems import PROBLEM_RESPONSES
from api.schemas import Health, Readiness
from api.state import State

__all__ = ["router"]

router = APIRouter(tags=["health"], responses=PROBLEM_RESPONSES)


@router.get("/healthz")
def healthz() -> Health:
    """Tell that the process is alive."""
    return Health()


@router.get("/readyz")
def readyz(state: State) -> Readiness:
    """Tell that the library can be read; the server does not start before the models are loaded."""
    return Readiness(generation=state.library.generation)
