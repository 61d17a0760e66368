"""Turns to a stand-alone question: each turn is read as it was meant, and sets the focus for the next."""

from collections.abc import Sequence

from rag.answers import FollowUp
from rag.conversation.focus import Focus, focus_after
from rag.conversation.leaning import Lean, leaning_of
from rag.conversation.rewriting import rewrite
from rag.conversation.turns import PastTurn, StandaloneQuestion
from rag.conversation.words import spelt_out, words_of

__all__ = ["MAX_TURNS", "standalone_question"]

MAX_TURNS = 6
"""How many turns back are looked at: further back nobody expects to be understood."""

MAX_TURN_CHARS = 1000
"""As much of a past question is read as a question may hold."""

MAX_QUERY_CHARS = 400
"""What was carried over never makes a question longer than this; one that is longer by itself is left as it is."""


def standalone_question(question: str, history: Sequence[PastTurn]) -> StandaloneQuestion:
    """Return what a question means after earlier turns, oldest first.

    Deterministic; only the last turns are looked at, and a question that leans on none of them comes back as it is.
    """
    focus: Focus | None = None
    for turn in history[-MAX_TURNS:]:
        asked = " ".join(turn.question[:MAX_TURN_CHARS].split())
        if asked:
            focus = focus_after(_meant(asked, focus).query, turn.answer, focus)
    return _meant(question, focus)


def _meant(question: str, focus: Focus | None) -> StandaloneQuestion:
    """Return what a question means while this is in focus."""
    if focus is None:
        return _alone(question, "No question was asked before.")
    leaning = leaning_of(words_of(spelt_out(question)), focus)
    if leaning.lean is Lean.NOT:
        return _alone(question, leaning.reason)
    rewriting = rewrite(leaning, focus)
    query = f"{rewriting.text[:1].upper()}{rewriting.text[1:]}?"
    if not rewriting.carried:
        return _alone(question, "Nothing that was named before fits.")
    if len(query) > MAX_QUERY_CHARS:
        return _alone(question, "With what it refers to, the question would be too long.")
    return StandaloneQuestion(
        query=query, follow_up=FollowUp(is_follow_up=True, carried=rewriting.carried, reason=leaning.reason)
    )


def _alone(question: str, reason: str) -> StandaloneQuestion:
    return StandaloneQuestion(query=question, follow_up=FollowUp(is_follow_up=False, carried=(), reason=reason))
