"""Looks at a request before anything of its body is read; whatever a check raises is the response."""

from collections.abc import Callable, Sequence

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import ApiError
from api.problems import problem_of

__all__ = ["Check", "Checks", "is_reading"]

Check = Callable[[HTTPConnection], None]
"""Raises an ``ApiError`` where the request is refused."""


class Checks:
    """ASGI middleware: every request passes all checks, in order."""

    def __init__(self, app: ASGIApp, checks: Sequence[Check]) -> None:
        self._app = app
        self._checks = checks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "http":
            connection = HTTPConnection(scope)
            try:
                for check in self._checks:
                    check(connection)
            except ApiError as error:
                await problem_of(error)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def is_reading(connection: HTTPConnection) -> bool:
    """Tell whether the method promises to change nothing."""
    return connection.scope["method"] in ("GET", "HEAD", "OPTIONS")
