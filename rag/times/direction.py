"""Whether a sentence speaks of what was or of what will be, by the verb nearest to a time expression.

Rules over English verb forms, no parser: the verb left of the expression in its clause governs it, else the one to
its right, else one further left. What only looks past is told by what stands before it: ``will be held``.
"""

import re
from collections.abc import Sequence
from typing import Final

from rag.times.readings import Direction
from rag.times.vocabulary import listed

__all__ = ["direction_around", "sentence_bounds"]

REACH_CHARS = 400
"""How far a sentence is followed to each side."""

REACH_WORDS = 30
"""How many words of it are looked at, to each side."""

AUXILIARY_REACH = 4
"""How many words before a participle may hold its auxiliary: ``will not yet be held``."""

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W\d_]+)?|[,;:()\u2013\u2014]")
_END = re.compile(r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})(?<!Sept)[.!?][\"\u201d\u2019')]*\s+|\n+")
_NO_INFINITIVE: Final = frozenset(
    listed(
        "the a an this that these those its his her their our my your it him them us me each all some any one both more most"
        " and or of in on at by for from with as date work court press life power war talks school"
    )
)
_COMING: Final = frozenset(
    listed(
        "will shall would should may might must can could won't wouldn't going due scheduled expected slated planned plans"
        " plan planning expects expect intends intend hopes hope promises promised vowed aims seeks tomorrow"
        " upcoming unless until"
    )
) | {"'ll", "let's"}
_ARRANGED: Final = frozenset(listed("due scheduled expected slated planned promised"))
"""What was arranged may have been or may be to come; with is or are it is to come."""

_MODAL: Final = frozenset(listed("will shall would should may might must can could to won't wouldn't cannot"))
_PAST: Final = frozenset(
    listed(
        "was were had did didn't wasn't weren't hadn't ago been became began broke brought built bought came caught chose"
        " fell felt fled flew fought found gave got grew held kept knew laid led left lost made meant met paid ran rang"
        " rose said sank sat saw sent shook shot shrank shut slid sold sought spent spoke stood stole stopped struck swore"
        " swept swung swam taken taught threw told took thought underwent understood went withdrew won wore wrote written"
        " hit cut put quit beat burst cost dealt drew drove ate fallen given gone grown known seen shown shone spoken stolen"
        " sworn thrown worn awoke bore born bred dug fed froze hung hid leapt lent lit overcame overtook slept sped"
        " spun split spread stuck stung sung sprang tore wept wound set"
    )
)
_NO_PAST: Final = frozenset(
    listed(
        "need indeed speed hundred feed seed weed breed exceed proceed succeed bleed red bed embed sacred naked shed fred"
        " unprecedented united wed"
    )
)
_PRESENT: Final = frozenset(
    listed(
        "is are begins starts ends opens closes expires meets votes runs takes comes goes falls leaves returns resumes holds"
        " begin start end open close expire meet vote run take come go leave return resume reopens reopen hosts faces play"
        " plays appears arrives departs airs marks go goes am has have does do lapses lapse walk walks reconvenes"
    )
)
_BEFORE_NOUNS: Final = frozenset(listed("the a an its their his her at of for this that last next first each"))
_CLAUSE: Final = frozenset(listed("that which who whom whose when where while whether if because although though but"))


def direction_around(text: str, start: int, end: int) -> Direction | None:
    """Return the direction of the verb that governs the expression at ``[start, end)``, None where no verb tells."""
    first, last = sentence_bounds(text, start, end)
    left = _WORD.findall(text[first:start])[-REACH_WORDS:]
    right = _WORD.findall(text[end:last])[:REACH_WORDS]
    split = next((at for at in range(len(left) - 1, -1, -1) if left[at] in _CLAUSE or left[at] in ";:"), -1)
    near, far = left[split + 1 :], left[: split + 1]
    ends = next((at for at, word in enumerate(right) if word in _CLAUSE or word in ",;:"), len(right))
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
    return any(word.lower() in _PRESENT and before[at] not in _BEFORE_NOUNS for at, word in enumerate(words))


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
    word = words[at]
    lowered = word.lower().replace("\u2019", "'")
    before = [one.lower() for one in words[max(0, at - AUXILIARY_REACH) : at]]
    if lowered in _ARRANGED and not {"is", "are", "be", "'s", "'re"} & set(before):
        return Direction.PAST if "had" in before else None
    if lowered in _COMING or lowered.endswith("'ll"):
        return Direction.COMING
    if lowered == "to" and _is_infinitive(words, at):
        return Direction.COMING
    is_past = lowered in _PAST or (
        lowered.endswith("ed") and len(lowered) > 3 and lowered not in _NO_PAST and not word[0].isupper()
    )
    if not is_past or (lowered.endswith("ed") and before[-1:] and before[-1] in _BEFORE_NOUNS - {"that"}):
        return None
    if {"is", "are"} & set(before[-2:]):
        return None
    if "be" in before and any(one in _MODAL or one.endswith("'ll") for one in before):
        return Direction.COMING
    if before[-1:] and before[-1] in {"to", "will", "would", "must", "can", "could", "may", "might", "should"}:
        return Direction.COMING
    if lowered == "set" and words[at + 1 : at + 2] and words[at + 1].lower() in {"to", "for"}:
        return Direction.COMING
    return Direction.PAST


def _is_infinitive(words: Sequence[str], at: int) -> bool:
    following = words[at + 1] if at + 1 < len(words) else ""
    is_verb = following.isalpha() and following.islower() and following not in _NO_INFINITIVE
    return is_verb and not following.endswith(("s", "ing", "tion"))
