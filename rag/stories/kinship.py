"""Whether two passages report on one story.

Both were found for the same question, and so share its words already; one story also shares the words that matter to
it: its names, and what its headlines say.
"""

import re

from rag.articles import StoredPassage

__all__ = ["KIN", "is_same_story", "kinship"]

KIN = 0.42
"""The kinship from which two passages report on one story. Measured on the pairs of passages that questions find
together in the test library: docs/decisions/012-several-sources.md."""

_WORD = re.compile(r"[^\W\d_]{5,}")
"""Shorter words are mostly the language's own."""

_NAME = re.compile(
    r"(?<=[\w,;:\"'\u2019\u201d-] )(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May\b"
    r"|June|July|August|September|October|November|December)[^\W\d_a-z][\w\u2019'-]+"
)
"""A word with a capital that opens no sentence; weekdays and months name no story."""

_NAMES = 4
"""So many names in common tell as much as can be told by them."""


def is_same_story(one: StoredPassage, other: StoredPassage) -> bool:
    """Tell whether two passages are of one article, or report on one story."""
    return one.article_id == other.article_id or kinship(one, other) >= KIN


def kinship(one: StoredPassage, other: StoredPassage) -> float:
    """Return how much two passages share, 0 to 2.5: of their words, of their headlines, and how many names."""
    text, other_text = _words(one.text), _words(other.text)
    headline, other_headline = _words(one.title), _words(other.title)
    told = _share(headline, other_text | other_headline) + _share(other_headline, text | headline)
    shorter, longer = sorted((text, other_text), key=len)
    names = min(len(_names(one) & _names(other)), _NAMES) / _NAMES
    return _share(shorter, longer) + (told + names) / 2


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _names(passage: StoredPassage) -> set[str]:
    found = _NAME.findall(f"{passage.title}, {passage.text}")
    return {name.rstrip("'\u2019").removesuffix("'s").removesuffix("\u2019s") for name in found}


def _share(words: set[str], others: set[str]) -> float:
    return len(words & others) / len(words) if words else 0.0
