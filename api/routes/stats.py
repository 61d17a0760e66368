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
    generation, articles = state.library.generation, state.library.articles()
    return Statistics(
        articles=len(articles),
        passages=sum(article.passage_count for article in articles),
        characters=sum(article.length_chars for article in articles),
        generation=generation,
        embedder=state.library.embedder.name,
        jobs=state.jobs.counts(),
    )
