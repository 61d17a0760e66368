"""Brings articles into a library: discover, load, split, encode, store. Reports each file and a closing count."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from rag.articles import Article, DateCertainty, DateOrigin, Passage, Standing, StoredArticle
from rag.errors import LoadError
from rag.loading import FoundFile, discover, load
from rag.protocols import Embedder, Splitter
from vectorstore.articles import Addition
from vectorstore.protocols import Library

__all__ = ["AddEvent", "AdditionFinished", "ArticleStored", "FileRefused", "FilesFound", "Librarian", "passage_input"]

BATCH_PASSAGES = 256
"""Passages encoded and stored in one transaction: enough to fill batches by length, little to do again after a kill."""


@dataclass(frozen=True, slots=True)
class FilesFound:
    """So many files will be read."""

    count: int


@dataclass(frozen=True, slots=True)
class ArticleStored:
    """A file was read, and stands in the library as ``standing`` says."""

    source: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class FileRefused:
    """A file could not become an article."""

    source: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionFinished:
    """Everything was read."""

    added: int
    updated: int
    unchanged: int
    refused: tuple[FileRefused, ...]


AddEvent = FilesFound | ArticleStored | FileRefused | AdditionFinished


@dataclass(frozen=True, slots=True)
class _Split:
    """An article on its way in, not yet encoded."""

    article: Article
    passages: tuple[Passage, ...]


class Librarian:
    """Adds articles to one library and removes them."""

    def __init__(self, library: Library, *, splitter: Splitter, embedder: Embedder, max_file_bytes: int) -> None:
        self._library = library
        self._splitter = splitter
        self._embedder = embedder
        self._max_file_bytes = max_file_bytes

    def add(
        self,
        paths: Sequence[Path],
        *,
        source: str | None = None,
        published: str | None = None,
        is_dry_run: bool = False,
        today: date | None = None,
    ) -> Iterator[AddEvent]:
        """Add files and folders, a batch a transaction; what was stored stays when the caller stops iterating.

        Args:
            paths: Files, and folders, which are read recursively.
            source: Stands before the source of every article (``wire`` gives ``wire/a.txt``).
            published: ISO 8601; stands above the date that an article itself gives.
            is_dry_run: Report what would happen and store nothing.
            today: The day of the addition, to which an inferred date lies near; None means by the clock.
        """
        files, refused = _find(paths)
        yield FilesFound(len(files) + len(refused))
        yield from refused
        counts: Counter[Standing] = Counter()
        batch: list[_Split] = []
        for file in files:
            try:
                article = _labelled(load(file, max_bytes=self._max_file_bytes), source=source, published=published)
            except LoadError as error:
                refused.append(FileRefused(file.source, error.message, error.remedy))
                yield refused[-1]
                continue
            standing = self._library.standing(article)
            if standing is Standing.UNCHANGED or is_dry_run:
                counts[standing] += 1
                yield ArticleStored(article.source, standing)
                continue
            article = _dated(article, today or date.today())
            batch.append(_Split(article, tuple(self._splitter.split(article.text))))
            if sum(len(split.passages) for split in batch) >= BATCH_PASSAGES:
                yield from self._store(batch, counts)
                batch = []
        yield from self._store(batch, counts)
        yield AdditionFinished(
            added=counts[Standing.ADDED],
            updated=counts[Standing.UPDATED],
            unchanged=counts[Standing.UNCHANGED],
            refused=tuple(refused),
        )

    def restore(self, articles: Sequence[Article]) -> int:
        """Add articles as they are, such as those that ``remove`` gave back, and return how many are new or changed.

        All are stored in one transaction, with new ids and as first versions where their origin is gone.
        """
        batch = [_Split(article, tuple(self._splitter.split(article.text))) for article in articles]
        stored = list(self._store(batch, Counter()))
        return sum(one.standing is not Standing.UNCHANGED for one in stored)

    def remove(self, article_ids: Sequence[int]) -> list[StoredArticle]:
        """Remove articles with all their versions, or none if one id is unknown, and return what they were."""
        return self._library.remove(article_ids)

    def _store(self, batch: Sequence[_Split], counts: Counter[Standing]) -> Iterator[ArticleStored]:
        """Encode and store a batch in one transaction."""
        inputs = [passage_input(split.article, passage) for split in batch for passage in split.passages]
        vectors = self._embedder.encode_passages(inputs)
        additions, at = [], 0
        for split in batch:
            upto = at + len(split.passages)
            additions.append(Addition(article=split.article, passages=split.passages, vectors=vectors[at:upto]))
            at = upto
        for addition, standing in zip(additions, self._library.add(additions), strict=True):
            counts[standing] += 1
            yield ArticleStored(addition.article.source, standing)


def passage_input(article: Article, passage: Passage) -> str:
    """Return what is encoded for a passage: its text below its article's headline, which says what it is about."""
    text = article.text[passage.start : passage.end]
    return f"{article.title}\n{text}" if article.title else text


def _find(paths: Iterable[Path]) -> tuple[list[FoundFile], list[FileRefused]]:
    """Return the files below the paths, and the paths that lead to none; a file named twice comes once."""
    files: dict[str, FoundFile] = {}
    refused = []
    for path in paths:
        try:
            for file in discover(path):
                files.setdefault(file.origin, file)
        except LoadError as error:
            refused.append(FileRefused(str(path), error.message, error.remedy))
    return list(files.values()), refused


def _labelled(article: Article, *, source: str | None, published: str | None) -> Article:
    """Put what the person gave above what the file says."""
    if source is not None:
        article = replace(article, source=f"{source}/{article.source}")
    if published is not None:
        article = replace(
            article,
            published=published,
            published_origin=DateOrigin.GIVEN,
            published_certainty=DateCertainty.CERTAIN,
        )
    return article


def _dated(article: Article, today: date) -> Article:
    """Infer a date where none is stated; one that is stated and lies ahead is kept, and marked as unsure."""
    if article.published is None:
        from rag.times.publication import infer_published

        inferred = infer_published(article.text, added=today)
        if inferred is None:
            return article
        return replace(
            article,
            published=inferred.day.isoformat(),
            published_origin=DateOrigin.INFERRED,
            published_certainty=inferred.certainty,
        )
    is_ahead = article.published[:10] > (today + timedelta(days=1)).isoformat()
    if is_ahead and article.published_origin is not DateOrigin.GIVEN:
        return replace(article, published_certainty=DateCertainty.UNSURE)
    return article
