"""The values that a library stores: articles, their versions, their passages, and hits on them."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import numpy.typing as npt

__all__ = [
    "Addition",
    "Article",
    "ArticleFilter",
    "ArticleSummary",
    "ArticleVersion",
    "BoolArray",
    "DateCertainty",
    "DateOrigin",
    "Hit",
    "LibraryCounts",
    "Passage",
    "Standing",
    "StoredArticle",
    "StoredPassage",
    "Vectors",
]


Vectors = npt.NDArray[np.float32]
"""Rows of unit length, shape (n, dimension)."""

BoolArray = npt.NDArray[np.bool_]
"""Flags, shape (n,)."""


class DateOrigin(StrEnum):
    """Where the date of an article comes from."""

    GIVEN = "given"
    METADATA = "metadata"
    DATELINE = "dateline"
    INFERRED = "inferred"


class DateCertainty(StrEnum):
    """How sure the date of an article is: stated, the one that fits, or the nearest of several that do."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news article as it was read.

    Attributes:
        origin: What identifies it: the absolute path or the URL it was read from.
        source: Where it came from as the person gave it: the path relative to the added folder, or the URL.
        title: The headline; may be empty.
        text: The whole text. Every offset in Pullquote counts Unicode code points of this string.
        url: Its address for readers, where known.
        published: ISO 8601 date or date-time, where known.
        published_origin: Given by the person, stated in metadata or a dateline, or inferred from days that the text
            names; None without a date, and for articles added before libraries recorded it. An inferred date is near
            the right one; the others are right to the day.
        published_certainty: None where the origin is.
        language: BCP 47 tag, where known.
    """

    origin: str
    source: str
    title: str
    text: str
    url: str | None = None
    published: str | None = None
    published_origin: DateOrigin | None = None
    published_certainty: DateCertainty | None = None
    language: str | None = None

    @property
    def content_hash(self) -> str:
        """SHA-256 (hex) of everything a citation shows; equal hashes mean the same version.

        An inferred date is left out: it depends on the day of the inference, and the file is the same the year after.
        """
        published = None if self.published_origin is DateOrigin.INFERRED else self.published
        shown = [self.source, self.title, self.text, self.url, published, self.language]
        return hashlib.sha256(json.dumps(shown, ensure_ascii=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle(Article):
    """One version of an article in a library.

    Attributes:
        id: Stable for the life of the library, never given twice.
        version: 1 for the first, one more with every change.
        added_at: When this version was added: ISO 8601, UTC, whole seconds.
    """

    id: int
    version: int
    added_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSummary:
    """What a list of articles shows of the current version of one; the text is left in the library."""

    id: int
    version: int
    source: str
    title: str
    url: str | None
    published: str | None
    published_origin: DateOrigin | None
    published_certainty: DateCertainty | None
    added_at: str
    length_chars: int
    passage_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryCounts:
    """How much a library holds: articles, and the passages and characters of their current versions."""

    articles: int
    passages: int
    characters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleVersion:
    """What a list of the versions of one article shows of each."""

    version: int
    title: str
    added_at: str
    length_chars: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The slice ``[start, end)`` of an article's text, in code points: the unit of retrieval."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPassage(Passage):
    """A passage of the current version of a stored article, with its text and what a citation says of its article."""

    id: int
    article_id: int
    version: int
    title: str
    source: str
    url: str | None
    published: str | None
    published_origin: DateOrigin | None = None
    published_certainty: DateCertainty | None = None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """An article with its passages and their vectors, ready to be stored.

    Attributes:
        vectors: float32, shape (len(passages), dimension), unit length.
    """

    article: Article
    passages: tuple[Passage, ...]
    vectors: Vectors


class Standing(StrEnum):
    """How an article stands to what the library already holds."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage found by one search; a higher score is better, comparable within that search only."""

    passage_id: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFilter:
    """Which articles a search may find; ``None`` does not restrict.

    Attributes:
        since: Published on this day or later; an article of unknown date is left out.
        until: Published on this day or earlier; an article of unknown date is left out.
        source: The source equals this, or lies below it (``politics`` finds ``politics/a.txt``).
    """

    since: date | None = None
    until: date | None = None
    source: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is restricted."""
        return self.since is None and self.until is None and self.source is None
