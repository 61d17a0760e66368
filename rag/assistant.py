"""A question's whole way: encode, search, read, weigh, and quote or abstain. The only orchestration."""

import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date

from rag.answers import (
    Abstention,
    AbstentionReason,
    Answer,
    HitTrace,
    Quotation,
    Timings,
    Trace,
)
from rag.articles import ArticleFilter
from rag.calibration import Calibration
from rag.candidates import candidates_of
from rag.conversation import PastTurn, standalone_question
from rag.errors import QuestionError
from rag.events import Answered, AskEvent, PassageRead, PassagesRetrieved, QueryPrepared
from rag.protocols import Embedder, PassageReading, PassageText, Reader
from rag.quotations import weigh
from rag.retriever import HybridRetriever, RetrievedPassage

__all__ = ["MAX_QUESTION_CHARS", "AskOptions", "Assistant"]

MAX_QUESTION_CHARS = 1000
"""Longer questions are refused before anything looks at them; 1,000 characters are some 200 words."""

WARM_UP = "When does the truce end?"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskOptions:
    """What one question may change.

    Attributes:
        article_filter: Only these articles are searched.
        min_confidence: Abstain below it; None means the assistant's own.
        top_k: How many passages are read; None means the assistant's own.
        history: The turns before this one, oldest first.
        clock: The day from which a time is past or coming; None means today.
    """

    article_filter: ArticleFilter | None = None
    min_confidence: float | None = None
    top_k: int | None = None
    history: tuple[PastTurn, ...] = ()
    clock: date | None = None


@dataclass(slots=True)
class _Stopwatch:
    """Milliseconds by stage."""

    began: float = field(default_factory=time.perf_counter)
    stages_ms: dict[str, float] = field(default_factory=lambda: dict.fromkeys(("encode", "search", "read"), 0.0))

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.stages_ms[name] += (time.perf_counter() - began) * 1000

    def timings(self) -> Timings:
        return Timings(total=(time.perf_counter() - self.began) * 1000, **self.stages_ms)


class Assistant:
    """Answers questions from one library."""

    def __init__(
        self,
        *,
        embedder: Embedder,
        retriever: HybridRetriever,
        reader: Reader,
        calibration: Calibration,
        top_k: int,
        min_confidence: float | None = None,
    ) -> None:
        self._embedder = embedder
        self._retriever = retriever
        self._reader = reader
        self._calibration = calibration
        self._top_k = top_k
        self._min_confidence = calibration.min_confidence if min_confidence is None else min_confidence

    def ask(self, question: str, options: AskOptions | None = None) -> Generator[AskEvent, None, None]:
        """Answer a question, and report each step as it is done; the last event is ``Answered``.

        Closing the generator gives up what is left to do.

        Raises:
            QuestionError: The question is empty or too long; raised at the first step.
        """
        options = options or AskOptions()
        watch = _Stopwatch()
        standalone = standalone_question(self._query(question), options.history, fits=self._fits)
        query = self._readable(standalone.query)
        yield QueryPrepared(query)
        retrieved = self._retrieve(query, options, watch)
        yield PassagesRetrieved(tuple(retrieved))
        readings: list[PassageReading] = []
        passages = [PassageText(found.passage.title, found.passage.text) for found in retrieved]
        with closing(self._reader.read(standalone.in_context, passages)) as read:
            for found in retrieved:
                with watch.stage("read"):
                    readings.append(next(read))
                yield _passage_read(found, readings[-1])
        minimum = self._min_confidence if options.min_confidence is None else options.min_confidence
        quotations = weigh(
            query,
            candidates_of(retrieved, readings),
            calibration=self._calibration,
            min_confidence=minimum,
            clock=options.clock or date.today(),
            in_focus=standalone.follow_up.article_id,
        )
        is_sure = bool(quotations) and quotations[0].confidence >= minimum
        others = [quotation for quotation in quotations[1:] if is_sure and quotation.confidence >= minimum]
        follow_up = standalone.follow_up if options.history else None
        yield Answered(
            Answer(
                question=question,
                query=query,
                quotation=quotations[0] if is_sure else None,
                also_reported=tuple(others),
                abstention=None if is_sure else _abstention(readings, quotations, minimum),
                trace=Trace(hits=_hit_traces(retrieved, readings), timings_ms=watch.timings(), follow_up=follow_up),
            )
        )

    def answer(self, question: str, options: AskOptions | None = None) -> Answer:
        """Answer a question without the steps between; raises as ``ask`` does."""
        for event in self.ask(question, options):
            if isinstance(event, Answered):
                return event.answer
        raise AssertionError("ask ends in Answered")

    def search(self, query: str, options: AskOptions | None = None) -> list[RetrievedPassage]:
        """Return the passages that would be read for a query that stands alone, best first.

        Raises:
            QuestionError: The query is empty or too long.
        """
        return self._retrieve(self._query(query), options or AskOptions(), _Stopwatch())

    def warm_up(self) -> None:
        """Ask something, so that what loads at first use is loaded, and known to be sound, before the first question.

        Raises:
            ModelError: A model cannot be loaded.
            LibraryError: The library cannot be searched.
        """
        self.answer(WARM_UP, AskOptions(top_k=1))

    def _retrieve(self, query: str, options: AskOptions, watch: _Stopwatch) -> list[RetrievedPassage]:
        with watch.stage("encode"):
            vector = self._embedder.encode_queries([query])[0]
        with watch.stage("search"):
            return self._retriever.retrieve(
                query,
                vector,
                top_k=self._top_k if options.top_k is None else options.top_k,
                article_filter=options.article_filter,
            )

    def _readable(self, query: str) -> str:
        """Return the query, unless the reader would cut it."""
        if not self._fits(query):
            count, most = self._reader.count_question_tokens(query), self._reader.max_question_tokens
            message = f"The question has {count:,} tokens, words and parts of words; the reader takes in {most:,}."
            raise QuestionError(message, "Ask one thing in one sentence.")
        return query

    def _fits(self, query: str) -> bool:
        return self._reader.count_question_tokens(query) <= self._reader.max_question_tokens

    def _query(self, question: str) -> str:
        """Return what is sent to retrieval."""
        if len(question) > MAX_QUESTION_CHARS:
            message = f"The question has {len(question):,} characters; at most {MAX_QUESTION_CHARS:,} can be read."
            raise QuestionError(message, "Ask one thing in one sentence.")
        try:
            question.encode()
        except UnicodeEncodeError as error:
            # A terminal hands over bytes that are no UTF-8 as lone surrogates, which no tokenizer takes.
            raise QuestionError("The question is not valid text.", "Type it in UTF-8.") from error
        query = " ".join(question.split())
        if not query:
            raise QuestionError("The question is empty.", "Ask something, such as: when does the truce end?")
        return query


def _abstention(
    readings: Sequence[PassageReading], quotations: Sequence[Quotation], min_confidence: float
) -> Abstention:
    """Name the step at which the answer was lost."""
    if not readings:
        return Abstention(reason=AbstentionReason.NOTHING_FOUND, message="No article matches the question.")
    count = len(readings)
    read = (
        "The nearest passage was read, and it does"
        if count == 1
        else f"The {count} nearest passages were read, and they do"
    )
    if not any(reading.spans and reading.spans[0].score > reading.null_score for reading in readings) or not quotations:
        return Abstention(reason=AbstentionReason.NOTHING_ANSWERS, message=f"{read} not answer the question.")
    best = quotations[0]
    return Abstention(
        reason=AbstentionReason.NOT_SURE,
        message=f"The best candidate is only {best.confidence:.0%} sure; {min_confidence:.0%} is asked for.",
    )


def _passage_read(found: RetrievedPassage, reading: PassageReading) -> PassageRead:
    if not reading.spans:
        return PassageRead(found, None, None)
    best = reading.spans[0]
    return PassageRead(found, found.passage.text[best.start : best.end], best.score - reading.null_score)


def _hit_traces(retrieved: Sequence[RetrievedPassage], readings: Sequence[PassageReading]) -> tuple[HitTrace, ...]:
    return tuple(
        HitTrace(
            article_id=found.passage.article_id,
            start=found.passage.start,
            end=found.passage.end,
            dense_rank=found.dense_rank,
            lexical_rank=found.lexical_rank,
            score=found.score,
            span_score=reading.spans[0].score if reading.spans else None,
            null_score=reading.null_score,
        )
        for found, reading in zip(retrieved, readings, strict=True)
    )
