"""HTTP/1.1 as uvicorn speaks it, but for connections on which no request ever becomes complete."""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

__all__ = ["TimelyProtocol"]

HEAD_TIMEOUT_S = 10.0
"""Within it a connection brings a request, whole up to its body; uvicorn itself waits for ever for a slow one."""


class TimelyProtocol(H11Protocol):
    """Looks at each connection in turn, and closes it where nothing has begun since the last look."""

    _seen: RequestResponseCycle | None = None
    _next_look: asyncio.TimerHandle

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to look."""
        super().connection_made(transport)
        self._next_look = self.loop.call_later(HEAD_TIMEOUT_S, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no more."""
        self._next_look.cancel()
        super().connection_lost(exc)

    def _look(self) -> None:
        is_answering = self.cycle is not None and not self.cycle.response_complete
        if not is_answering and self.cycle is self._seen:
            self.transport.close()
            return
        self._seen = self.cycle
        self._next_look = self.loop.call_later(HEAD_TIMEOUT_S, self._look)
