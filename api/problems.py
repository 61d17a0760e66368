"""Whatever goes wrong over HTTP is told as a problem document (RFC 9457) with its remedy, from one table."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from api.errors import (
    ApiError,
    BusyError,
    ForbiddenError,
    JobNotFoundError,
    RateError,
    StoppingError,
    TooLargeError,
    TooSlowError,
    UnauthorizedError,
    UnsupportedTypeError,
)
from rag.errors import (
    ArticleNotFoundError,
    DataError,
    LibraryError,
    LibraryFullError,
    LoadError,
    ModelError,
    PullquoteError,
    QuestionError,
    SettingsError,
)

__all__ = [
    "PROBLEM_RESPONSES",
    "STATUSES",
    "Problem",
    "add_problem_handlers",
    "problem_of",
    "problem_response",
    "status_of",
]

STATUSES: dict[type[PullquoteError | ApiError], HTTPStatus] = {
    ArticleNotFoundError: HTTPStatus.NOT_FOUND,
    BusyError: HTTPStatus.SERVICE_UNAVAILABLE,
    DataError: HTTPStatus.UNPROCESSABLE_ENTITY,
    ForbiddenError: HTTPStatus.FORBIDDEN,
    JobNotFoundError: HTTPStatus.NOT_FOUND,
    LibraryError: HTTPStatus.SERVICE_UNAVAILABLE,
    LibraryFullError: HTTPStatus.INSUFFICIENT_STORAGE,
    LoadError: HTTPStatus.UNPROCESSABLE_ENTITY,
    ModelError: HTTPStatus.SERVICE_UNAVAILABLE,
    QuestionError: HTTPStatus.UNPROCESSABLE_ENTITY,
    RateError: HTTPStatus.TOO_MANY_REQUESTS,
    SettingsError: HTTPStatus.SERVICE_UNAVAILABLE,
    StoppingError: HTTPStatus.SERVICE_UNAVAILABLE,
    TooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    TooSlowError: HTTPStatus.REQUEST_TIMEOUT,
    UnauthorizedError: HTTPStatus.UNAUTHORIZED,
    UnsupportedTypeError: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
}
"""By family: an error has the status of the nearest class above it that stands here."""

REMEDIES: dict[int, str] = {
    HTTPStatus.BAD_REQUEST: "Send one JSON value in UTF-8, to 127.0.0.1, localhost or a name in PULLQUOTE_API__HOSTS.",
    HTTPStatus.NOT_FOUND: "See /openapi.json for the paths there are.",
    HTTPStatus.METHOD_NOT_ALLOWED: "See /openapi.json for the methods of this path.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Send less in one request.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "See /openapi.json for what this path takes, and send it as application/json.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Please report it with what the server wrote to its terminal.",
}
"""What mends a fault that is not a PullquoteError."""

MAX_FAULTS = 8
MAX_FAULT_CHARS = 200
"""A client chooses the names of unknown fields and how many there are; what is told of them stays short."""


class Problem(BaseModel):
    """A problem document (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    remedy: str


PROBLEM_RESPONSES: dict[int | str, dict[str, Any]] = {
    "default": {
        "description": "What went wrong, and what mends it.",
        "content": {"application/problem+json": {"schema": Problem.model_json_schema()}},
    }
}
"""For the ``responses`` of a route, so that OpenAPI declares them."""


class _ProblemResponse(JSONResponse):
    media_type = "application/problem+json"


def status_of(error: PullquoteError | ApiError) -> HTTPStatus:
    """Return the status of an error.

    Raises:
        StopIteration: The table has no place for it; a test holds that this cannot happen.
    """
    return next(STATUSES[family] for family in type(error).__mro__ if family in STATUSES)


def problem_of(error: PullquoteError | ApiError) -> JSONResponse:
    """Return the error as a problem document."""
    headers = {}
    if isinstance(error, ApiError) and error.retry_after_s is not None:
        headers["Retry-After"] = str(error.retry_after_s)
    if isinstance(error, UnauthorizedError):
        headers["WWW-Authenticate"] = "Bearer"
    return problem_response(status_of(error), error.message, error.remedy, kind=type(error).__name__, headers=headers)


def add_problem_handlers(app: FastAPI) -> None:
    """Let the app answer with a problem document to everything that is raised in it."""

    @app.exception_handler(PullquoteError)
    async def on_pullquote_error(_: Request, error: PullquoteError) -> JSONResponse:
        return problem_of(error)

    @app.exception_handler(ApiError)
    async def on_api_error(_: Request, error: ApiError) -> JSONResponse:
        return problem_of(error)

    @app.exception_handler(RequestValidationError)
    async def on_invalid_request(_: Request, error: RequestValidationError) -> JSONResponse:
        return problem_response(HTTPStatus.UNPROCESSABLE_ENTITY, _faults(error))

    @app.exception_handler(HTTPException)
    async def on_http_exception(request: Request, error: HTTPException) -> JSONResponse:
        headers = dict(error.headers or {})
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            headers["Allow"] = _allowed_methods(request) or headers.get("Allow", "")
        return problem_response(HTTPStatus(error.status_code), f"{error.detail}.", headers=headers)

    # Starlette raises it again once the client has its answer, and the server logs it with its traceback.
    @app.exception_handler(Exception)
    async def on_bug(_request: Request, _error: Exception) -> JSONResponse:
        return problem_response(HTTPStatus.INTERNAL_SERVER_ERROR, "This is a fault of Pullquote's own.")


def _allowed_methods(request: Request) -> str:
    """Return the methods of all routes of this path; Starlette names those of the first."""
    path = getattr(request.scope.get("route"), "path", "")
    return ", ".join(sorted(request.app.openapi()["paths"].get(path, {}))).upper()


def problem_response(
    status: HTTPStatus,
    detail: str,
    remedy: str | None = None,
    *,
    kind: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Return the document as a response.

    Args:
        status: Where there is no remedy, the one of the status is told.
        detail: What happened, one sentence.
        remedy: What mends it, one sentence.
        kind: The class of the error, for programs to tell problems apart; None where the status says it all.
        headers: To send along.
    """
    problem = Problem(
        type="about:blank" if kind is None else f"urn:pullquote:{kind}",
        title=status.phrase,
        status=status,
        detail=detail,
        remedy=REMEDIES.get(status, "See /openapi.json.") if remedy is None else remedy,
    )
    return _ProblemResponse(problem.model_dump(), status_code=status, headers=headers)


def _faults(error: RequestValidationError) -> str:
    """Tell what is wrong and where, without the values: they may be as long as the body."""
    faults = error.errors()
    told = [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"[:MAX_FAULT_CHARS] for fault in faults[:MAX_FAULTS]]
    if len(faults) > MAX_FAULTS:
        told.append(f"and {len(faults) - MAX_FAULTS} more")
    # A field may be named by half a surrogate pair, which UTF-8 cannot write.
    return ("; ".join(told) + ".").encode(errors="replace").decode()
