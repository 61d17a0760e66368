"""``/v1/articles``: what the library holds, and what is added to it, changed or removed."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from api.additions import Posted, size_of
from api.article_schemas import (
    AddedArticle,
    Addition,
    ArticleDetail,
    ArticleList,
    ArticleQuery,
    ArticleText,
    Job,
    RefusedArticle,
)
from api.guards.work import ADDING
from api.posting import POSTED_BODY, PostedArticles
from api.problems import PROBLEM_RESPONSES
from api.schemas import MAX_ID
from api.state import ApiState, State
from rag.articles import Standing
from rag.errors import LoadError

__all__ = ["MAX_POSTED_BYTES", "router"]

MAX_POSTED_BYTES = 32_000_000
"""Of one POST; a hundred articles have a hundredth of it."""

LONG_BYTES = 200_000
"""More is a job: on two cores it takes longer than a client likes to wait, some seconds."""

LONG_COUNT = 32

ArticleId = Annotated[int, Path(ge=1, le=MAX_ID)]
Version = Annotated[int | None, Query(ge=1, le=MAX_ID)]

ADDED: dict[int | str, dict[str, Any]] = {
    HTTPStatus.CREATED: {"model": Addition, "description": "Something was added or changed."},
    HTTPStatus.ACCEPTED: {"model": Job, "description": "It is a long one: a job, at the address in Location."},
}

router = APIRouter(prefix="/v1/articles", tags=["articles"], responses=PROBLEM_RESPONSES)


@router.get("")
def list_articles(query: Annotated[ArticleQuery, Query()], state: State) -> ArticleList:
    """List the library a page at a time, the articles added last first."""
    page = state.library.article_page(
        limit=query.limit + 1, before=query.cursor, article_filter=query.article_filter(), words=query.q
    )
    shown = page[: query.limit]
    return ArticleList(articles=shown, next_cursor=shown[-1].id if len(page) > len(shown) else None)


@router.get("/{article_id}")
def get_article(article_id: ArticleId, state: State, version: Version = None) -> ArticleDetail:
    """Return the text of an article, as it is now or as a citation of an older version saw it."""
    return ArticleDetail.of(state.library, article_id, version=version)


@router.post("", responses=ADDED, openapi_extra=POSTED_BODY, max_body_size=MAX_POSTED_BYTES, dependencies=[ADDING])
def add_articles(posted: PostedArticles, state: State, request: Request, response: Response) -> Addition | Job:
    """Add one article or many; what the library holds already is not added again. Long additions become jobs."""
    return _added(posted, state, request, response)


@router.put("/{article_id}", responses=ADDED, dependencies=[ADDING])
def change_article(
    article_id: ArticleId, text: ArticleText, state: State, request: Request, response: Response
) -> Addition | Job:
    """Store a new version of an article; citations of the older ones keep their text."""
    return _added([text.article(state.library.article(article_id).origin)], state, request, response)


@router.delete("/{article_id}", status_code=HTTPStatus.NO_CONTENT)
def remove_article(article_id: ArticleId, state: State) -> None:
    """Remove an article with all its versions."""
    state.library.remove([article_id])


def _added(posted: list[Posted], state: ApiState, request: Request, response: Response) -> Addition | Job:
    """Add at once what is short, and make a job of what is long or what the client does not want to wait for."""
    is_long = len(posted) > LONG_COUNT or sum(map(size_of, posted)) > LONG_BYTES
    if is_long or "respond-async" in request.headers.get("prefer", ""):
        job = state.jobs.submit(posted)
        response.status_code = HTTPStatus.ACCEPTED
        response.headers["Location"] = f"/v1/jobs/{job.id}"
        return job
    outcomes = [outcome for batch in state.adder.add(posted) for outcome in batch]
    articles = [one for one in outcomes if isinstance(one, AddedArticle)]
    refused = [one for one in outcomes if isinstance(one, RefusedArticle)]
    if not articles:
        raise LoadError(refused[0].reason, refused[0].remedy)
    if any(one.standing is not Standing.UNCHANGED for one in articles):
        response.status_code = HTTPStatus.CREATED
    if len(articles) == 1:
        response.headers["Location"] = f"/v1/articles/{articles[0].id}"
    return Addition(articles=articles, refused=refused)
