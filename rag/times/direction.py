"""Whether a sentence speaks of what was or of what will be, by the verb nearest to a time expression.

Rules over English verb forms, no parser: the verb left of the expression in its clause governs it, else the one to
its right, else one further left. What only looks past is told by what stands before it: ``will be held``.
"""

import re
from collections.abc import Sequence

from rag.times.readings import Direction
from rag.times.verbs import (
    ARRANGED,
    BEFORE_NOUNS,
    CLAUSE_BEGINS,
    COMING,
    MODALS,
    NO_INFINITIVE,
    NO_PAST,
    PAST,
    PRESENT,
)

__all__ = ["direction_around", "sentence_bounds"]

REACH_CHARS = 400
"""How far a sentence is followed to each side."""

REACH_WORDS = 30
"""How many words of it are looked at, to each side."""

AUXILIARY_REACH = 4
"""How many words before a participle may hold its auxiliary: ``will not yet be held``."""

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W\d_]+)?|[,;:()\u2013\u2014]")
_END = re.compile(r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})(?<!Sept)[.!?][\"\u201d\u2019')]*\s+|\n+")


def direction_around(text: str, start: int, end: int) -> Direction | None:
    """Return the direction of the verb that governs the expression at ``[start, end)``, None where no verb tells."""
    first, last = sentence_bounds(text, start, end)
    left = _WORD.findall(text[first:start])[-REACH_WORDS:]
    right = _WORD.findall(text[end:last])[:REACH_WORDS]
    split = next((at for at in range(len(left) - 1, -1, -1) if left[at] in CLAUSE_BEGINS or left[at] in ";:"), -1)
    near, far = left[split + 1 :], left[: split + 1]
    ends = next((at for at, word in enumerate(right) if word in CLAUSE_BEGINS or word in ",;:"), len(right))
    is_owner = text[end : end + 2] in {"'s", "\u2019s"}
    clause = (_first_told(near, range(len(near) - 1, -1, -1)), _first_told(right, range(ends)))
    is_present = _has_present(near) or _has_present(right[:ends])
    stages = (
        *(reversed(clause) if is_owner else clause),
        Direction.COMING if is_present else None,
        _first_told(far, range(len(far) - 1, -1, -1)),
        _first_told(right, range(ends, len(right))),
    )
    return next((direction for direction in stages if direction is not None), None)


def _has_present(words: Sequence[str]) -> bool:
    """Tell whether a verb in the present stands among words; behind an article it is a noun, such as ``the close``."""
    before = ["", *(word.lower() for word in words)]
    return any(word.lower() in PRESENT and before[at] not in BEFORE_NOUNS for at, word in enumerate(words))


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence around ``[start, end)`` begins and ends, within reach."""
    first, last = max(0, start - REACH_CHARS), min(len(text), end + REACH_CHARS)
    for found in _END.finditer(text, first, start):
        first = found.end()
    following = _END.search(text, end, last)
    return first, following.end() if following else last


def _first_told(words: Sequence[str], order: range) -> Direction | None:
    """Return what the first telling verb says, by this order of places."""
    told = (_told_by(words, at) for at in order)
    return next((direction for direction in told if direction is not None), None)


def _told_by(words: Sequence[str], at: int) -> Direction | None:
    """Return what one word of a sentence tells, seen with those before it."""
    word = words[at].lower().replace("\u2019", "'")
    before = [one.lower() for one in words[max(0, at - AUXILIARY_REACH) : at]]
    if word in ARRANGED and not {"is", "are", "be", "'s", "'re"} & set(before):
        return Direction.PAST if "had" in before else None
    if word in COMING or word.endswith("'ll") or (word == "to" and _is_infinitive(words, at)):
        return Direction.COMING
    if not _is_past_form(word, words[at], before) or {"is", "are"} & set(before[-2:]):
        return None
    is_passive_to_come = "be" in before and any(one in MODALS or one.endswith("'ll") for one in before)
    is_base_form = bool(before) and before[-1] in MODALS
    is_set_to = word == "set" and any(one.lower() in {"to", "for"} for one in words[at + 1 : at + 2])
    return Direction.COMING if is_passive_to_come or is_base_form or is_set_to else Direction.PAST


def _is_past_form(word: str, written: str, before: Sequence[str]) -> bool:
    """Tell whether a word is a past form: neither a name, nor an adjective behind its article (``the trapped men``)."""
    if word in PAST:
        return True
    is_adjective = bool(before) and before[-1] in BEFORE_NOUNS - {"that"}
    return word.endswith("ed") and len(word) > 3 and word not in NO_PAST and written[0].islower() and not is_adjective


def _is_infinitive(words: Sequence[str], at: int) -> bool:
    following = words[at + 1] if at + 1 < len(words) else ""
    is_verb = following.isalpha() and following.islower() and following not in NO_INFINITIVE
    return is_verb and not following.endswith(("s", "ing", "tion"))
