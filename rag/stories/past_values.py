"""Values that a sentence names only to say that they hold no longer: "up from nine", "and not 5,100 as announced"."""

import re

__all__ = ["is_past_value"]

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
_BEFORE = re.compile(
    # "up from nine", "on Wednesday, from nine"
    rf"(?:\b{_REVISED}\s(?:[^\s,.;]+\s){{0,3}}?|,\s)from{_LINK}"
    # "instead of nine", "not on 20 June", "more than the nine"
    rf"|\b(?:instead of|rather than|not|{_COMPARED}){_LINK}"
    # "an earlier version of this story said that nine", "originally planned for May", "the fine had stood at nine"
    r"|\bearlier version of this \w+ (?:said|gave|put|stated)(?:\s[^\s.;]+){0,6}?\s*$"
    rf"|\b{_ONCE}(?:\s(?!but\b|now\b|to\b)[^\s,.;]+){{0,4}}?{_LINK}",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom" + _LINK, re.IGNORECASE)
_TO_BEHIND = re.compile(r"(?:\s[^\s,.;]+){0,3}?\s(?:to|until)\s", re.IGNORECASE)
_BEHIND = re.compile(
    r"(?:\s[^\s,.;]+){0,3}?,?\s(?:(?:as |that (?:was|were|had been) )?(?:first |originally |previously |earlier )?"
    r"(?:announced|reported|planned|given)\b(?! on\b| that\b| by\b)|at first\b|originally\b|initially\b|previously\b"
    r"|a (?:day|week|month|year) (?:earlier|ago|before)\b)",
    re.IGNORECASE,
)


def is_past_value(sentence: str, start: int, end: int) -> bool:
    """Tell whether a sentence names the span ``[start, end)`` as what held before, beside another value or not."""
    before, behind = sentence[max(0, start - _REACH) : start], sentence[end : end + _REACH]
    if _FROM.search(before) and _TO_BEHIND.match(behind):
        return True
    return _BEFORE.search(before) is not None or _BEHIND.match(behind) is not None
