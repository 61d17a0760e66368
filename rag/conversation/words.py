"""A word of a question with its part in the sentence, and the forms that words take."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rag.conversation import lexicon

__all__ = ["Part", "Word", "base_form", "is_past_form", "is_plural", "joined", "text_of"]

_SINGULAR_ENDINGS = ("'s", "\u2019s", "ss", "us", "is", "ics", "news", "series")


class Part(StrEnum):
    """What a word does in a question."""

    ASKING = "asking"
    AUXILIARY = "auxiliary"
    ARTICLE = "article"
    POSSESSIVE = "possessive"
    PRONOUN = "pronoun"
    PREPOSITION = "preposition"
    LINK = "link"
    ADVERB = "adverb"
    VERB = "verb"
    NUMBER = "number"
    NAME = "name"
    NOUN = "noun"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark of a question."""

    text: str
    part: Part

    @property
    def lower(self) -> str:
        """In lower case, with a straight apostrophe."""
        return self.text.lower().replace("\u2019", "'")


def text_of(words: Sequence[Word]) -> str:
    """Return words as they would be written: no space before a mark or after an opening one."""
    text = " ".join(word.text for word in words)
    text = re.sub(r"(?<=s) (['\u2019])(?= )", r"\1", text)
    return re.sub(r" ([,.;:?!)\]%\u2019])", r"\1", re.sub(r"([(\[$\u20ac\u00a3]) ", r"\1", text))


def base_form(word: str) -> str | None:
    """Return the base form of a verb that is known, None for other words."""
    lower = word.lower()
    if lower in lexicon.VERBS:
        return lower
    if lower in lexicon.IRREGULAR:
        return lexicon.IRREGULAR[lower]
    endings = [("ied", "y"), ("ies", "y"), ("ed", ""), ("ed", "e"), ("es", ""), ("s", ""), ("ing", ""), ("ing", "e")]
    for ending, instead in endings:
        stem = lower.removesuffix(ending)
        if stem != lower:
            doubled = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else ""
            known = next((base for base in (stem + instead, doubled) if base in lexicon.VERBS), None)
            if known is not None:
                return known
    return None


def is_past_form(word: str) -> bool:
    """Tell "led" and "sank", which say by themselves what somebody did."""
    base, lower = base_form(word), word.lower()
    return base not in {None, lower} and not lower.endswith(("s", "ing"))


def is_plural(word: str) -> bool:
    """Tell a plural noun by its form."""
    lower = word.lower()
    return lower in lexicon.PLURALS or (
        lower.endswith("s") and len(lower) > 3 and not lower.endswith(_SINGULAR_ENDINGS)
    )


def joined(*parts: str) -> str:
    """Return the parts that hold something, with a space between, but for a comma."""
    return " ".join(part for part in parts if part).replace(" ,", ",")
