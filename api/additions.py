"""Stores what clients send: files are parsed as files of a folder are, and no path of a client is ever read from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import uuid4

from api.article_schemas import AddedArticle, RefusedArticle
from rag.articles import Article, Standing
from rag.errors import LoadError
from rag.librarian import Librarian
from rag.loading import load_content
from rag.protocols import Library

__all__ = ["Adder", "Outcome", "Posted", "PostedFile", "new_origin", "size_of"]

BATCH_BYTES = 100_000
"""Stored in one transaction: some 200 passages, a few seconds of work to do again after a kill."""

BATCH_ARTICLES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedFile:
    """A file as a client sent it; its name tells the format and is what citations show."""

    name: str
    content: bytes
    origin: str


Posted: TypeAlias = Article | PostedFile
Outcome: TypeAlias = AddedArticle | RefusedArticle


def new_origin() -> str:
    """Return what identifies an article that comes over HTTP; that the content is known already, the library tells."""
    return uuid4().urn


def size_of(posted: Posted) -> int:
    """Return about how many bytes there are to work on."""
    return len(posted.text) if isinstance(posted, Article) else len(posted.content)


class Adder:
    """Adds what clients send to one library."""

    def __init__(self, librarian: Librarian, library: Library) -> None:
        self._librarian = librarian
        self._library = library

    def add(self, posted: Iterable[Posted], *, is_resumed: bool = False) -> Iterator[list[Outcome]]:
        """Add a batch a transaction, and yield what became of each batch, in order.

        Args:
            posted: What to add; what was added stays when the caller stops iterating.
            is_resumed: Some of it may have been added before the work was broken off, and is told as if it were now.
        """
        for batch in _batches(posted):
            loaded = [_loaded(one) for one in batch]
            articles = [one for one in loaded if isinstance(one, Article)]
            standings = iter(self._librarian.add_articles(articles))
            yield [
                self._added(one, next(standings), is_resumed=is_resumed) if isinstance(one, Article) else one
                for one in loaded
            ]

    def _added(self, article: Article, standing: Standing, *, is_resumed: bool) -> AddedArticle | RefusedArticle:
        found = self._library.find(article)
        if found is None:
            return RefusedArticle(
                source=article.source, reason="It was removed while it was being added.", remedy="Send it again."
            )
        stored = self._library.article(found)
        if is_resumed and standing is Standing.UNCHANGED and stored.origin == article.origin:
            standing = Standing.ADDED if stored.version == 1 else Standing.UPDATED
        return AddedArticle(
            id=found, version=stored.version, source=stored.source, title=stored.title, standing=standing
        )


def _batches(posted: Iterable[Posted]) -> Iterator[Sequence[Posted]]:
    batch: list[Posted] = []
    size = 0
    for one in posted:
        batch.append(one)
        size += size_of(one)
        if size >= BATCH_BYTES or len(batch) >= BATCH_ARTICLES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _loaded(posted: Posted) -> Article | RefusedArticle:
    if isinstance(posted, Article):
        return posted
    try:
        return load_content(posted.content, source=posted.name, origin=posted.origin)
    except LoadError as error:
        return RefusedArticle(source=posted.name, reason=error.message, remedy=error.remedy)
