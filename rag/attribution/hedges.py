"""How firmly a clause says what a span of it holds."""

import re

from rag.answers import Hedge
from rag.attribution.clauses import clause_around
from rag.attribution.hedging_words import (
    CALLING_UNTRUE,
    DENYING,
    HEDGED_BY_SPEAKER,
    HEDGED_BY_VERB,
    HEDGES,
    NEGATED,
    NEGATED_BEHIND,
    NOT_REALLY_NEGATED,
    PROVED_UNTRUE,
    SUBORDINATE,
)
from rag.attribution.saying_words import FINITE
from rag.attribution.speakers import Saying

__all__ = ["hedge_of"]

_Slice = tuple[int, int]

_AUXILIARY = re.compile(r"\s(?:is|are|was|were|has been|have been|had been)\s$")


def hedge_of(text: str, sentence: _Slice, span: _Slice, said_by: Saying | None) -> Hedge:
    """Return the firmest doubt first: denied, negated, alleged, expected, planned; stated where there is none.

    Args:
        text: Holds the sentence and the span, both ``[start, end)``.
        sentence: Where to look.
        span: What is judged.
        said_by: Who says it, as far as that is known.
    """
    if _is_denied(text, sentence, span, said_by):
        return Hedge.DENIED
    clause = _clause(text, sentence, span)
    if _is_negated(text, clause, span):
        return Hedge.NEGATED
    for hedge, words in HEDGES.items():
        if any(_reaches(text, clause, cue.span(), span) for cue in words.finditer(text, *clause)):
            return hedge
    return _hedge_of_saying(text, said_by)


def _clause(text: str, sentence: _Slice, span: _Slice) -> _Slice:
    offset, sentence_end = sentence
    start, end = clause_around(text[offset:sentence_end], span[0] - offset, span[1] - offset)
    return start + offset, end + offset


def _is_denied(text: str, sentence: _Slice, span: _Slice, said_by: Saying | None) -> bool:
    if said_by is not None and said_by.is_denial:
        return True
    nearest = said_by.scope_start if said_by is not None else sentence[0]
    if any(nearest <= denial.start() and denial.end() <= span[0] for denial in DENYING.finditer(text, *sentence)):
        return True
    claims = (
        found.span("claim")
        for pattern in (CALLING_UNTRUE, PROVED_UNTRUE)
        for found in pattern.finditer(text, *sentence)
    )
    return any(start <= span[0] and span[1] <= end for start, end in claims)


def _is_negated(text: str, clause: _Slice, span: _Slice) -> bool:
    """Tell whether a negation stands before the span in its clause, opens it, or follows it as its verb.

    "Not seen since Tuesday" says of Tuesday that it is so, and "without the camera, it weighs 481 kilograms" of these.
    """
    spared = [one.span() for one in NOT_REALLY_NEGATED.finditer(text, *clause) if one.end() <= span[0]]
    negations = (found.start() for found in NEGATED.finditer(text, *clause))
    is_since = text[span[0] : span[1]].lower().startswith("since ")
    is_before = any(at <= span[0] and not any(left <= at < right for left, right in spared) for at in negations)
    return (is_before and not is_since) or NEGATED_BEHIND.match(text, span[1], clause[1]) is not None


def _reaches(text: str, clause: _Slice, cue: _Slice, span: _Slice) -> bool:
    """Tell whether a cue of a clause bears on a span in it, rather than on another verb of it.

    A cue behind the span does not when a verb stands before the span; one before it does not when another clause
    begins between them.
    """
    if cue[0] >= span[1]:
        between = _AUXILIARY.sub("", text[span[1] : cue[0]])
        return not any(
            verb.search(part) for verb in (FINITE, SUBORDINATE) for part in (text[clause[0] : span[0]], between)
        )
    between = text[cue[1] : span[0]].lstrip().removeprefix("that ")
    return SUBORDINATE.search(between) is None


def _hedge_of_saying(text: str, said_by: Saying | None) -> Hedge:
    if said_by is None:
        return Hedge.STATED
    if HEDGED_BY_SPEAKER.search(text, *said_by.speaker):
        return Hedge.ALLEGED
    return next((hedge for hedge, verbs in HEDGED_BY_VERB.items() if verbs.match(said_by.verb)), Hedge.STATED)
