"""Where the sentences of a text begin and end.

Decision: docs/decisions/003-sentence-segmenter.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sentencex import get_sentence_boundaries  # type: ignore[import-untyped]

__all__ = ["MAX_SENTENCE_CHARS", "Sentence", "sentences"]

MAX_SENTENCE_CHARS = 4_000
"""A longer sentence is cut at white space, or anywhere if there is none; what is so long is no sentence but a
table or a dump. It also bounds the segmenter, whose time grows with the square of the length in some scripts."""

WRAP_COLUMNS = range(50, 101)
"""Widths of the longest line at which a text may have been hard-wrapped."""

LANGUAGE = "en"
"""The segmenter's abbreviations; it knows the sentence ends of all scripts whatever the language."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The slice ``[start, end)`` of a text, in code points, without white space at its ends."""

    start: int
    end: int


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text in order.

    Together they hold every character that is not white space. None crosses the end of a line, unless the text
    is hard-wrapped, and none a blank line: a heading is a sentence of its own. Empty text gives none.
    """
    found = []
    for start, end in _paragraphs(text):
        starts = list(_sentence_starts(text, start, end))
        for left, right in pairwise([*starts, end]):
            trimmed = _trimmed(text, left, right)
            if trimmed is not None:
                found.append(trimmed)
    return found


def _trimmed(text: str, start: int, end: int) -> Sentence | None:
    """Return the slice without white space at its ends; None when nothing is left."""
    kept = text[start:end].strip()
    if not kept:
        return None
    first = text.index(kept[0], start)
    return Sentence(first, first + len(kept))


def _sentence_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where the sentences of one paragraph start, looking at no more than a window at a time."""
    while start < end:
        window = text[start : min(start + MAX_SENTENCE_CHARS, end)]
        found = {boundary["start_index"] for boundary in get_sentence_boundaries(LANGUAGE, window)}
        starts = sorted(found | {0})
        if start + len(window) == end:
            yield from (start + offset for offset in starts)
            return
        # The last sentence may go on behind the window: the next window begins with it.
        *whole, last = starts
        yield from (start + offset for offset in whole or [0])
        start += last or _last_word(window)


def _last_word(window: str) -> int:
    """Return where the last word starts; the length of the window when it is one word."""
    start = max(window.rfind(space) for space in " \t\n\u3000") + 1
    return start or len(window)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield paragraphs ``[start, end)``: a line each, or the lines that a hard wrap made of one."""
    for block in _blocks(text):
        lines = [text[start:end] for start, end in block]
        wraps = _wraps(lines)
        paragraph_start = block[0][0]
        for (_, end), (next_start, _), is_wrap in zip(block, block[1:], wraps, strict=False):
            if not is_wrap:
                yield paragraph_start, end
                paragraph_start = next_start
        yield paragraph_start, block[-1][1]


def _blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    """Yield runs of lines ``[start, end)`` between blank lines, without the white space at the end of each line."""
    block: list[tuple[int, int]] = []
    offset = 0
    for line in text.splitlines(keepends=True):
        content = line.rstrip()
        if content:
            block.append((offset, offset + len(content)))
        elif block:
            yield block
            block = []
        offset += len(line)
    if block:
        yield block


def _wraps(lines: Sequence[str]) -> list[bool]:
    """Tell of each line break of a block whether it only wraps a paragraph.

    A block counts as hard-wrapped when its longest line has the width of a page, a line begins in lower case, as
    no paragraph or heading does, and most lines have no room for the first word of the next.
    """
    width = max(map(len, lines))
    breaks = list(pairwise(lines))
    full = [len(line) + 1 + len(following.split(maxsplit=1)[0]) > width for line, following in breaks]
    begins_in_lower_case = any(following[0].islower() for _, following in breaks)
    if width in WRAP_COLUMNS and begins_in_lower_case and 2 * sum(full) > len(full):
        return full
    return [False] * len(full)
