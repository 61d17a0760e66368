"""``GET /v1/stats``."""

from fastapi import APIRouter

from api.article_schemas import Statistics
from api.problems import PROBLEM_RESPONSES
from api.state import State

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["stats"], responses=PROBLEM_RESPONSES)


@router.get("/stats")
def stats(state: State) -> Statistics:
    """Count what the library holds and what the server has to do."""
    generation, counts = state.library.generation, state.library.counts()
    return Statistics(
        articles=counts.articles,
        passages=counts.passages,
        characters=counts.characters,
        generation=generation,
        embedder=state.library.embedder.name,
        jobs=state.jobs.counts(),
    )
