"""One question of a set, asked as any front asks it, with all that came of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rag.answers import AbstentionReason, Answer, Quotation
from rag.assistant import AskOptions, Assistant
from rag.conversation import PastTurn
from rag.errors import ArticleNotFoundError
from rag.evaluation.metrics import RIGHT_F1, exact_match, token_f1
from rag.evaluation.question_sets import ExpectedAnswer, PlacedQuestion
from rag.events import Answered, PassageRead
from rag.protocols import Library

__all__ = ["AskedQuestion", "ReadPassage", "ask_question", "history_of", "is_verbatim"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPassage:
    """One passage that was read, best first retrieved: ``[start, end)`` of an article, and its best span.

    Attributes:
        text: Of the passage.
        span: The best span; None where the reader found none.
        margin: How far the span stands above "this passage does not answer".
        f1: Token F1 of the span with the expected answers; 0 where there is no span or nothing is expected.
    """

    article_id: int
    source: str
    title: str
    start: int
    end: int
    text: str
    dense_rank: int | None
    lexical_rank: int | None
    span: str | None
    margin: float | None
    f1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A question of a set with what came of it.

    Attributes:
        set: Name of the question set.
        answer: As ``pullquote ask --json`` prints it.
        exact: Exact match of what was shown.
        f1: Token F1 of what was shown.
        first: What stood first, whether it was shown or not; empty where nothing did.
        first_f1: Token F1 of that; 0 where nothing is expected.
        confidence: How sure that was; 0 where nothing stood first.
        is_verbatim: Whether everything quoted stands word for word at its place in the cited version.
        passages: What was read.
    """

    set: str
    expected: ExpectedAnswer
    answer: dict[str, Any]
    exact: float
    f1: float
    first: str
    first_f1: float
    confidence: float
    is_verbatim: bool
    passages: tuple[ReadPassage, ...]

    @property
    def text(self) -> str:
        """The quotation, or the empty text of an abstention."""
        return str(self.answer["answer"]["text"]) if self.answer["answered"] else ""

    @property
    def is_answered(self) -> bool:
        """Whether a quotation was shown."""
        return bool(self.answer["answered"])

    @property
    def is_right(self) -> bool:
        """Whether a right quotation was shown, or rightly none."""
        return self.f1 >= RIGHT_F1

    @property
    def is_first_right(self) -> bool:
        """Whether what stood first is right; nothing is, where the articles do not say."""
        return self.first_f1 >= RIGHT_F1

    @property
    def best_read(self) -> ReadPassage | None:
        """The passage whose span has the largest margin over null: what a reader alone would answer from."""
        read = [one for one in self.passages if one.margin is not None]
        return max(read, key=lambda one: one.margin or 0.0, default=None)

    def described(self) -> str:
        """Return one line for a report of what went wrong."""
        wanted = " | ".join(self.expected.answers) or "(nothing)"
        got = repr(self.text) if self.is_answered else f"nothing ({self.answer['abstention']['reason']})"
        return f"{self.expected.id}: {self.expected.question} -> {got}, wanted {wanted}"


def ask_question(
    assistant: Assistant, library: Library, placed: PlacedQuestion, *, history: tuple[PastTurn, ...]
) -> AskedQuestion:
    """Ask one question after the turns before it.

    Where the assistant is not sure enough to answer, it is asked a second time to answer all the same, so that the
    confidence of what it held back is known; times are those of the first.

    Raises:
        QuestionError: The question is too long for the product.
    """
    expected, passages = placed.expected, []
    for event in assistant.ask(expected.question, AskOptions(history=history)):
        match event:
            case PassageRead():
                passages.append(_read_passage(event, expected))
            case Answered(answer=answer):
                given = answer
    first = given.quotation
    if given.abstention is not None and given.abstention.reason is AbstentionReason.NOT_SURE:
        first = assistant.answer(expected.question, AskOptions(history=history, min_confidence=0.0)).quotation
    shown = given.quotation.text if given.quotation is not None else ""
    return AskedQuestion(
        set=placed.set,
        expected=expected,
        answer=json.loads(json.dumps(given.as_json())),
        exact=exact_match(shown, expected.answers),
        f1=token_f1(shown, expected.answers),
        first=first.text if first is not None else "",
        first_f1=_f1_of(first.text if first is not None else None, expected),
        confidence=first.confidence if first is not None else 0.0,
        is_verbatim=is_verbatim(given, library),
        passages=tuple(passages),
    )


def history_of(expected: ExpectedAnswer, asked: Mapping[str, AskedQuestion]) -> tuple[PastTurn, ...]:
    """Return the turns before a question, oldest first, with what the product itself answered to them."""
    turns: list[PastTurn] = []
    follows = expected.follows
    while follows is not None and follows in asked:
        before = asked[follows]
        turns.append(
            PastTurn(
                question=before.expected.question,
                answer=before.text or None,
                article_id=before.answer["answer"]["citation"]["article_id"] if before.is_answered else None,
            )
        )
        follows = before.expected.follows
    return tuple(reversed(turns))


def is_verbatim(answer: Answer, library: Library) -> bool:
    """Tell whether every quotation, and the sentence around it, stands at its place in the cited version."""
    quoted = [one for one in (answer.quotation, *answer.also_reported) if one is not None]
    return all(_stands_in_its_article(one, library) for one in quoted)


def _stands_in_its_article(quotation: Quotation, library: Library) -> bool:
    citation, sentence = quotation.citation, quotation.citation.sentence
    try:
        text = library.article(citation.article_id, version=citation.version).text
    except ArticleNotFoundError:
        return False
    return (
        text[citation.start : citation.end] == quotation.text
        and text[sentence.start : sentence.end] == sentence.text
        and sentence.start <= citation.start <= citation.end <= sentence.end
    )


def _f1_of(text: str | None, expected: ExpectedAnswer) -> float:
    """Return what a text is worth that is shown whatever its confidence; where nothing is expected, nothing."""
    return token_f1(text, expected.answers) if text is not None and expected.is_answerable else 0.0


def _read_passage(event: PassageRead, expected: ExpectedAnswer) -> ReadPassage:
    found = event.passage
    named = {name: getattr(found.passage, name) for name in ("article_id", "source", "title", "start", "end", "text")}
    return ReadPassage(
        **named,
        dense_rank=found.dense_rank,
        lexical_rank=found.lexical_rank,
        span=event.text,
        margin=event.margin,
        f1=_f1_of(event.text, expected),
    )
