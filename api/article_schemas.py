"""Articles as they go in and out of the API as JSON."""

import re
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from api.schemas import MAX_ID, Day, Id
from rag.articles import (
    Article,
    ArticleFilter,
    ArticleSummary,
    ArticleVersion,
    DateCertainty,
    DateOrigin,
    Standing,
)
from rag.protocols import Library

__all__ = [
    "AddedArticle",
    "Addition",
    "ArticleDetail",
    "ArticleList",
    "ArticleQuery",
    "ArticleText",
    "ArticleTexts",
    "Job",
    "JobState",
    "RefusedArticle",
    "Statistics",
    "VerifyRequest",
    "VerifyResponse",
]

MAX_TEXT_CHARS = 20_000_000
MAX_LINE_CHARS = 4096
MAX_ARTICLES = 1000
MAX_QUOTATION_CHARS = 100_000

DAY_OR_TIME = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?", re.ASCII)


def _published(value: str) -> str:
    """Take a day or a time of the calendar, as ISO 8601 writes them."""
    try:
        if DAY_OR_TIME.fullmatch(value):
            datetime.fromisoformat(value)
            return value
    except ValueError:
        pass
    raise PydanticCustomError("published", "Write a day as YYYY-MM-DD, or a time as YYYY-MM-DDTHH:MM:SS+00:00")


Line = Annotated[str, Field(max_length=MAX_LINE_CHARS, pattern=r"^[^\x00]*$")]
"""Without NUL, which no text has: databases and screens end a string there."""

Address = Annotated[str, Field(max_length=MAX_LINE_CHARS, pattern=r"^https?://[^\s\x00]+$")]

DayOrTime = Annotated[
    str,
    AfterValidator(_published),
    Field(json_schema_extra={"anyOf": [{"format": "date"}, {"format": "date-time"}]}),
]


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, use_attribute_docstrings=True)


class ArticleText(_Given):
    """An article to store: its text as it is, and what is known of it."""

    text: str = Field(
        min_length=1,
        max_length=MAX_TEXT_CHARS,
        pattern=r"^[^\x00]*[^\s\x00][^\x00]*$",
        examples=["The truce ends on Sunday, officials said."],
    )
    """Offsets of answers count the code points of this text."""
    title: Line = Field(default="", examples=["Truce holds"])
    """The headline."""
    source: Annotated[Line, Field(min_length=1)] | None = Field(default=None, examples=["wire/2026-01-30/truce.txt"])
    """What citations name it by; the url, or else ``posted``, where it is left out."""
    url: Address | None = None
    """Its address for readers."""
    published: DayOrTime | None = Field(default=None, examples=["2026-01-30"])
    """A day or a time, ISO 8601; inferred from the text where it is left out."""
    language: str | None = Field(default=None, pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}$")
    """BCP 47 tag."""

    def article(self, origin: str) -> Article:
        """Return the article, identified by the origin."""
        is_dated = self.published is not None
        return Article(
            origin=origin,
            source=self.source or self.url or "posted",
            title=self.title,
            text=self.text,
            url=self.url,
            published=self.published,
            published_origin=DateOrigin.GIVEN if is_dated else None,
            published_certainty=DateCertainty.CERTAIN if is_dated else None,
            language=self.language,
        )


class ArticleTexts(_Given):
    """Several articles to store."""

    articles: list[ArticleText] = Field(min_length=1, max_length=MAX_ARTICLES)


class ArticleQuery(BaseModel):
    """Which articles to list, and where to go on."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    q: str = Field(default="", max_length=200)
    """Words that stand in the headline or the source, in part or whole, in whatever case."""
    since: Day = None
    """Only articles published on that day or later."""
    until: Day = None
    """Only articles published on that day or earlier."""
    source: str | None = Field(default=None, max_length=MAX_LINE_CHARS)
    """Only this source, or what lies below it."""
    limit: int = Field(default=50, ge=1, le=200)
    """How many on one page."""
    cursor: int | None = Field(default=None, ge=1, le=MAX_ID)
    """``next_cursor`` of the page before."""

    def article_filter(self) -> ArticleFilter:
        """Return the filter that is asked for."""
        return ArticleFilter(since=self.since, until=self.until, source=self.source)


class ArticleList(BaseModel):
    """One page of the library, the articles added last first."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    articles: list[ArticleSummary]
    next_cursor: int | None
    """Where the next page begins; null on the last."""


class ArticleDetail(BaseModel):
    """One version of an article with its text, and what other versions there are."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    id: int
    version: int
    source: str
    title: str
    text: str
    """Offsets of citations count its code points."""
    url: str | None
    published: str | None
    published_origin: DateOrigin | None
    published_certainty: DateCertainty | None
    language: str | None
    added_at: str
    versions: list[ArticleVersion]
    """Oldest first; the last is the current one, from which questions are answered."""

    @classmethod
    def of(cls, library: Library, article_id: int, *, version: int | None) -> Self:
        """Return what the library holds of an article.

        Raises:
            ArticleNotFoundError: No such article or version.
        """
        article = asdict(library.article(article_id, version=version))
        del article["origin"]  # It may be a path of the server's.
        return cls(**article, versions=library.versions(article_id))


class AddedArticle(BaseModel):
    """An article that stands in the library now."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    id: int
    version: int
    source: str
    title: str
    standing: Standing
    """``unchanged`` where the library held the same content already, from wherever it came."""


class RefusedArticle(BaseModel):
    """What could not become an article, why, and what mends it."""

    source: str
    reason: str
    remedy: str


class Addition(BaseModel):
    """What became of everything that was sent."""

    articles: list[AddedArticle]
    refused: list[RefusedArticle]


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(BaseModel):
    """A long addition."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    id: str
    state: JobState
    total: int
    """How many articles were sent."""
    done: int
    """How many of them are stored or refused."""
    articles: list[AddedArticle]
    """Those that stand in the library so far."""
    refused: list[RefusedArticle]
    failure: str | None = None
    """What ended it before it was done; what is listed above stands nevertheless."""


class VerifyRequest(_Given):
    """A quotation, and where it is said to stand."""

    article_id: Id = Field(examples=[1])
    version: Id | None = None
    """The current one where it is left out."""
    start: int = Field(ge=0, le=MAX_ID, examples=[0])
    end: int = Field(ge=0, le=MAX_ID, examples=[9])
    text: str = Field(max_length=MAX_QUOTATION_CHARS, examples=["The truce"])


class VerifyResponse(BaseModel):
    """Whether the words stand there, character for character."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    verbatim: bool
    article_id: int
    version: int
    found: str
    """What does stand there, cut to the length of what was asked for."""


class Statistics(BaseModel):
    """What the server holds and does."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    articles: int
    passages: int
    characters: int
    """Of the current versions."""
    generation: int
    """Number of the library's last change."""
    embedder: str
    jobs: dict[JobState, int]
