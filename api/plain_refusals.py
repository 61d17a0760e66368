"""Ready-made middleware refuse in plain text (a wrong Host, a body too large); clients get problem documents."""

from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem_response

__all__ = ["PlainRefusalsAsProblems"]


class PlainRefusalsAsProblems:
    """ASGI middleware: what the middleware inside it refuse in plain text, in one piece, becomes a problem document."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on but plain-text refusals."""
        refused: HTTPStatus | None = None

        async def send_problem(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start" and _is_plain_refusal(message):
                refused = HTTPStatus(message["status"])
            elif refused is not None:
                await problem_response(refused, f"{message['body'].decode()}.")(scope, receive, send)
            else:
                await send(message)

        await self._app(scope, receive, send_problem)


def _is_plain_refusal(message: Message) -> bool:
    content_type: bytes = dict(message["headers"]).get(b"content-type", b"")
    return content_type.startswith(b"text/plain") and int(message["status"]) >= HTTPStatus.BAD_REQUEST
