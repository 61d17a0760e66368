"""Pages elsewhere: a browser lets any of them post a form to a server on this machine without asking."""

from collections.abc import Sequence

from starlette.requests import HTTPConnection

from api.errors import ForbiddenError
from api.guards.checks import Check, is_reading

__all__ = ["refuse_other_origins"]


def refuse_other_origins(allowed: Sequence[str]) -> Check:
    """Return a check that lets pages of other origins change and ask nothing, but for those allowed."""

    def check(connection: HTTPConnection) -> None:
        origin = connection.headers.get("origin")
        if origin is None or is_reading(connection) or origin in allowed:
            return
        if origin.partition("://")[2].lower() != connection.headers.get("host", "").lower():
            message = "A web page of another origin may not use this server."
            raise ForbiddenError(message, "Name the origin in PULLQUOTE_API__ORIGINS if it may.")

    return check
