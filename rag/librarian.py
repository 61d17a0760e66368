"""Brings articles into a library: discover, load, split, encode, store. Reports each file and a closing count."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

from rag.add_events import AddEvent, AdditionFinished, ArticleStored, FileRefused, FilesFound
from rag.articles import Article, Passage, Standing, StoredArticle
from rag.background_encoder import BackgroundEncoder
from rag.errors import LoadError
from rag.labelling import dated, labelled
from rag.loading import FoundFile, discover, load
from rag.protocols import Embedder, Splitter
from vectorstore.articles import Addition, Vectors
from vectorstore.protocols import Library

__all__ = [
    "AddEvent",
    "AdditionFinished",
    "ArticleStored",
    "FileRefused",
    "FilesFound",
    "Librarian",
    "below_headline",
    "passage_input",
]

BATCH_PASSAGES = 256
"""Passages encoded and stored in one transaction: little to do again after a kill, and seldom a
wait for the last of them to be encoded."""


@dataclass(frozen=True, slots=True)
class _Split:
    """An article on its way in, not yet encoded."""

    article: Article
    passages: tuple[Passage, ...]


_Told: TypeAlias = ArticleStored | FileRefused


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
        read = self._read(files, source=source, published=published, is_dry_run=is_dry_run, today=today)
        for event in self._stored(read):
            if isinstance(event, FileRefused):
                refused.append(event)
            else:
                counts[event.standing] += 1
            yield event
        yield AdditionFinished(
            added=counts[Standing.ADDED],
            updated=counts[Standing.UPDATED],
            unchanged=counts[Standing.UNCHANGED],
            refused=tuple(refused),
        )

    def add_articles(self, articles: Sequence[Article], *, today: date | None = None) -> list[Standing]:
        """Add articles that are read already in one transaction, and return what was done with each, in order.

        Args:
            articles: Those without a date get the one that their text suggests.
            today: The day of the addition; None means by the clock.
        """
        standings = [self._library.standing(article) for article in articles]
        batch = [
            self._split(dated(article, today or date.today()))
            for article, standing in zip(articles, standings, strict=True)
            if standing is not Standing.UNCHANGED
        ]
        stored = iter(self._store(batch, self._embedder.encode_passages(_inputs(batch))))
        return [standing if standing is Standing.UNCHANGED else next(stored).standing for standing in standings]

    def restore(self, articles: Sequence[Article]) -> int:
        """Add articles as they are, oldest version first, and return how many are new or changed.

        All are stored in one transaction; those that were removed have their ids and versions again.
        """
        batch = [self._split(article) for article in articles]
        stored = self._store(batch, self._embedder.encode_passages(_inputs(batch)))
        return sum(one.standing is not Standing.UNCHANGED for one in stored)

    def versions(self, article_ids: Sequence[int]) -> list[StoredArticle]:
        """Return all versions of articles, oldest first: what ``restore`` takes once they are removed.

        Raises:
            ArticleNotFoundError: One of the ids is unknown.
        """
        return [
            self._library.article(article_id, version=one.version)
            for article_id in article_ids
            for one in self._library.versions(article_id)
        ]

    def remove(self, article_ids: Sequence[int]) -> list[StoredArticle]:
        """Remove articles with all their versions, or none if one id is unknown, and return what they were."""
        return self._library.remove(article_ids)

    def _read(
        self,
        files: Iterable[FoundFile],
        *,
        source: str | None,
        published: str | None,
        is_dry_run: bool,
        today: date | None,
    ) -> Iterator[_Split | _Told]:
        """Load the files one by one, and split the articles that are to be stored."""
        for file in files:
            try:
                article = labelled(load(file, max_bytes=self._max_file_bytes), source=source, published=published)
            except LoadError as error:
                yield FileRefused(file.source, error.message, error.remedy)
                continue
            standing = self._library.standing(article)
            if standing is Standing.UNCHANGED or is_dry_run:
                yield ArticleStored(article.source, standing)
            else:
                yield self._split(dated(article, today or date.today()))

    def _split(self, article: Article) -> _Split:
        return _Split(article, tuple(self._splitter.split(article.text)))

    def _stored(self, read: Iterable[_Split | _Told]) -> Iterator[_Told]:
        """Pass on what was told, and store what was split: one batch is encoded while the next is read and split."""
        with BackgroundEncoder(self._embedder) as encoder:
            ahead: list[tuple[Sequence[_Split], Future[Vectors]]] = []
            for one in _batched(read):
                if not isinstance(one, list):
                    yield one
                    continue
                ahead.append((one, encoder.encode(_inputs(one))))
                if len(ahead) > 1:
                    batch, vectors = ahead.pop(0)
                    yield from self._store(batch, vectors.result())
            for batch, vectors in ahead:
                yield from self._store(batch, vectors.result())

    def _store(self, batch: Sequence[_Split], vectors: Vectors) -> list[ArticleStored]:
        """Store a batch in one transaction."""
        additions, at = [], 0
        for split in batch:
            upto = at + len(split.passages)
            additions.append(Addition(article=split.article, passages=split.passages, vectors=vectors[at:upto]))
            at = upto
        standings = self._library.add(additions)
        return [ArticleStored(one.article.source, standing) for one, standing in zip(additions, standings, strict=True)]


def passage_input(article: Article, passage: Passage) -> str:
    """Return what is encoded for a passage: its text below its article's headline, which says what it is about."""
    return below_headline(article.title, article.text[passage.start : passage.end])


def below_headline(title: str, text: str) -> str:
    """Return the text of a passage below the headline, if there is one."""
    return f"{title}\n{text}" if title else text


def _batched(read: Iterable[_Split | _Told]) -> Iterator[list[_Split] | _Told]:
    """Pass on what was told, and gather what was split to batches of ``BATCH_PASSAGES`` or a little more."""
    batch: list[_Split] = []
    for one in read:
        if not isinstance(one, _Split):
            yield one
            continue
        batch.append(one)
        if sum(len(split.passages) for split in batch) >= BATCH_PASSAGES:
            yield batch
            batch = []
    if batch:
        yield batch


def _inputs(batch: Iterable[_Split]) -> list[str]:
    return [passage_input(split.article, passage) for split in batch for passage in split.passages]


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
