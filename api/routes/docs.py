"""``GET /docs``."""

from importlib.resources import files

from fastapi import APIRouter, Request, Response

from api.docs.page import render_page

__all__ = ["router"]

STYLE = files("api.docs").joinpath("page.css").read_bytes()

POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def docs(request: Request) -> Response:
    """Return the page that shows the API."""
    page = render_page(request.app.openapi(), base_url=str(request.base_url))
    return Response(page, media_type="text/html", headers={"Content-Security-Policy": POLICY})


@router.get("/docs/page.css")
def style() -> Response:
    """Return how it looks."""
    return Response(STYLE, media_type="text/css")
