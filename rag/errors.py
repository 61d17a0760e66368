"""Every error a person may see, each with what happened and what mends it.

::

    PullquoteError                    message, remedy
    ├── ArticleNotFoundError          show or remove names an unknown id or version
    ├── DataError                     a question set or training file is missing or malformed
    │   └── CheckpointError           a training run's state cannot be written or read, or is another run's
    ├── LibraryError
    │   ├── LibraryNotFoundError      no library there yet
    │   ├── LibraryFormatError        not a library, or of a newer format
    │   ├── LibraryDamagedError       its SQLite file cannot be read
    │   ├── LibraryReadOnlyError      it cannot be written to
    │   ├── LibraryBusyError          another process keeps writing
    │   ├── LibraryFullError          the disk is full
    │   └── EmbedderMismatchError     built with another embedder
    ├── LoadError                     one file, page or URL cannot become an article
    ├── ModelError                    a model file is missing, damaged, or cannot run
    ├── QuestionError                 the question is empty or too long
    └── SettingsError                 a setting is unknown or out of bounds

Wrong arguments in code are ``ValueError`` and ``TypeError``, outside this tree. That the articles do not say is an
answer (``rag.answers.Abstention``), not an error.
"""

from vectorstore.errors import (
    ArticleNotFoundError,
    EmbedderMismatchError,
    LibraryBusyError,
    LibraryDamagedError,
    LibraryError,
    LibraryFormatError,
    LibraryFullError,
    LibraryNotFoundError,
    LibraryReadOnlyError,
    PullquoteError,
)

__all__ = [
    "ArticleNotFoundError",
    "CheckpointError",
    "DataError",
    "EmbedderMismatchError",
    "LibraryBusyError",
    "LibraryDamagedError",
    "LibraryError",
    "LibraryFormatError",
    "LibraryFullError",
    "LibraryNotFoundError",
    "LibraryReadOnlyError",
    "LoadError",
    "ModelError",
    "PullquoteError",
    "QuestionError",
    "SettingsError",
]


class DataError(PullquoteError):
    """A question set or a training file is missing or malformed."""


class CheckpointError(DataError):
    """The state of a training run cannot be written or read, or belongs to another run."""


class LoadError(PullquoteError):
    """One file, page or URL cannot become an article."""


class ModelError(PullquoteError):
    """A model file is missing, damaged, or cannot run."""


class QuestionError(PullquoteError):
    """The question is empty or too long."""


class SettingsError(PullquoteError):
    """A setting is unknown or out of bounds."""
