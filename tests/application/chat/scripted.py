"""Answers that a test gives itself, on a real library: what is shown then changes with the chat alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rag.answers import (
    Abstention,
    AbstentionReason,
    Answer,
    Citation,
    FollowUp,
    Hedge,
    HitTrace,
    Quotation,
    Relation,
    ResolvedTime,
    Sentence,
    Speaker,
    Tense,
    TimeKind,
    Timings,
    Trace,
)
from rag.articles import StoredArticle
from rag.assistant import AskOptions
from rag.events import Answered, AskEvent, PassagesRetrieved, QueryPrepared
from rag.protocols import Library
from rag.retriever import RetrievedPassage

TRUCE = "when does the truce end?"
ASKER = "and who asked for it?"
ASKER_QUERY = "who asked for the truce?"
CHANCELLOR = "who is the German chancellor?"
SUNDAY = ResolvedTime(
    start="2026-02-01",
    end="2026-02-01",
    granularity="day",
    kind=TimeKind.DATE,
    value="2026-02-01",
    anchor="2026-01-30",
    rule="the next Sunday",
    tense=Tense.COMING,
)


def quotation(article: StoredArticle, words: str, confidence: float, **known) -> Quotation:
    """Return a quotation of the first place where the words stand, with the line around it as its sentence."""
    start = article.text.index(words)
    first = article.text.rfind("\n", 0, start) + 1
    last = article.text.find("\n", start)
    last = len(article.text) if last < 0 else last
    citation = Citation(
        article_id=article.id,
        version=article.version,
        start=start,
        end=start + len(words),
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        sentence=Sentence(text=article.text[first:last], start=first, end=last),
    )
    plain = {"resolved": None, "sources": 1, "speaker": None, "hedge": Hedge.STATED, "relation": Relation.CURRENT}
    return Quotation(text=words, confidence=confidence, citation=citation, **(plain | known))


def speaker(article: StoredArticle, words: str) -> Speaker:
    start = article.text.index(words)
    return Speaker(text=words, start=start, end=start + len(words))


def answer(question: str, *quotations: Quotation, query: str | None = None, because: str = "") -> Answer:
    """Return an answer, or without quotations an abstention."""
    follow_up = (
        FollowUp(is_follow_up=True, carried=("the truce",), reason="It names nothing.", article_id=1) if query else None
    )
    hits: tuple[HitTrace, ...] = ()
    return Answer(
        question=question,
        query=query or question,
        quotation=quotations[0] if quotations else None,
        also_reported=quotations[1:],
        abstention=None if quotations else Abstention(reason=AbstentionReason.NOTHING_ANSWERS, message=because),
        trace=Trace(hits=hits, timings_ms=Timings(encode=1, search=1, read=1, total=3), follow_up=follow_up),
    )


@dataclass
class ScriptedAsker:
    """An Asker that knows its answers by question, and says of any other question that the articles do not say."""

    library: Library
    answers: Mapping[str, Answer]
    asked: list[tuple[str, AskOptions | None]] = field(default_factory=list)

    def ask(self, question: str, options: AskOptions | None = None) -> Iterator[AskEvent]:
        """Report as the assistant does; the passages found are those of the first articles."""
        self.asked.append((question, options))
        because = "The 2 nearest passages were read, and they do not answer the question."
        given = self.answers.get(question) or answer(question, because=because)
        yield QueryPrepared(given.query)
        ids = [hit.passage_id for hit in self.library.search_lexical("truce bridge museum", top_k=3)]
        found = [
            RetrievedPassage(passage=passage, score=1.0, dense_rank=1, dense_score=0.5, lexical_rank=1)
            for passage in self.library.passages(ids)
        ]
        yield PassagesRetrieved(tuple(found))
        yield Answered(given)
