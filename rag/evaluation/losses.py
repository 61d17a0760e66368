"""At which step the answer to a question that the articles answer was lost."""

from enum import StrEnum

from rag.evaluation.asking import AskedQuestion
from rag.evaluation.metrics import RIGHT_F1
from rag.evaluation.retrieval import rank_of

__all__ = ["Step", "step_lost"]


class Step(StrEnum):
    """Where an answer got to, from nowhere to shown."""

    NOT_RETRIEVED = "not retrieved"
    NOT_READ = "retrieved but not read"
    NOT_CHOSEN = "read but not chosen"
    ABSTAINED = "chosen but abstained"
    SHOWN = "shown"


def step_lost(asked: AskedQuestion) -> Step:
    """Return the step at which an answerable question lost its answer.

    Not retrieved: no passage of an answering article was read. Not read: none of the spans that the reader found best
    in a passage is right. Not chosen: one was, and another stood first. Abstained: it stood first, and was not shown.
    """
    if asked.is_answered and asked.is_right:
        return Step.SHOWN
    if asked.is_first_right:
        return Step.ABSTAINED
    if any(one.f1 >= RIGHT_F1 for one in asked.passages):
        return Step.NOT_CHOSEN
    found = rank_of((one.source for one in asked.passages), asked.expected.answering_articles)
    return Step.NOT_RETRIEVED if found is None else Step.NOT_READ
