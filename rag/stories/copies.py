"""Near-copies: the same wire story in several papers, cut, with a new headline or a few words changed.

Source: Broder, "On the resemblance and containment of documents", SEQUENCES 1997: texts are compared by their shingles,
the runs of a few words in them. MinHash estimates that share for millions of texts; for the few of one question it is
counted exactly. Decision: docs/decisions/012-several-sources.md.
"""

import re
from collections.abc import Iterable, Sequence

from rag.values.numbers import numbers

__all__ = ["COPIED_SHARE", "Shingles", "adds_nothing", "count_independent", "shingles"]

SHINGLE_WORDS = 4

COPIED_SHARE = 0.3
"""Two texts are near-copies when this share of the shorter's shingles stands in the other. In the test library the
copies share .56 and more, and other articles, reports of one event among them, at most .09."""

_WORD = re.compile(r"\w+")

Shingles = frozenset[tuple[str, ...]]


def shingles(text: str) -> Shingles:
    """Return the runs of four words of a text; of a shorter text, all of it."""
    words = _WORD.findall(text.casefold())
    last = max(1, len(words) - SHINGLE_WORDS + 1)
    return frozenset(tuple(words[at : at + SHINGLE_WORDS]) for at in range(last)) if words else frozenset()


def count_independent(texts: Iterable[Shingles]) -> int:
    """Return how many of the texts are left when near-copies count as one."""
    apart: list[Shingles] = []
    for text in texts:
        if not any(_is_copy(text, other) for other in apart):
            apart.append(text)
    return len(apart)


def adds_nothing(text: str, others: Sequence[str]) -> bool:
    """Tell whether a text is a near-copy of one of the others and holds no number that is not in that one.

    The number matters: the update of a wire story repeats all but the toll.
    """
    own, amounts = shingles(text), _amounts(text)
    return any(_is_copy(own, shingles(other)) and amounts <= _amounts(other) for other in others)


def _amounts(text: str) -> set[float]:
    return {number.value for number in numbers(text)}


def _is_copy(one: Shingles, other: Shingles) -> bool:
    shorter = min(len(one), len(other))
    return shorter > 0 and len(one & other) >= COPIED_SHARE * shorter
