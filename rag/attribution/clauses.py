"""The parts of a sentence that matter to what is said in it: quotations, and clauses."""

import re
from itertools import pairwise

from rag.attribution.saying_words import FINITE

__all__ = ["clause_around", "quotation_around"]

_QUOTATION = re.compile(r"\u201c[^\u201c\u201d]{1,2000}\u201d?|\"[^\"]{1,2000}\"?|\u2018[^\u2018]{1,2000}?\u2019(?!\w)")
_BREAK = re.compile(
    r"[,;:\u2013\u2014\u201c\u201d\"]\s*|\s(?=(?:but|because|although|though|while|whereas|unless|until after)\s)",
    re.IGNORECASE,
)


def quotation_around(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the quotation ``[start, end)`` that holds a span, marks included; None when it is in no quotation."""
    for found in _QUOTATION.finditer(text):
        if found.start() <= start and end <= found.end():
            return found.span()
    return None


def clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the clause ``[start, end)`` of a sentence that holds a span.

    A part between commas without a verb of its own belongs to the part behind it, and the last to the one before it.
    """
    bounds = [0, *(found.end() for found in _BREAK.finditer(text) if not start < found.end() < end), len(text)]
    parts = [pair for pair in pairwise(bounds) if pair[0] < pair[1]]
    if not parts:
        return 0, len(text)
    first = next((at for at, (_, right) in enumerate(parts) if start < right), len(parts) - 1)
    last = next((at for at, (_, right) in enumerate(parts) if end <= right), len(parts) - 1)
    while not _has_verb(text, parts[first][0], parts[last][1]) and last + 1 < len(parts):
        last += 1
    while not _has_verb(text, parts[first][0], parts[last][1]) and first > 0:
        first -= 1
    return parts[first][0], parts[last][1]


def _has_verb(text: str, start: int, end: int) -> bool:
    return FINITE.search(text, start, end) is not None
