"""API keys: only their hashes are kept, and every one is compared, in constant time.

A key is 256 random bits, so that one round of SHA-256 is as hard to turn back as many.
"""

import hmac
from collections.abc import Sequence
from hashlib import sha256

from starlette.requests import HTTPConnection

from api.errors import ForbiddenError, UnauthorizedError
from api.guards.checks import Check, is_reading

__all__ = ["require_key"]

OPEN = frozenset({"/", "/docs", "/healthz", "/openapi.json", "/readyz"})
"""Nothing of the library is told there."""

OPEN_BELOW = ("/web/", "/docs/")

QUESTIONS = frozenset({"/mcp", "/v1/ask", "/v1/chat/completions", "/v1/search", "/v1/verify"})
"""Paths that a read key may post to: what is posted is asked, not stored."""

REMEDY = "Send `Authorization: Bearer KEY` with a key whose hash stands in PULLQUOTE_API__KEYS."


def require_key(keys: Sequence[str]) -> Check:
    """Return a check that lets through who has a key, ``read:HASH`` or ``write:HASH``; without keys it lets all."""
    hashes = [(scope, bytes.fromhex(digest)) for scope, _, digest in (key.partition(":") for key in keys)]

    def check(connection: HTTPConnection) -> None:
        path = connection.scope["path"]
        if not hashes or (is_reading(connection) and (path in OPEN or path.startswith(OPEN_BELOW))):
            return
        scheme, _, key = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not key:
            raise UnauthorizedError("This server asks for a key.", REMEDY)
        scopes = _scopes(key.strip(), hashes)
        if not scopes:
            raise UnauthorizedError("The key is not one of this server's.", REMEDY)
        if "write" not in scopes and not is_reading(connection) and path not in QUESTIONS:
            raise ForbiddenError("This key may read and ask, not change anything.", "Use a key of the scope write.")

    return check


def _scopes(key: str, hashes: Sequence[tuple[str, bytes]]) -> set[str]:
    presented = sha256(key.encode("latin-1", "replace")).digest()
    # A list, not a generator that stops: the time must not tell which hash was near.
    same = [(scope, hmac.compare_digest(presented, digest)) for scope, digest in hashes]
    return {scope for scope, is_same in same if is_same}
