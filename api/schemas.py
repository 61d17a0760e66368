"""What goes in and out of the API as JSON; OpenAPI is generated from here."""

import re
from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from rag.answers import Abstention, Quotation, Trace
from rag.articles import ArticleFilter
from rag.assistant import MAX_QUESTION_CHARS, AskOptions
from rag.conversation import PastTurn
from rag.retriever import RetrievedPassage

__all__ = [
    "MAX_ID",
    "AskRequest",
    "AskResponse",
    "Day",
    "Health",
    "Hit",
    "Id",
    "Readiness",
    "SearchRequest",
    "SearchResponse",
    "Turn",
]


def _day(value: object) -> object:
    """Read YYYY-MM-DD and nothing else; left alone, pydantic takes a number for seconds since 1970."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    elif value is None or isinstance(value, date):
        return value
    raise PydanticCustomError("day", "Write a day of the calendar as YYYY-MM-DD")


MAX_HISTORY_TURNS = 1000
"""More are refused; of these, the last few are looked at."""

MAX_ANSWER_CHARS = 4000
"""Far longer than a quotation; a client may send the sentence around it."""

MAX_ID = 2**53 - 1
"""Above it a number in JSON is not told from its neighbours by every client. Source: RFC 8259, section 6."""

Id = Annotated[int, Field(ge=1, le=MAX_ID)]

Day = Annotated[date | None, BeforeValidator(_day)]


class Turn(BaseModel):
    """A question that was asked before, and what was answered."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, use_attribute_docstrings=True)

    question: str = Field(min_length=1, max_length=MAX_QUESTION_CHARS, examples=["When does the truce end?"])
    """As it was asked, or the ``query`` that came back."""
    answer: str | None = Field(default=None, max_length=MAX_ANSWER_CHARS, examples=["on Sunday, February 1st"])
    """The words of the answer; null or nothing where the articles did not say."""
    article_id: Id | None = Field(default=None, examples=[1])
    """The article that they stand in, ``citation.article_id``, or that of the first of ``trace.hits`` where the
    articles did not say: it stays in focus while questions lean on this one."""


class _Where(BaseModel):
    """Which passages are looked at."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, use_attribute_docstrings=True)

    since: Day = None
    """Only articles published on that day or later."""
    until: Day = None
    """Only articles published on that day or earlier."""
    source: str | None = Field(default=None, max_length=4096)
    """Only this source, or what lies below it."""
    top_k: int | None = Field(default=None, ge=1, le=100)
    """How many passages; otherwise as the server is set."""


class SearchRequest(_Where):
    """What to look for, and where."""

    query: str = Field(min_length=1, max_length=MAX_QUESTION_CHARS, examples=["energy truce"])
    """Words, or a question that stands alone."""

    def options(self) -> AskOptions:
        """Return everything but the query as the assistant takes it."""
        article_filter = ArticleFilter(since=self.since, until=self.until, source=self.source)
        return AskOptions(article_filter=article_filter, top_k=self.top_k)


class AskRequest(_Where):
    """A question, and which articles may answer it."""

    question: str = Field(min_length=1, max_length=MAX_QUESTION_CHARS, examples=["When does the truce end?"])
    """One question, in a sentence."""
    history: list[Turn] = Field(default=[], max_length=MAX_HISTORY_TURNS)
    """The turns before it, oldest first: "and who asked for it?" is made to stand alone from the last of them."""
    as_of: Day = None
    """Answer from what was published by that day, and tell from there what is past or coming."""
    min_confidence: float | None = Field(default=None, ge=0.0, le=1.0)
    """Say nothing below this confidence; otherwise as the server is set."""

    def options(self) -> AskOptions:
        """Return everything but the question as the assistant takes it."""
        last_day = min((day for day in (self.until, self.as_of) if day is not None), default=None)
        return AskOptions(
            article_filter=ArticleFilter(since=self.since, until=last_day, source=self.source),
            min_confidence=self.min_confidence,
            top_k=self.top_k,
            history=tuple(PastTurn(**turn.model_dump()) for turn in self.history),
            clock=self.as_of,
        )


class AskResponse(BaseModel):
    """An answer or an abstention; the shape of ``Answer.as_json``, whose values these are."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    question: str
    query: str
    """What was sent to retrieval: the question, or what it means after the turns before it."""
    answered: bool
    answer: Quotation | None
    also_reported: list[Quotation]
    """Other values that pass the same bar, most confident first."""
    abstention: Abstention | None
    trace: Trace


class Hit(BaseModel):
    """A passage that was found: ``article.text[start:end] == text`` in the text of this version."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    article_id: int
    version: int
    start: int
    end: int
    """In code points, ``end`` left out."""
    text: str
    title: str
    source: str
    url: str | None
    published: str | None
    score: float
    """Of both searches together; higher is better, comparable within one list."""
    dense_score: float | None
    """Cosine similarity of meaning to the query."""
    dense_rank: int | None
    """Where the search by meaning put it, 1 is best; null where it did not."""
    lexical_rank: int | None
    """Where the search by words put it."""

    @classmethod
    def of(cls, found: RetrievedPassage) -> Self:
        """Return what a client sees of a passage."""
        passage = found.passage
        return cls(
            article_id=passage.article_id,
            version=passage.version,
            start=passage.start,
            end=passage.end,
            text=passage.text,
            title=passage.title,
            source=passage.source,
            url=passage.url,
            published=passage.published,
            score=found.score,
            dense_score=found.dense_score,
            dense_rank=found.dense_rank,
            lexical_rank=found.lexical_rank,
        )


class SearchResponse(BaseModel):
    """The passages that a question would be answered from, best first."""

    query: str
    hits: list[Hit]


class Health(BaseModel):
    """The process is alive."""

    status: str = "alive"


class Readiness(BaseModel):
    """The models are loaded and the library can be read."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    status: str = "ready"
    generation: int
    """Number of the library's last change."""
