"""An article's text as content: a span marked, what was searched for marked, and where a place stands when wrapped."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from textual.content import Content

from tui.terminal_text import printable

__all__ = ["ArticleWindow", "Mark", "found_in"]

REACH_CHARS = 100_000
"""How far an article is shown to each side of a place; a million characters take a second to lay out."""
MAX_FOUND = 1000
"""How many places of a search are gone through; a single letter stands everywhere."""


class Mark(NamedTuple):
    """The characters ``[start, end)`` of an article, drawn in a style."""

    start: int
    end: int
    style: str


class ArticleWindow:
    """The part of a text around one place, and where other places stand in it."""

    def __init__(self, text: str, *, around: int) -> None:
        self._text = printable(text)
        self._first = max(0, around - REACH_CHARS)
        self._last = min(len(text), around + REACH_CHARS)
        self._lead = "[…] " if self._first > 0 else ""

    def holds(self, mark: Mark) -> bool:
        """Whether the whole mark is in the window."""
        return self._first <= mark.start and mark.end <= self._last

    def content(self, marks: Iterable[Mark]) -> Content:
        """Return the text with these marks; later ones lie above earlier ones."""
        tail = " […]" if self._last < len(self._text) else ""
        shown = Content(f"{self._lead}{self._text[self._first : self._last]}{tail}")
        for mark in marks:
            if self.holds(mark):
                shown = shown.stylize(mark.style, self._at(mark.start), self._at(mark.end))
        return shown

    def line_of(self, offset: int, *, width: int) -> int:
        """Return which line the character stands on when the text is wrapped to a width."""
        # Lines break between words: the rest of the word belongs to the line.
        rest = re.compile(r"\S*").match(self._text, offset)
        upto = rest.end() if rest else offset
        shown = Content(f"{self._lead}{self._text[self._first : max(upto, self._first + 1)]}")
        return len(shown.wrap(max(1, width))) - 1

    def _at(self, offset: int) -> int:
        return offset - self._first + len(self._lead)


def found_in(text: str, wanted: str) -> list[tuple[int, int]]:
    """Return where the words stand, whatever their case and the white space between them; the first thousand."""
    words = [re.escape(word) for word in wanted.split()]
    if not words:
        return []
    matches = re.finditer(r"\s+".join(words), text, re.IGNORECASE)
    return [match.span() for match, _ in zip(matches, range(MAX_FOUND), strict=False)]
