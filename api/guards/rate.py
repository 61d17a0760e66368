"""How often one client may ask: a bucket of requests each, which fills as time goes by."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.requests import HTTPConnection

from api.errors import RateError
from api.guards.checks import Check

__all__ = ["limit_rate"]

BURST_SHARE = 1 / 6
"""Of the requests of a minute that may come at once."""

MAX_CLIENTS = 10_000
"""Clients remembered; the one that has been quiet longest is forgotten first, with a bucket that is full by then."""


def limit_rate(requests_per_minute: int, *, clock: Callable[[], float] = time.monotonic) -> Check:
    """Return a check that refuses a client, known by its address, that asks too often."""
    per_second = requests_per_minute / 60
    most = max(1.0, requests_per_minute * BURST_SHARE)
    buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def check(connection: HTTPConnection) -> None:
        client = connection.client.host if connection.client else ""
        now = clock()
        left, since = buckets.pop(client, (most, now))
        left = min(most, left + (now - since) * per_second)
        allowed = left >= 1
        buckets[client] = (left - allowed, now)
        if len(buckets) > MAX_CLIENTS:
            buckets.popitem(last=False)
        if not allowed:
            message = f"More than {requests_per_minute:,} requests a minute came from this address."
            raise RateError(message, "Ask more slowly.", retry_after_s=math.ceil((1 - left) / per_second))

    return check
