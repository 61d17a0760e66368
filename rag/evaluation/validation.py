"""Whether a question set can be asked of a library: every answer verbatim, every article there, every turn in place."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rag.evaluation.question_sets import ExpectedAnswer, Fault, PlacedQuestion

__all__ = ["SetShape", "TextsOf", "shape_of", "sound_questions"]

TextsOf = Callable[[str], Sequence[str]]
"""The texts of the articles of a source; none where the library has no such source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetShape:
    """What a set consists of; shares are of its questions, articles are those that a question names."""

    questions: int
    articles: int
    unanswerable: float
    follow_ups: float
    by_type: dict[str, int]
    by_typed: dict[str, int]


def sound_questions(placed: Iterable[PlacedQuestion], texts_of: TextsOf) -> tuple[list[PlacedQuestion], list[Fault]]:
    """Return the questions that can be asked and judged, in order, and why the others cannot.

    An id that an earlier question has, of whatever file, is a fault; so is a turn that follows no sound one before it.
    """
    sound: dict[str, PlacedQuestion] = {}
    faults = []
    for one in placed:
        reason = next(_reasons(one.expected, sound, texts_of), None)
        if reason is None:
            sound[one.expected.id] = one
        else:
            faults.append(Fault(one.place, reason))
    return list(sound.values()), faults


def shape_of(questions: Sequence[ExpectedAnswer]) -> SetShape:
    """Return what at least one question consists of."""
    articles = {source for one in questions for source in (one.article, *one.also) if source is not None}
    follow_ups = sum(one.follows is not None and not one.changes_topic for one in questions)
    return SetShape(
        questions=len(questions),
        articles=len(articles),
        unanswerable=sum(not one.is_answerable for one in questions) / len(questions),
        follow_ups=follow_ups / len(questions),
        by_type=dict(Counter(one.type for one in questions).most_common()),
        by_typed=dict(Counter(one.typed for one in questions).most_common()),
    )


def _reasons(question: ExpectedAnswer, before: Collection[str], texts_of: TextsOf) -> Iterator[str]:
    if question.id in before:
        yield f"repeats the id {question.id}"
    if question.follows is not None and question.follows not in before:
        yield f"{question.id} follows {question.follows}, which is no sound question before it"
    named = [source for source in (question.article, *question.also) if source is not None]
    texts = [text for source in named for text in texts_of(source)]
    for source in named:
        if not texts_of(source):
            yield f"{question.id} names {source}, which is not in the library"
    for answer in question.answers:
        if not any(answer in text for text in texts):
            yield f"{question.id} has the answer {answer!r}, which does not stand in its article"
