"""What happened, told to the screen: the seam between the engine and the widgets.

The values of the core are imported for the type checker only: they bring NumPy with them, and the first frame is
painted before that is read from disk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from pathlib import Path

    from rag.answers import Answer
    from rag.articles import ArticleSummary, StoredArticle, StoredPassage
    from rag.errors import PullquoteError
    from rag.librarian import AdditionFinished, FileRefused
    from tui.chat.citation_styles import Cited
    from tui.chat.sessions.values import Session, SessionSummary, SessionTurn

__all__ = [
    "AdditionFailed",
    "AdditionProgressed",
    "ArticleFailed",
    "ArticleOpened",
    "ArticlesAdded",
    "ArticlesListed",
    "ArticlesRemoved",
    "ArticlesRestored",
    "CitationChosen",
    "CitationCopied",
    "CitationStepped",
    "EarlierTurnsWanted",
    "LibraryFailed",
    "LibraryOpened",
    "ListingFailed",
    "PassagesFound",
    "Place",
    "QueryPrepared",
    "QuestionAnswered",
    "QuestionCancelled",
    "QuestionFailed",
    "RemovalFailed",
    "SessionExported",
    "SessionFailed",
    "SessionOpened",
    "SessionsListed",
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


@dataclass
class ArticlesListed(Message):
    """These articles are in the library, by id."""

    summaries: list[ArticleSummary]


@dataclass
class ListingFailed(Message):
    """The library could not be listed."""

    error: PullquoteError


@dataclass
class AdditionProgressed(Message):
    """So many of the files that were found have been read; the last one may have been refused."""

    done: int
    total: int
    refused: FileRefused | None


@dataclass
class ArticlesAdded(Message):
    """Files and folders were read into the library, as far as they could be."""

    finished: AdditionFinished


@dataclass
class AdditionFailed(Message):
    """Nothing more could be added."""

    error: PullquoteError


@dataclass
class ArticlesRemoved(Message):
    """These articles were taken out of the library."""

    articles: list[StoredArticle]


@dataclass
class ArticlesRestored(Message):
    """So many removed articles are in the library again."""

    count: int


@dataclass
class RemovalFailed(Message):
    """Articles could not be removed, or not be put back."""

    error: PullquoteError


@dataclass
class SessionsListed(Message):
    """These sessions are kept, latest first; what could not be read is told beside them."""

    summaries: list[SessionSummary]
    failures: list[PullquoteError]


@dataclass
class SessionOpened(Message):
    """A session was read, to be gone on with."""

    session: Session


@dataclass
class SessionExported(Message):
    """A session was written to this file."""

    path: Path


@dataclass
class SessionFailed(Message):
    """A session could not be read, written or removed."""

    error: PullquoteError
