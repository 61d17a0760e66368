"""The log: one line of JSON an event, each with the id of the request it belongs to; never what was asked."""

import json
import logging
import os
import re
import threading
import time
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from queue import Full, Queue
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["REQUEST_ID", "RequestLog", "log_as_json"]

REQUEST_ID = "X-Request-ID"

STDERR = 2
MAX_LINES_BEHIND = 10_000
CLOSING_S = 1.0

_LOGGER = logging.getLogger("pullquote.requests")

_request_id: ContextVar[str | None] = ContextVar("request_id", default=None)


class RequestLog:
    """ASGI middleware: gives each request an id, its client's if that is a plain word, and logs how it ended."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, the id in a header."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(REQUEST_ID, "")
        request_id = given if re.fullmatch(r"[A-Za-z0-9._-]{1,64}", given) else uuid4().hex
        _request_id.set(request_id)
        status, began = 0, time.perf_counter()

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = request_id
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        finally:
            client = scope["client"][0] if scope.get("client") else None
            # Not the query string: it may hold words that somebody looks for.
            fields = {"method": scope["method"], "path": scope["path"], "status": status, "client": client}
            fields["ms"] = round((time.perf_counter() - began) * 1000, 1)
            _LOGGER.info("request", extra={"fields": fields})


class _JsonLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if (request_id := _request_id.get()) is not None:
            line["request_id"] = request_id
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        # ASCII alone: a path may hold what moves a terminal's cursor.
        return json.dumps(line)


class _Stderr(logging.Handler):
    """Writes on a thread of its own: who reads too slowly loses lines, and never holds up a request."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: Queue[str | None] = Queue(MAX_LINES_BEHIND)
        self._thread = threading.Thread(target=self._write, name="log", daemon=True)
        self._thread.start()

    def emit(self, record: logging.LogRecord) -> None:
        """Hand the line over."""
        with suppress(Full):
            self._lines.put_nowait(self.format(record))

    def close(self) -> None:
        """Wait a moment for what is not written yet."""
        with suppress(Full):
            self._lines.put_nowait(None)
        self._thread.join(CLOSING_S)
        super().close()

    def _write(self) -> None:
        while (line := self._lines.get()) is not None:
            # Not sys.stderr: a write that hangs would hold its lock when the process ends.
            with suppress(OSError):
                os.write(STDERR, f"{line}\n".encode())


def log_as_json() -> None:
    """Send what is logged from now on to stderr: requests and whatever is worth a warning."""
    handler = _Stderr()
    handler.setFormatter(_JsonLine())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("pullquote").setLevel(logging.INFO)
