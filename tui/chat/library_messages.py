"""What happened to the library, told to the screen that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from rag.articles import ArticleSummary, StoredArticle
    from rag.errors import PullquoteError
    from rag.librarian import AdditionFinished, FileRefused

__all__ = [
    "AdditionFailed",
    "AdditionProgressed",
    "ArticlesAdded",
    "ArticlesListed",
    "ArticlesRemoved",
    "ArticlesRestored",
    "ListingFailed",
    "RemovalFailed",
]


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
    """These articles were taken out of the library; all their versions are what undo puts back."""

    articles: list[StoredArticle]
    versions: list[StoredArticle]


@dataclass
class ArticlesRestored(Message):
    """So many removed articles are in the library again."""

    count: int


@dataclass
class RemovalFailed(Message):
    """Articles could not be removed, or not be put back."""

    error: PullquoteError
