"""Parts of a context, cut as the product cuts articles: whole sentences up to a budget."""

from collections.abc import Iterator, Sequence
from random import Random

from rag.sentences import Sentence

__all__ = ["cuts", "window"]


def cuts(found: Sequence[Sentence], max_chars: int) -> Iterator[tuple[int, int]]:
    """Yield slices of whole sentences in order, each as long as ``max_chars`` allows; a longer sentence stays whole."""
    start = end = None
    for one in found:
        if start is not None and end is not None and one.end - start > max_chars:
            yield start, end
            start = None
        start, end = (one.start if start is None else start), one.end
    if start is not None and end is not None:
        yield start, end


def window(found: Sequence[Sentence], anchor: Sentence, max_chars: int, random: Random) -> tuple[int, int]:
    """Grow a slice by whole sentences around an anchor up to ``max_chars``.

    How often it grows before the anchor and how often behind it is drawn anew for each window, so that where an
    answer stands in its window tells nothing.
    """
    start, end = anchor.start, anchor.end
    before = [one for one in found if one.end <= start]
    behind = [one for one in found if one.start >= end][::-1]
    share_before = random.random()
    while before or behind:
        grows_before = before and (not behind or random.random() < share_before)
        grown = (before.pop().start, end) if grows_before else (start, behind.pop().end)
        if grown[1] - grown[0] > max_chars:
            break
        start, end = grown
    return start, end
