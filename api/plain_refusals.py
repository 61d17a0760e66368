"""Ready-made middleware refuse in plain text (a wrong Host, a body too large); clients get problem documents."""

from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem_response

__all__ = ["PlainRefusalsAsProblems"]


class PlainRefusalsAsProblems:
    """ASGI middleware: what the middleware inside it refuse in plain text becomes a problem document."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on but plain-text refusals."""
        is_replaced = False

        async def send_problem(message: Message) -> None:
            nonlocal is_replaced
            if message["type"] == "http.response.start" and _is_plain_refusal(message):
                is_replaced = True
                status = HTTPStatus(message["status"])
                await problem_response(status, f"{status.description or status.phrase}.")(scope, receive, send)
            elif not is_replaced:
                await send(message)

        await self._app(scope, receive, send_problem)


def _is_plain_refusal(message: Message) -> bool:
    content_type: bytes = dict(message["headers"]).get(b"content-type", b"")
    return content_type.startswith(b"text/plain") and int(message["status"]) >= HTTPStatus.BAD_REQUEST
