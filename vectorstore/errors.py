"""What can go wrong with a library, and the root of every error a person may see.

The whole tree is drawn in ``rag/errors.py``. The root stands here because this is the lowest room that raises:
nothing has to be translated on its way up.
"""

__all__ = [
    "ArticleNotFoundError",
    "EmbedderMismatchError",
    "LibraryBusyError",
    "LibraryDamagedError",
    "LibraryError",
    "LibraryFormatError",
    "LibraryFullError",
    "LibraryNotFoundError",
    "LibraryReadOnlyError",
    "PullquoteError",
]


class PullquoteError(Exception):
    """Tell a person what happened and what mends it.

    Attributes:
        message: What happened and where, one sentence.
        remedy: The command or setting that mends it, one sentence.
    """

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"


class LibraryError(PullquoteError):
    """Something is wrong with the library as a whole."""


class LibraryNotFoundError(LibraryError):
    """No library stands in the directory."""


class LibraryFormatError(LibraryError):
    """The directory holds something that is not a library, or a library of a newer format."""


class LibraryDamagedError(LibraryError):
    """The SQLite file cannot be read as one."""


class LibraryReadOnlyError(LibraryError):
    """The library cannot be written to."""


class LibraryBusyError(LibraryError):
    """Another process has been writing for longer than we wait."""


class LibraryFullError(LibraryError):
    """The disk is full; the library is as it was."""


class EmbedderMismatchError(LibraryError):
    """The library's vectors come from another embedder than the one in the settings."""


class ArticleNotFoundError(PullquoteError):
    """No article, or no version of it, has this id."""
