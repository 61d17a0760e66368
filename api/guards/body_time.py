"""A body that comes too slowly holds a connection and what waits for it: it gets 408 instead."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import TooSlowError
from api.problems import problem_of

__all__ = ["BodyInTime"]


class BodyInTime:
    """ASGI middleware: the whole body comes within the time, or the request ends."""

    def __init__(self, app: ASGIApp, timeout_s: float) -> None:
        self._app = app
        self._timeout_s = timeout_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and refuse it when its body is late."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = _Body(receive, send, deadline_s=asyncio.get_running_loop().time() + self._timeout_s)
        try:
            await self._app(scope, body.receive, body.send)
        except Exception:
            if not body.is_late:
                raise
        if body.is_late and not body.has_begun:
            error = TooSlowError(f"The body did not come within {self._timeout_s:g} seconds.", "Send it faster.")
            response = problem_of(error)
            response.headers["Connection"] = "close"
            await response(scope, receive, send)


class _Body:
    """The messages of one request; when the body is late, the app is told that the client left."""

    def __init__(self, receive: Receive, send: Send, *, deadline_s: float) -> None:
        self._receive = receive
        self._send = send
        self._deadline_s = deadline_s
        self._is_complete = False
        self.is_late = False
        self.has_begun = False

    async def receive(self) -> Message:
        if self._is_complete:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._deadline_s):
                message = await self._receive()
        except TimeoutError:
            self.is_late = True
            return {"type": "http.disconnect"}
        self._is_complete = not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        if not self.is_late or self.has_begun:
            self.has_begun = True
            await self._send(message)
