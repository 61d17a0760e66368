"""Clients that ask one after the other over one connection each, and count what comes back."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.benchmarks.timing import percentile

__all__ = ["Load", "longest_wait_ms", "post", "run_load"]

REST_S = 0.1
"""A client that was refused waits so long, as one that is told to come again would."""

PING = b"GET /v1/jobs/none HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
"""Answered on the event loop itself: how long it takes is how long the loop was held up, at most."""


@dataclass
class Load:
    """What came of one load."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    elapsed_s: float = 0.0

    @property
    def per_second(self) -> float:
        """Answers, not refusals."""
        return len(self.seconds) / self.elapsed_s

    def quantiles_ms(self) -> str:
        """Return p50, p95 and p99."""
        return " / ".join(f"{1000 * percentile(self.seconds, share):.0f}" for share in (0.5, 0.95, 0.99))

    def refusals(self) -> str:
        """Return every status that is no answer, with its count; 0 is a connection that broke."""
        others = sorted((status, count) for status, count in self.statuses.items() if status != 200)
        return ", ".join(f"{count} x {status}" for status, count in others) or "no errors"


def post(path: str, value: object) -> bytes:
    """Return a whole request."""
    body = json.dumps(value).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    return f"{head}\r\n\r\n".encode() + body


def run_load(port: int, requests: Sequence[bytes], *, clients: int, seconds: float, most: int | None = None) -> Load:
    """Let so many clients ask for so long, or until there are so many answers."""
    return asyncio.run(_load(port, requests, clients, seconds, most))


async def _load(port: int, requests: Sequence[bytes], clients: int, seconds: float, most: int | None) -> Load:
    load, began = Load(), time.perf_counter()
    until = began + seconds
    await asyncio.gather(
        *(
            _client(port, [*requests[number % len(requests) :], *requests], load, until, most)
            for number in range(clients)
        )
    )
    load.elapsed_s = time.perf_counter() - began
    return load


async def _client(port: int, requests: Sequence[bytes], load: Load, until: float, most: int | None) -> None:
    streams = None
    number = 0
    while time.perf_counter() < until and (most is None or len(load.seconds) < most):
        began = time.perf_counter()
        try:
            streams = streams or await asyncio.open_connection("127.0.0.1", port)
            status = await _exchange(*streams, requests[number % len(requests)])
        except (OSError, asyncio.IncompleteReadError):
            status, streams = 0, None
        number += 1
        load.statuses[status] += 1
        if status == 200:
            load.seconds.append(time.perf_counter() - began)
        else:
            await asyncio.sleep(REST_S)
    if streams is not None:
        streams[1].close()


async def _exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> int:
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").lower().split("\r\n")
    (length,) = [int(line.partition(":")[2]) for line in lines if line.startswith("content-length:")]
    await reader.readexactly(length)
    return int(lines[0].split()[1])


def longest_wait_ms(port: int, requests: Sequence[bytes], *, clients: int, seconds: float) -> tuple[float, float]:
    """Return the p99 and the longest time in which the event loop answers while so many clients ask."""
    return asyncio.run(_longest_wait_ms(port, requests, clients, seconds))


async def _longest_wait_ms(port: int, requests: Sequence[bytes], clients: int, seconds: float) -> tuple[float, float]:
    asking = asyncio.create_task(_load(port, requests, clients, seconds, None))
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    waits = []
    while not asking.done():
        began = time.perf_counter()
        await _exchange(reader, writer, PING)
        waits.append(1000 * (time.perf_counter() - began))
        await asyncio.sleep(0.02)
    writer.close()
    return percentile(waits, 0.99), max(waits)
