"""Whether two passages report on one story.

Both were found for the same question, and so share its words already; one story also shares the words that matter to
it: its names, and what its headlines say.
"""

import re

from rag.articles import StoredPassage

__all__ = ["KIN", "is_same_story", "kinship"]

KIN = 0.35
"""The kinship from which two passages report on one story. Measured on the pairs of passages that questions find
together in the test library: docs/decisions/012-several-sources.md."""

_WORD = re.compile(r"[^\W\d_]{5,}")
"""Shorter words are mostly the language's own."""


def is_same_story(one: StoredPassage, other: StoredPassage) -> bool:
    """Tell whether two passages are of one article, or report on one story."""
    return one.article_id == other.article_id or kinship(one, other) >= KIN


def kinship(one: StoredPassage, other: StoredPassage) -> float:
    """Return the share of words that the passages share plus that of the headlines in the other passage, 0 to 2."""
    text, other_text = _words(one.text), _words(other.text)
    headline, other_headline = _words(one.title), _words(other.title)
    told = _share(headline, other_text | other_headline) + _share(other_headline, text | headline)
    shorter, longer = sorted((text, other_text), key=len)
    return _share(shorter, longer) + told / 2


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _share(words: set[str], others: set[str]) -> float:
    return len(words & others) / len(words) if words else 0.0
