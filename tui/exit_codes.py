"""What the shell is told: one table from errors to exit codes."""

from enum import IntEnum

from rag.errors import (
    ArticleNotFoundError,
    DataError,
    LibraryError,
    LoadError,
    ModelError,
    PullquoteError,
    QuestionError,
    SettingsError,
)

__all__ = ["EXIT_CODES", "ExitCode", "exit_code_of"]


class ExitCode(IntEnum):
    """Exit codes of the ``pullquote`` command."""

    ANSWERED = 0
    NOT_SAID = 1
    USAGE = 2
    LIBRARY = 3
    MODELS = 4
    FAILURE = 5
    INTERRUPTED = 130


EXIT_CODES: dict[type[PullquoteError], ExitCode] = {
    ArticleNotFoundError: ExitCode.USAGE,
    DataError: ExitCode.USAGE,
    LibraryError: ExitCode.LIBRARY,
    LoadError: ExitCode.USAGE,
    ModelError: ExitCode.MODELS,
    QuestionError: ExitCode.USAGE,
    SettingsError: ExitCode.LIBRARY,
}
"""By family: an error has the exit code of the nearest class above it that stands here."""


def exit_code_of(error: PullquoteError) -> ExitCode:
    """Return the exit code of an error.

    Raises:
        StopIteration: The table has no place for it; a test holds that this cannot happen.
    """
    return next(EXIT_CODES[family] for family in type(error).__mro__ if family in EXIT_CODES)
