"""``GET /`` and what the page is made of, read from the package once; no path of a client ever opens a file."""

from http import HTTPStatus
from importlib.resources import files
from importlib.resources.abc import Traversable

from fastapi import APIRouter, HTTPException, Response

from api.problems import PROBLEM_RESPONSES

__all__ = ["PAGE_FILES", "page_files", "router"]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        # Text of an article cannot become markup even by mistake: the ways to do so raise in the browser.
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
"""Content-Security-Policy of the page: its own files and its own server, nothing inline, nothing from elsewhere."""

MEDIA_TYPES = {
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}


def page_files(folder: Traversable, prefix: str = "") -> dict[str, bytes]:
    """Return the content of every file of the page below the folder, by its path with slashes."""
    found: dict[str, bytes] = {}
    for entry in folder.iterdir():
        name = f"{prefix}{entry.name}"
        if entry.is_dir():
            found |= page_files(entry, f"{name}/")
        elif name.rpartition(".")[2] in MEDIA_TYPES:
            found[name] = entry.read_bytes()
    return found


PAGE_FILES = page_files(files("api") / "web")
"""Read when the module is: a server whose package is replaced below it goes on as it started."""

router = APIRouter(include_in_schema=False, responses=PROBLEM_RESPONSES)


@router.get("/")
def page() -> Response:
    """Return the page."""
    return page_file("index.html")


@router.get("/web/{name:path}")
def page_file(name: str) -> Response:
    """Return one of the files that the page is made of."""
    if name not in PAGE_FILES:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    headers = {"Content-Security-Policy": POLICY}
    return Response(PAGE_FILES[name], media_type=MEDIA_TYPES[name.rpartition(".")[2]], headers=headers)
