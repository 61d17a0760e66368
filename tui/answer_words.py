"""How an answer is put into words, the same on every terminal."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tui.calendar_words import calendar_words

if TYPE_CHECKING:
    from rag.answers import Citation, Quotation

__all__ = [
    "NOT_SAID",
    "claim_words",
    "day_words",
    "one_line",
    "sentence_parts",
    "standing_words",
    "surety",
]

NOT_SAID = "The articles do not say."

_HEDGES = {
    "expected": "expected",
    "planned": "planned",
    "alleged": "alleged",
    "denied": "denied",
    "negated": "said not to be so",
}
_RELATIONS = {"earlier": "held earlier", "other": "reported beside it"}


def surety(quotation: Quotation) -> str:
    """Return how sure the answer is, and how many articles say so."""
    said = "1 article says so" if quotation.sources == 1 else f"{quotation.sources} articles say so"
    return f"{quotation.confidence:.0%} sure; {said}"


def standing_words(quotation: Quotation) -> str:
    """Return what is known beyond the words: when that is, how firmly and by whom it is said; empty if nothing is."""
    told = [
        _RELATIONS.get(quotation.relation, ""),
        f"= {calendar_words(quotation.resolved)}" if quotation.resolved and quotation.resolved.start else "",
        claim_words(quotation),
    ]
    return "; ".join(words for words in told if words)


def claim_words(quotation: Quotation) -> str:
    """Return how firmly and by whom it is said; empty for what an article states as its own."""
    hedge = _HEDGES.get(quotation.hedge, "")
    if quotation.speaker is None:
        return hedge
    speaker = one_line(quotation.speaker.text)
    if quotation.hedge == "denied":
        return f"denied by {speaker}"
    return f"{hedge}, says {speaker}" if hedge else f"says {speaker}"


def day_words(published: str) -> str:
    """Return the day of an ISO 8601 date or date-time in words: ``12 January 2026``."""
    day = datetime.fromisoformat(published)
    return f"{day.day} {day:%B %Y}"


def sentence_parts(citation: Citation) -> tuple[str, str, str]:
    """Return the cited sentence on one line: what stands before the span, the span, and what stands after it."""
    text, offset = one_line(citation.sentence.text), citation.sentence.start
    start, end = citation.start - offset, citation.end - offset
    return text[:start], text[start:end], text[end:]


def one_line(text: str) -> str:
    """Return the text with line breaks shown as spaces, one for one."""
    return text.replace("\r", " ").replace("\n", " ")
