"""How well a reader answers questions on given contexts, and how well it knows when a context does not answer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rag.evaluation.metrics import Interval, best_threshold, bootstrap_interval, exact_match, token_f1
from rag.evaluation.squad_data import Context
from rag.protocols import PassageText, Reader
from rag.question_kind import question_kind

__all__ = [
    "Group",
    "ReadQuestion",
    "ReadingFigures",
    "Scores",
    "figures_of",
    "predictions_of",
    "read_all",
    "worst_of",
]

ANSWER_LENGTHS = ((1, "1 word"), (3, "2 to 3 words"), (7, "4 to 7 words"))
"""Classes of answers by their longest length; what is longer is in the last, nameless class."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadQuestion:
    """A question with what is expected and what the reader found when it had to answer.

    Attributes:
        text: The best span; empty where the reader found none.
        margin: Its score over that of "this passage does not answer"; minus infinity where there is no span.
    """

    id: str
    question: str
    expected: tuple[str, ...]
    text: str
    margin: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Means over questions with their 95 % intervals."""

    questions: int
    exact_match: Interval
    f1: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Scores at one threshold: over all questions, over those with an answer, and over those without."""

    threshold: float
    all: Scores
    has_answer: Scores
    no_answer: Scores


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingFigures:
    """What a set of questions says of a reader.

    Attributes:
        answerable: The questions with an answer, the reader forced to answer.
        at_shipped_threshold: All questions; the reader abstains below the margin that is shipped.
        at_best_threshold: The same at the margin that gives these very questions the best F1.
        by_kind: As ``answerable``, by the kind of question.
        by_answer_length: As ``answerable``, by the words of the shortest expected answer.
    """

    answerable: Scores
    at_shipped_threshold: Group
    at_best_threshold: Group
    by_kind: Mapping[str, Scores]
    by_answer_length: Mapping[str, Scores]


def read_all(contexts: Iterable[Context], reader: Reader) -> Iterator[ReadQuestion]:
    """Have every question answered from its own context."""
    for context in contexts:
        passage = PassageText(context.title, context.text)
        for question in context.questions:
            (reading,) = reader.read(question.text, [passage])
            best = reading.spans[0] if reading.spans else None
            yield ReadQuestion(
                id=question.id,
                question=question.text,
                expected=tuple(answer.text for answer in question.answers),
                text=context.text[best.start : best.end] if best else "",
                margin=best.score - reading.null_score if best else -np.inf,
            )


def figures_of(read: Sequence[ReadQuestion], *, threshold: float) -> ReadingFigures:
    """Return the figures of at least one question; ``threshold`` is the margin from which on the reader answers."""
    margins = np.array([one.margin for one in read])
    answered = np.array([token_f1(one.text, one.expected) for one in read])
    abstained = np.array([token_f1("", one.expected) for one in read])
    answerable = [one for one in read if one.expected]
    return ReadingFigures(
        answerable=_scores(answerable, -np.inf),
        at_shipped_threshold=_group(read, threshold),
        at_best_threshold=_group(read, best_threshold(margins, answered, abstained).margin),
        by_kind=_by(answerable, {one.id: question_kind(one.question).value for one in answerable}),
        by_answer_length=_by(answerable, {one.id: _length_class(one.expected) for one in answerable}),
    )


def predictions_of(read: Iterable[ReadQuestion], *, threshold: float) -> dict[str, str]:
    """Return id to text as SQuAD's official script takes it; empty where the margin is below the threshold."""
    return {one.id: _shown(one, threshold) for one in read}


def worst_of(read: Iterable[ReadQuestion], *, threshold: float, count: int = 50) -> list[ReadQuestion]:
    """Return the questions with the lowest F1 at a threshold, of equal ones those that the reader was surest of."""

    def badness(one: ReadQuestion) -> tuple[float, float]:
        return token_f1(_shown(one, threshold), one.expected), -abs(one.margin - threshold)

    return sorted(read, key=badness)[:count]


def _shown(one: ReadQuestion, threshold: float) -> str:
    return one.text if one.margin >= threshold else ""


def _group(read: Sequence[ReadQuestion], threshold: float) -> Group:
    return Group(
        threshold=threshold,
        all=_scores(read, threshold),
        has_answer=_scores([one for one in read if one.expected], threshold),
        no_answer=_scores([one for one in read if not one.expected], threshold),
    )


def _scores(read: Sequence[ReadQuestion], threshold: float) -> Scores:
    def interval(values: Iterable[float]) -> Interval:
        column: npt.NDArray[np.float64] = np.fromiter(values, dtype=np.float64)
        return bootstrap_interval(column)

    return Scores(
        questions=len(read),
        exact_match=interval(exact_match(_shown(one, threshold), one.expected) for one in read),
        f1=interval(token_f1(_shown(one, threshold), one.expected) for one in read),
    )


def _by(read: Sequence[ReadQuestion], classes: Mapping[str, str]) -> dict[str, Scores]:
    members = defaultdict(list)
    for one in read:
        members[classes[one.id]].append(one)
    return {name: _scores(members[name], -np.inf) for name in sorted(members)}


def _length_class(expected: Sequence[str]) -> str:
    words = min(len(text.split()) for text in expected)
    return next((name for longest, name in ANSWER_LENGTHS if words <= longest), "8 words or more")
