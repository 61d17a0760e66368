"""Clients of OpenAI get errors in OpenAI's shape, whatever refused them."""

from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.openai.schemas import ErrorBody, OpenAiError
from api.problems import Problem

__all__ = ["PATHS", "ProblemsAsOpenAiErrors", "as_openai_error"]

PATHS = ("/v1/chat/", "/v1/models")

KINDS = {
    HTTPStatus.UNAUTHORIZED: "authentication_error",
    HTTPStatus.FORBIDDEN: "permission_error",
    HTTPStatus.NOT_FOUND: "not_found_error",
    HTTPStatus.TOO_MANY_REQUESTS: "rate_limit_error",
}


def as_openai_error(problem_document: bytes) -> OpenAiError:
    """Return a problem document as an error of OpenAI; its remedy becomes the end of the message."""
    problem = Problem.model_validate_json(problem_document)
    usual = "server_error" if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR else "invalid_request_error"
    return OpenAiError(
        error=ErrorBody(
            message=f"{problem.detail} {problem.remedy}",
            type=KINDS.get(HTTPStatus(problem.status), usual),
            code=problem.type.rpartition(":")[2],
        )
    )


class ProblemsAsOpenAiErrors:
    """ASGI middleware: problem documents of the paths of OpenAI leave in its shape, with their status and headers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on but problem documents, which come in one piece."""
        if scope["type"] != "http" or not scope["path"].startswith(PATHS):
            await self._app(scope, receive, send)
            return
        problem_start: Message | None = None

        async def send_error(message: Message) -> None:
            nonlocal problem_start
            if message["type"] == "http.response.start" and _is_problem(message):
                problem_start = message
            elif problem_start is not None:
                body = as_openai_error(message["body"]).model_dump_json().encode()
                headers = MutableHeaders(raw=problem_start["headers"])
                headers["content-type"] = "application/json"
                headers["content-length"] = str(len(body))
                await send(problem_start)
                await send({"type": "http.response.body", "body": body})
            else:
                await send(message)

        await self._app(scope, receive, send_error)


def _is_problem(message: Message) -> bool:
    return dict(message["headers"]).get(b"content-type") == b"application/problem+json"
