"""Turns to a stand-alone question: each turn is read as it was meant, and sets the focus for the next."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.answers import FollowUp
from rag.conversation.focus import Focus, focus_after, stem
from rag.conversation.leaning import Lean, leaning_of
from rag.conversation.rewriting import rewrite
from rag.conversation.tagging import spelt_out, words_of
from rag.conversation.turns import PastTurn, StandaloneQuestion
from rag.conversation.words import Part, joined, text_of

__all__ = ["MAX_TURNS", "standalone_question"]

MAX_TURNS = 6
"""How many turns back are looked at: further back nobody expects to be understood."""

MAX_TURN_CHARS = 1000
"""As much of a past question or answer is read as a question may hold."""

MAX_QUERY_CHARS = 400
"""What is carried over never makes a question longer than this."""

MAX_IN_CONTEXT_CHARS = 330
"""The reader was taught none longer than this with the question before behind it; that is left out then."""


def standalone_question(
    question: str, history: Sequence[PastTurn], *, fits: Callable[[str], bool] = bool
) -> StandaloneQuestion:
    """Return what a question means after earlier turns.

    Deterministic. A question that leans on none of them comes back as it is, and so does one that would not fit with
    what it refers to.

    Args:
        question: As it was asked.
        history: Oldest first; only the last turns are looked at.
        fits: Tells whether a query can be asked.
    """
    focus: Focus | None = None
    for turn in history[-MAX_TURNS:]:
        asked = _plain(turn.question)
        if asked:
            meant = _meant(asked, focus, bool)
            before = focus if meant.follow_up.is_follow_up or _shares_name(meant.query, focus) else None
            focus = focus_after(meant.query, _plain(turn.answer or ""), turn.article_id, before)
    return _meant(question, focus, fits)


def _meant(question: str, focus: Focus | None, fits: Callable[[str], bool]) -> StandaloneQuestion:
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
    if len(query) > MAX_QUERY_CHARS or not fits(query):
        return _alone(question, "With what it refers to, the question would be too long.")
    follow_up = FollowUp(
        is_follow_up=True,
        carried=rewriting.carried,
        reason=leaning.reason,
        article_id=focus.article_id,
        context=_context(focus),
    )
    whole = StandaloneQuestion(query=query, follow_up=follow_up)
    is_short = len(whole.in_context) <= MAX_IN_CONTEXT_CHARS and fits(whole.in_context)
    return whole if is_short else replace(whole, follow_up=replace(follow_up, context=None))


def _context(focus: Focus) -> str | None:
    """Return the question before and its answer, on one line; None where it has no words."""
    asked = text_of(focus.words)
    return joined(f"{asked[:1].upper()}{asked[1:]}?", focus.answer or "") if asked else None


def _alone(question: str, reason: str) -> StandaloneQuestion:
    return StandaloneQuestion(query=question, follow_up=FollowUp(is_follow_up=False, carried=(), reason=reason))


def _shares_name(query: str, focus: Focus | None) -> bool:
    """Tell whether a question that stands alone names something in focus."""
    known = focus.content if focus is not None else frozenset()
    return any(word.part is Part.NAME and stem(word.text) in known for word in words_of(query))


def _plain(text: str) -> str:
    """Return the beginning of a text on one line, without control characters and lone surrogates."""
    shown = (character if character.isprintable() else " " for character in text[:MAX_TURN_CHARS])
    return " ".join("".join(shown).split())
