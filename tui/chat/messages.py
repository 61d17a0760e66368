"""What happened, told to the screen: the seam between the engine and the widgets."""

from dataclasses import dataclass

from textual.message import Message

from rag.answers import Answer
from rag.articles import StoredArticle, StoredPassage
from rag.errors import PullquoteError

__all__ = [
    "ArticleFailed",
    "ArticleOpened",
    "CitationChosen",
    "LibraryFailed",
    "LibraryOpened",
    "PassagesFound",
    "Place",
    "QuestionAnswered",
    "QuestionCancelled",
    "QuestionFailed",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The span ``[start, end)`` in the text of one version of an article."""

    article_id: int
    version: int
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
class ArticleOpened(Message):
    """The article of a citation was read from the library."""

    article: StoredArticle
    place: Place


@dataclass
class ArticleFailed(Message):
    """The article of a citation could not be read."""

    error: PullquoteError
