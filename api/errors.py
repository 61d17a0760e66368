"""What HTTP refuses on its own account, beside the errors of the core; ``problems`` gives each its status.

::

    ApiError                      message, remedy, retry_after_s
    ├── BusyError                 everything that may run or wait does
    ├── ForbiddenError            the key does not reach so far, or a page of another origin asks
    ├── JobNotFoundError          no such job, or one that was forgotten
    ├── RateError                 one client asks too often
    ├── StoppingError             the server is about to end
    ├── TooLargeError             the body is larger than may be sent
    ├── TooSlowError              the body took too long to come
    ├── UnauthorizedError         the key is missing or unknown
    └── UnsupportedTypeError      the body is of a type that is not read
"""

__all__ = [
    "ApiError",
    "BusyError",
    "ForbiddenError",
    "JobNotFoundError",
    "RateError",
    "StoppingError",
    "TooLargeError",
    "TooSlowError",
    "UnauthorizedError",
    "UnsupportedTypeError",
]


class ApiError(Exception):
    """A request is refused.

    Attributes:
        message: What happened, one sentence.
        remedy: What mends it, one sentence.
        retry_after_s: When it is worth trying again, in whole seconds; None where waiting does not help.
    """

    def __init__(self, message: str, remedy: str, *, retry_after_s: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.retry_after_s = retry_after_s


class BusyError(ApiError):
    """Everything that may run or wait does."""


class ForbiddenError(ApiError):
    """The key does not reach so far, or a page of another origin asks."""


class JobNotFoundError(ApiError):
    """No such job, or one that was forgotten."""


class RateError(ApiError):
    """One client asks too often."""


class StoppingError(ApiError):
    """The server is about to end."""


class TooLargeError(ApiError):
    """The body is larger than may be sent."""


class TooSlowError(ApiError):
    """The body took too long to come."""


class UnauthorizedError(ApiError):
    """The key is missing or unknown."""


class UnsupportedTypeError(ApiError):
    """The body is of a type that is not read."""
