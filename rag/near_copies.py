"""Near-copies: the same wire story in several papers, cut, with a new headline or a few words changed.

Source: Broder, "On the resemblance and containment of documents", SEQUENCES 1997: texts are compared by their shingles,
the runs of a few words in them. MinHash estimates that share for millions of texts; for the few of one question it is
counted exactly. Decision: docs/decisions/012-several-sources.md.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rag.loading.published_date import dateline_in
from rag.values.numbers import numbers

__all__ = ["ADDED_SHARE", "COPIED_SHARE", "Fingerprint", "count_independent", "fingerprint"]

SHINGLE_WORDS = 4

COPIED_SHARE = 0.3
"""Two texts are near-copies when this share of the shorter's shingles stands in the other. In the test library the
copies share .56 and more, and other articles, reports of one event among them, at most .09."""

ADDED_SHARE = 0.4
"""A near-copy with less than this share of shingles of its own adds nothing."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What near-copies of a text have in common with it: its shingles, and the numbers it tells below its dateline."""

    text: str
    shingles: frozenset[tuple[str, ...]]

    @property
    def amounts(self) -> frozenset[float]:
        """The numbers; looked for only where they are asked for, since few texts are near-copies of another."""
        dateline = dateline_in(self.text)
        told = self.text[dateline[1] :] if dateline is not None else self.text
        return frozenset(number.value for number in numbers(told))

    def is_copy_of(self, other: "Fingerprint") -> bool:
        """Tell whether both are near-copies of one text, cut or whole."""
        shorter = min(len(self.shingles), len(other.shingles))
        return shorter > 0 and len(self.shingles & other.shingles) >= COPIED_SHARE * shorter

    def adds_nothing_to(self, other: "Fingerprint") -> bool:
        """Tell whether this is a near-copy with next to nothing of its own, and no number that the other has not.

        The number matters: the update of a wire story repeats all but the toll.
        """
        own = len(self.shingles) - len(self.shingles & other.shingles)
        return own < ADDED_SHARE * len(self.shingles) and self.amounts <= other.amounts


def fingerprint(text: str) -> Fingerprint:
    """Return what tells near-copies of a text; a text of less than four words has one shingle, an empty one none."""
    words = _WORD.findall(text.casefold())
    if 0 < len(words) < SHINGLE_WORDS:
        return Fingerprint(text, frozenset({tuple(words)}))
    runs = (words[at:] for at in range(SHINGLE_WORDS))
    return Fingerprint(text, frozenset(zip(*runs, strict=False)))


def count_independent(texts: Iterable[str]) -> int:
    """Return how many of the texts are left when near-copies count as one."""
    apart: list[Fingerprint] = []
    for text in map(fingerprint, texts):
        if not any(text.is_copy_of(other) for other in apart):
            apart.append(text)
    return len(apart)
