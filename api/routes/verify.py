"""``POST /v1/verify``."""

from fastapi import APIRouter

from api.article_schemas import VerifyRequest, VerifyResponse
from api.problems import PROBLEM_RESPONSES
from api.state import State

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["verify"], responses=PROBLEM_RESPONSES)


@router.post("/verify")
def verify(request: VerifyRequest, state: State) -> VerifyResponse:
    """Tell whether a quotation is verbatim: the same characters at the same place of that version of the article."""
    article = state.library.article(request.article_id, version=request.version)
    stands = article.text[request.start : request.end]
    return VerifyResponse(
        verbatim=stands == request.text and request.start <= request.end <= len(article.text),
        article_id=article.id,
        version=article.version,
        found=stands[: len(request.text)],
    )
