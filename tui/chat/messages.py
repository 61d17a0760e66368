"""What happened, told to the screen: the seam between the engine and the widgets.

The values of the core are imported for the type checker only: they bring NumPy with them, and the first frame is
painted before that is read from disk. What happens to library and sessions stands in the modules beside this one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from rag.answers import Answer
    from rag.articles import StoredArticle, StoredPassage
    from rag.errors import PullquoteError
    from tui.chat.citation_styles import Cited
    from tui.chat.sessions.values import SessionTurn

__all__ = [
    "ArticleFailed",
    "ArticleOpened",
    "CitationChosen",
    "CitationCopied",
    "CitationStepped",
    "EarlierTurnsWanted",
    "LibraryFailed",
    "LibraryOpened",
    "PassageRead",
    "PassagesFound",
    "Place",
    "QueryPrepared",
    "QuestionAnswered",
    "QuestionCancelled",
    "QuestionFailed",
    "SourceWanted",
    "TurnEnded",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The span ``[start, end)`` in the text of one version of an article."""

    article_id: int
    version: int | None
    start: int
    end: int


@dataclass
class LibraryOpened(Message):
    """The library was opened and the models were loaded."""

    article_count: int


@dataclass
class LibraryFailed(Message):
    """The library or a model could not be opened; the next question tries again."""

    error: PullquoteError


@dataclass
class QueryPrepared(Message):
    """The question became this query, which is what is searched for."""

    query: str


@dataclass
class PassagesFound(Message):
    """These passages are being read for the question, best first."""

    passages: tuple[StoredPassage, ...]


@dataclass
class PassageRead(Message):
    """One of the passages that were found has been read."""

    passage: StoredPassage


@dataclass
class QuestionAnswered(Message):
    """The question was answered, or the assistant abstained."""

    answer: Answer


@dataclass
class QuestionFailed(Message):
    """The question could not be answered."""

    error: PullquoteError


@dataclass
class QuestionCancelled(Message):
    """The person took the question back."""


@dataclass
class CitationChosen(Message):
    """The person wants to see this place in its article."""

    place: Place


@dataclass
class CitationStepped(Message):
    """The person wants the citation that stands so many further in the transcript."""

    step: int


@dataclass
class CitationCopied(Message):
    """The person wants these words with their reference in the clipboard."""

    cited: Cited


@dataclass
class SourceWanted(Message):
    """The person wants to see where the article came from."""

    url: str | None


@dataclass
class TurnEnded(Message):
    """Nothing more will come of a question; None when it was taken back."""

    record: SessionTurn | None


@dataclass
class EarlierTurnsWanted(Message):
    """The person wants to see the turns before the first one shown."""


@dataclass
class ArticleOpened(Message):
    """An article was read from the library."""

    article: StoredArticle
    place: Place


@dataclass
class ArticleFailed(Message):
    """An article could not be read."""

    error: PullquoteError
