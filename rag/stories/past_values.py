"""Values that a sentence names only to say that they hold no longer, or by how much they changed.

"Up from nine", "and not 5,100 as announced", "extended by three days".
"""

import re
from collections.abc import Sequence

__all__ = ["is_change", "is_past_value", "what_holds"]

_REACH = 60
"""Characters on either side of a span in which such words bear on it."""

_LINK = r"(?:\s(?:at|on|by|of|to|for|until|about|around|some|only|the|an?|in|as|that))*\s*$"
_REVISED = (
    r"(?:up|down|raised|cut|lowered|reduced|increased|revised|corrected|changed|moved|postponed|delayed|extended|put"
    r"|brought|pushed|shifted|rose|fell|grew|rising|falling)"
)
_COMPARED = r"(?:more|less|fewer|higher|lower|later|earlier|longer|shorter) than the"
_ONCE = (
    r"(?:an earlier|the earlier|previous(?:ly)?|original(?:ly)?|initial(?:ly)?|at first|first (?:announced|given|meant"
    r"|planned|to have)|former(?:ly)?|had (?:been|stood)|was to have|were to have)"
)
_MEANT = r"(?:meant|planned|scheduled|supposed|intended|expected|announced|promised|agreed|fixed|set|due)"
_BEFORE = re.compile(
    # "up from nine", "on Wednesday, from nine"
    rf"(?:\b{_REVISED}\s(?:[^\s,.;]+\s){{0,3}}?|,\s)from{_LINK}"
    # "instead of nine", "not on 20 June", "more than the nine"
    rf"|\b(?:instead of|rather than|not|{_COMPARED}){_LINK}"
    # "an earlier version of this story said that nine", "originally planned for May", "the fine had stood at nine"
    r"|\bearlier version of this \w+ (?:said|gave|put|stated)(?:\s[^\s.;]+){0,6}?\s*$"
    rf"|\b{_ONCE}(?:\s(?!but\b|now\b|to\b)[^\s,.;]+){{0,4}}?{_LINK}"
    # "had been meant to run for nine days", "should have come in March"
    rf"|\b(?:had (?:been )?|at first |originally )(?:at first |first )?{_MEANT} to(?:\s[^\s,.;]+){{0,3}}?{_LINK}"
    rf"|\bhad already(?:\s[^\s,.;]+){{1,7}}?{_LINK}"
    rf"|\b(?:should|ought to) have(?:\s[^\s,.;]+){{1,3}}?{_LINK}"
    # "had announced a walkout of two days", "last announced for May"
    rf"|\b(?:had|last|first)(?: last| first)? (?:been )?(?:{_MEANT}|given)(?:\s[^\s,.;]+){{0,3}}?{_LINK}",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom" + _LINK, re.IGNORECASE)
_TO_BEHIND = re.compile(r"(?:\s[^\s,.;]+){0,3}?\s(?:to|until)\s", re.IGNORECASE)
_BEHIND = re.compile(
    r"(?:\s[^\s,.;]+){0,3}?,?\s(?:(?:as |that (?:was|were|had been) )?(?:first |originally |previously |earlier )?"
    r"(?:announced|reported|planned|given)\b(?! on\b| that\b| by\b)|at first\b|originally\b|initially\b|previously\b"
    r"|a (?:day|week|month|year) (?:earlier|ago|before)\b"
    # "the date of 9 September had been fixed three weeks ago"
    rf"|(?:(?:date|deadline|figure|target|offer|price)\s)?had been (?:described|{_MEANT}))",
    re.IGNORECASE,
)
_CHANGED_BY = re.compile(
    rf"\b(?:{_REVISED}|lengthened|shortened|prolonged|doubled|went (?:up|down))(?:\s[^\s,.;]+){{0,4}}?\sby{_LINK}",
    re.IGNORECASE,
)
_REVISED_BEFORE = re.compile(rf"\b(?:{_REVISED}|put off|prolonged|widened)\b", re.IGNORECASE)


def is_change(sentence: str, start: int) -> bool:
    """Tell whether the span at ``start`` says by how much a value changed: "extended by three days"."""
    return _CHANGED_BY.search(sentence[max(0, start - _REACH) : start]) is not None


def what_holds(sentence: str, start: int, end: int, parts: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the part of the span ``[start, end)`` that holds, where it runs from an old value to the new one.

    Args:
        sentence: Holds the span.
        start: Of the span in it.
        end: The same.
        parts: Where the values of the span stand in the sentence.
    """
    before = sentence[max(0, start - 2 * _REACH) : start]
    if len(parts) != 2 or not _FROM.search(before) or not _REVISED_BEFORE.search(before):
        return start, end
    between = sentence[parts[0][1] : parts[1][0]]
    return (parts[1][0], end) if _TO_BEHIND.match(between) else (start, end)


def is_past_value(sentence: str, start: int, end: int) -> bool:
    """Tell whether a sentence names the span ``[start, end)`` as what held before, beside another value or not."""
    before, behind = sentence[max(0, start - _REACH) : start], sentence[end : end + _REACH]
    if _FROM.search(before) and _TO_BEHIND.match(behind):
        return True
    return _BEFORE.search(before) is not None or _BEHIND.match(behind) is not None
