"""Follow-ups as the reader is asked them: made to stand alone, the question before and its answer in brackets behind.

Decision: docs/decisions/013-follow-ups.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from random import Random

from rag.conversation import PastTurn, standalone_question
from rag.evaluation.squad_data import Context, MarkedQuestion

__all__ = ["in_context"]

_DECLINED_SHARE = 0.12
"""Of the turns before one so many are taken to have had no answer."""

_IN_CONTEXT_SHARE = 0.85
"""Of the follow-ups so many come with what was asked before, the others by themselves."""


def in_context(contexts: Iterable[Context], random: Random) -> Iterator[Context]:
    """Yield contexts with their follow-ups completed by the product's own rules, most with what was asked before."""
    for context in contexts:
        questions = {question.id: question for question in context.questions}
        asked = tuple(_in_context(question, questions, random) for question in context.questions)
        yield replace(context, questions=asked)


def _in_context(question: MarkedQuestion, questions: Mapping[str, MarkedQuestion], random: Random) -> MarkedQuestion:
    if question.follows is None:
        return question
    standalone = standalone_question(question.asked or question.text, _turns_before(question, questions, random))
    is_shown = standalone.follow_up.is_follow_up and random.random() < _IN_CONTEXT_SHARE
    return replace(question, text=standalone.in_context if is_shown else standalone.query)


def _turns_before(
    question: MarkedQuestion, questions: Mapping[str, MarkedQuestion], random: Random
) -> tuple[PastTurn, ...]:
    """Return the turns on which a question follows, oldest first, most with their right answers.

    One that was left out, its answer being misplaced, ends them.
    """
    turns: list[PastTurn] = []
    earlier = questions.get(question.follows or "")
    while earlier is not None:
        answer = earlier.answers[0].text if earlier.answers else None
        is_declined = random.random() < _DECLINED_SHARE
        turns.append(PastTurn(question=earlier.asked or earlier.text, answer=None if is_declined else answer))
        earlier = questions.get(earlier.follows or "")
    return tuple(reversed(turns))
