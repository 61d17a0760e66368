"""How much is worked on at the same time: so many requests run, so many wait, and the next is refused."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, Request

from api.errors import BusyError

__all__ = ["ADDING", "ANSWERING", "WorkLimit", "WorkLimits"]

RETRY_AFTER_S = 1


class WorkLimit:
    """Places for work, in the order of asking; of one event loop."""

    def __init__(self, *, workers: int, max_waiting: int) -> None:
        self._places = asyncio.Semaphore(workers)
        self._max_waiting = max_waiting
        self.running = 0
        self.waiting = 0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Hold a place; wait for one where all are taken.

        Raises:
            BusyError: As many wait already as may.
        """
        if self._places.locked() and self.waiting >= self._max_waiting:
            message = f"{self.waiting} requests are waiting already."
            raise BusyError(message, "Try again in a moment.", retry_after_s=RETRY_AFTER_S)
        self.waiting += 1
        try:
            await self._places.acquire()
        finally:
            self.waiting -= 1
        self.running += 1
        try:
            yield
        finally:
            self.running -= 1
            self._places.release()


class WorkLimits:
    """What is limited apart, so that who adds does not hold up who asks."""

    def __init__(self, *, workers: int, max_waiting: int) -> None:
        self.answering = WorkLimit(workers=workers, max_waiting=max_waiting)
        # One at a time: two would wait for each other at the library anyway.
        self.adding = WorkLimit(workers=1, max_waiting=max_waiting)


async def _answering(request: Request) -> AsyncIterator[None]:
    limits: WorkLimits = request.app.state.limits
    async with limits.answering.place():
        yield


async def _adding(request: Request) -> AsyncIterator[None]:
    limits: WorkLimits = request.app.state.limits
    async with limits.adding.place():
        yield


ANSWERING = Depends(_answering)
"""For the ``dependencies`` of routes that answer questions: a place is held until the response is sent."""

ADDING = Depends(_adding)
"""For the ``dependencies`` of routes that add articles."""
