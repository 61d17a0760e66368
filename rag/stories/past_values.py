"""Values that a sentence names to say that they hold no longer, by how much they changed, or that they are new.

"Up from nine", "and not 5,100 as announced", "extended by three days", "taking the toll to eleven".
"""

import re
from collections.abc import Sequence

__all__ = ["is_change", "is_past_value", "new_values", "what_holds"]

_REACH = 60
"""Characters on either side of a span in which such words bear on it."""

_LINKING = r"\s(?:at|on|by|of|to|for|until|about|around|some|only|the|an?|in|as|that|minus)"
_LINK = rf"(?:{_LINKING})*\s*$"
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
    # "more than two degrees below Monday's 48.1", "less than the record of Tuesday, which was minus 50.4"
    rf"|\b(?:below|above|under|over|than|on) (?:[A-Z]\w+|yesterday|last (?:week|month|year))['\u2019]s{_LINK}"
    rf"|\b{_COMPARED}(?:\s[^\s.;,]+){{1,4}}, which (?:was|had been|stood at){_LINK}"
    # "an earlier version of this story said that nine", "originally planned for May", "the fine had stood at nine"
    r"|\bearlier version of this \w+ (?:said|gave|put|stated)(?:\s[^\s.;]+){0,6}?\s*$"
    rf"|\b{_ONCE}(?:\s(?!but\b|now\b|to\b)[^\s,.;]+){{0,4}}?{_LINK}"
    # "had been meant to run for nine days", "should have come in March"
    rf"|\b(?:had (?:been )?|at first |originally )(?:at first |first )?{_MEANT} to(?:\s[^\s,.;]+){{0,3}}?{_LINK}"
    rf"|\bhad already(?:\s[^\s,.;]+){{1,7}}?{_LINK}"
    rf"|\b(?:should|ought to) have(?:\s[^\s,.;]+){{1,3}}?{_LINK}"
    # "the date first set, 30 April, could not be kept"
    rf"|\b(?:date|deadline|day|figure|number|sum|price|limit) (?:at )?first (?:set|given|named|fixed|agreed),?{_LINK}"
    # "they had spoken of 62,000", "had put the figure at 62,000"
    rf"|\b(?:had|last (?:week|month|year|night)) (?:first |last |earlier |still )?"
    rf"(?:spo(?:ke|ken) of|suggested|counted|estimated|reported|put (?:it|them|the \w+) at){_LINK}"
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
    # "minus 51.3, has been struck out"
    r"|(?:has|have|had) been (?:struck (?:out|off)|withdrawn|scrapped|dropped|abandoned|annulled|overturned)\b"
    # "the date of 9 September had been fixed three weeks ago"
    rf"|(?:(?:date|deadline|figure|target|offer|price)\s)?had been (?:described|{_MEANT}))",
    re.IGNORECASE,
)
_NOT = re.compile(rf"\bnot(?:\s[^\s,.;]+){{0,3}}?{_LINK}", re.IGNORECASE)
_BUT = re.compile(r",?\sbut\b", re.IGNORECASE)
_AND_THEN = re.compile(
    r"(?P<value>[^\s,]+(?: (?:million|billion|[^\W\d_]{3,9}))?),? and (?:then|later|in [^\W\d_]+)"
    r"(?: (?:on|for|to|at|by|of))?\s$",
    re.IGNORECASE,
)
_CHANGED_BY = re.compile(
    rf"\b(?:{_REVISED}|lengthened|shortened|prolonged|doubled|went (?:up|down))(?:\s[^\s,.;]+){{0,4}}?\sby{_LINK}",
    re.IGNORECASE,
)
_REVISED_BEFORE = re.compile(rf"\b(?:{_REVISED}|put off|prolonged|widened)\b", re.IGNORECASE)
_PUT_OFF = re.compile(
    rf",?\s(?:has|have|had|was|were)\s(?:now |again )?(?:been )?(?:{_REVISED}|put off)(?: back)?\s(?:to|until)\s",
    re.IGNORECASE,
)
"""What stands between an old value and the new one: "14 November, has been put off until 22 January"."""

_CHANGING = (
    rf"(?:{_REVISED}|brought forward|put (?:it )?off|(?:drop|fall|jump|slip|shrink|grow|ris|trimm)(?:s|ed|es)?"
    r"|prolonged|lengthened|shortened|fixed|set|taking|bringing|came|comes|stood|stands|climb(?:s|ed))"
)
_NEW = re.compile(
    # "taking the toll to eleven", "extended by two weeks, to 15 May"
    rf"(?:\b{_CHANGING}(?:\s[^\s,.;]+){{0,7}}?,?\s(?:to|at|until)"
    # "will not fly before 2 October", "will now lift off on Monday", "the next attempt will be made on Wednesday"
    r"|\bnot(?:\s[^\s,.;]+){1,3}?\sbefore|\b(?:now|next|new)(?:\s[^\s,.;]+){1,5}?\s(?:on|at|for|until))"
    rf"(?:{_LINKING})*\s",
    re.IGNORECASE,
)
_LESS_THAN = re.compile(
    rf"\b(?:even )?(?:instead of|rather than|not|up from|down from|{_COMPARED}){_LINK}", re.IGNORECASE
)
"""What stands between the new value and an old one: "66,900 visitors, even fewer than the 68,400"."""
_SUBJECT = re.compile(r"(?:\s[^\W\d_]+){0,2}?(?=\s(?:was|were|is|are|has|have|had)\b)")
"""Between a value of which something is told and the next one: "50 degrees was recorded, two more than"."""
_CLAUSE_END = re.compile(r"[,.;]")


def new_values(sentence: str) -> list[int]:
    """Return where that begins to which a value was changed: "was lowered on Tuesday to ten"."""
    return [found.end() for found in _NEW.finditer(sentence)]


def is_change(sentence: str, start: int) -> bool:
    """Tell whether the span at ``start`` says by how much a value changed: "extended by three days"."""
    return _CHANGED_BY.search(sentence[max(0, start - _REACH) : start]) is not None


def what_holds(sentence: str, start: int, end: int, parts: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the part of the span ``[start, end)`` that holds, where it runs from an old value to the new, or back.

    Args:
        sentence: Holds the span.
        start: Of the span in it.
        end: The same.
        parts: Where the values of the span stand in the sentence.
    """
    if len(parts) < 2:
        return start, end
    before, between = sentence[max(0, start - 2 * _REACH) : start], sentence[parts[0][1] : parts[1][0]]
    is_pair = len(parts) == 2
    is_from = _FROM.search(before) and _REVISED_BEFORE.search(before) and _TO_BEHIND.match(between)
    if is_pair and (is_from or _PUT_OFF.match(between)):
        return parts[1][0], end
    begins = len(sentence[start : parts[0][0]].split()) < 2  # "about nine", "minus 50 degrees"
    if begins and (subject := _SUBJECT.match(between)):
        return start, parts[0][1] + subject.end()
    if not is_pair:
        return start, end
    ends = _CLAUSE_END.search(between)
    if begins and ends and is_past_value(sentence, *parts[1]):
        return start, parts[0][1] + ends.start()
    less = _LESS_THAN.search(between) if begins else None
    return (start, parts[0][1] + len(between[: less.start()].rstrip(" ,"))) if less else (start, end)


def is_past_value(sentence: str, start: int, end: int) -> bool:
    """Tell whether a sentence names the span ``[start, end)`` as what held before, beside another value or not."""
    before, behind = sentence[max(0, start - _REACH) : start], sentence[end : end + _REACH]
    if _FROM.search(before) and _TO_BEHIND.match(behind):
        return True
    if _NOT.search(before) and _BUT.match(behind):
        return True
    if (one_before := _AND_THEN.search(before)) is not None:
        shift = start - len(before)
        return is_past_value(sentence, one_before.start("value") + shift, one_before.end("value") + shift)
    return _BEFORE.search(before) is not None or _BEHIND.match(behind) is not None
