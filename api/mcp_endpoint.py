"""``/mcp``: MCP over streamable HTTP. The SDK takes a second to import, so that it is loaded by the first request."""

import asyncio
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from api.guards.work import WorkLimits
from api.state import ApiState

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

__all__ = ["McpEndpoint"]


class McpEndpoint:
    """ASGI application: each message is answered by itself, in one piece, and no session is kept.

    Hosts, origins and keys are the business of the guards before it.
    """

    def __init__(self, state: ApiState, limits: WorkLimits) -> None:
        self._state = state
        self._limits = limits
        self._starting = asyncio.Lock()
        self._running: asyncio.Task[None] | None = None
        self._manager: StreamableHTTPSessionManager | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one message, in a place for work."""
        async with self._limits.answering.place():
            await (await self._ready())(scope, receive, send)

    async def _ready(self) -> ASGIApp:
        async with self._starting:
            if self._manager is None:
                self._manager = await run_in_threadpool(self._load)
                has_started = asyncio.Event()
                # What it starts must end in the task that began it, which no request is: it ends with the loop.
                self._running = asyncio.create_task(_keep(self._manager, has_started))
                await has_started.wait()
        return self._manager.handle_request

    def _load(self) -> "StreamableHTTPSessionManager":
        from mcp.server.transport_security import TransportSecuritySettings

        from api.mcp_tools import build_mcp_server

        server = build_mcp_server(self._state.assistant, self._state.library)
        unguarded = TransportSecuritySettings(enable_dns_rebinding_protection=False)
        server.streamable_http_app(json_response=True, stateless_http=True, transport_security=unguarded)
        return server.session_manager


async def _keep(manager: "StreamableHTTPSessionManager", has_started: asyncio.Event) -> None:
    async with manager.run():
        has_started.set()
        await asyncio.Event().wait()
