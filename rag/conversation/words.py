"""A question cut into words, each with its part in the sentence, by closed classes and the place where it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rag.conversation import lexicon

__all__ = ["Part", "Word", "base_form", "spelt_out", "text_of", "words_of"]

_WORD = re.compile(r"\w+(?:[-'\u2019.,/]\w+)*|[^\w\s]")
_SHORTENED = re.compile(r"\b(who|what|when|where|why|how|that|there|it|he|she|they|we)['\u2019](s|re|ll|d|ve)\b", re.I)
_LONG = {"s": "is", "re": "are", "ll": "will", "d": "would", "ve": "have"}
_NAMING = frozenset("in at near from".split())
_FOLLOWED_BY = frozenset("the a an this that these those".split())


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
    """One word or mark: ``text[start:end]`` of the question it was cut from."""

    text: str
    start: int
    end: int
    part: Part

    @property
    def lower(self) -> str:
        """In lower case, with a straight apostrophe."""
        return self.text.lower().replace("\u2019", "'")


_CLASSES = [
    (Part.ASKING, lexicon.ASKING),
    (Part.AUXILIARY, lexicon.BE | lexicon.DO | lexicon.HAVE | lexicon.MODALS),
    (Part.POSSESSIVE, lexicon.POSSESSIVES),
    (Part.PRONOUN, lexicon.PRONOUNS),
    (Part.ARTICLE, lexicon.ARTICLES),
    (Part.PREPOSITION, lexicon.PREPOSITIONS),
    (Part.LINK, lexicon.LINKS),
    (Part.ADVERB, lexicon.ADVERBS),
    (Part.NUMBER, lexicon.NUMBERS),
]
_PART_OF = {word: part for part, words in reversed(_CLASSES) for word in words}


def words_of(text: str) -> list[Word]:
    """Return the words of a question with their parts; the work is linear in its length."""
    words: list[Word] = []
    for found in _WORD.finditer(text):
        words.append(Word(found[0], found.start(), found.end(), _part(found[0], is_first=not words)))
    return _with_verbs(_with_small_names(words))


def spelt_out(question: str) -> str:
    """Return a question with "who's" as "who is", so that each word has one part."""
    return _SHORTENED.sub(lambda found: f"{found[1]} {_LONG[found[2].lower()]}", question)


def text_of(words: Sequence[Word]) -> str:
    """Return words as they would be written: no space before a mark or after an opening one."""
    text = " ".join(word.text for word in words)
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


def _part(text: str, *, is_first: bool) -> Part:
    lower = text.lower().replace("\u2019", "'")
    if not text[0].isalnum():
        return Part.MARK
    if lower in _PART_OF and (is_first or text.islower() or lower not in ("may", "us")):
        return _PART_OF[lower]
    if text[0].isdigit():
        return Part.NUMBER
    return Part.NAME if text[0].isupper() and not (is_first and base_form(text)) else Part.NOUN


def _with_small_names(words: list[Word]) -> list[Word]:
    """Return the words with names in lower case marked: a noun without an article after "in", "at", "near" or "from"."""
    marked = list(words)
    for at in range(1, len(words)):
        word, before = words[at], words[at - 1]
        is_plain = word.part is Part.NOUN and word.lower not in lexicon.BARE_PLACES | lexicon.TIMES
        is_bare = at + 1 == len(words) or words[at + 1].part is not Part.NOUN
        if before.lower in _NAMING and is_plain and is_bare and not word.lower.endswith(("s", "ing")):
            marked[at] = replace(word, part=Part.NAME)
    return marked


def _with_verbs(words: list[Word]) -> list[Word]:
    """Return the words with the verbs among the nouns marked."""
    marked = list(words)
    for at in range(len(words)):
        if _is_inflected_verb(words, at):
            marked[at] = replace(words[at], part=Part.VERB)
    for at, word in enumerate(words):
        if word.lower in lexicon.DO | lexicon.MODALS and (found := _base_verb_after(marked, at)) is not None:
            marked[found] = replace(marked[found], part=Part.VERB)
    return marked


def _is_inflected_verb(words: Sequence[Word], at: int) -> bool:
    """Tell a verb by its form and what stands before it; a base form is left to its auxiliary."""
    word, before = words[at], words[at - 1] if at else None
    if word.part is not Part.NOUN or before is None:
        return False
    if before.lower == "to":
        return base_form(word.text) is not None
    if before.part in {Part.ARTICLE, Part.POSSESSIVE, Part.NUMBER} or before.lower in ("of", "how"):
        return False
    if before.lower in ("who", "what") or before.lower in lexicon.BE:
        return base_form(word.text) is not None or (before.part is Part.AUXILIARY and word.lower.endswith("ed"))
    is_past = word.lower.endswith("ed") or word.lower in lexicon.IRREGULAR
    return base_form(word.text) is not None and (is_past or (word.lower.endswith("ing") and before.part is Part.NOUN))


def _base_verb_after(words: Sequence[Word], auxiliary: int) -> int | None:
    """Return where the verb of "did" or "will" stands: the one before an article, else the last that can be it."""
    found = None
    for at in range(auxiliary + 1, len(words)):
        word, before = words[at], words[at - 1]
        if word.part in {Part.LINK, Part.ASKING} or word.text in {",", ";", ":"} or word.part is Part.VERB:
            break
        blocked = before.part in {Part.ARTICLE, Part.POSSESSIVE, Part.PREPOSITION, Part.NUMBER}
        if word.part is not Part.NOUN or word.lower not in lexicon.VERBS or blocked:
            continue
        found = at
        if at + 1 < len(words) and (words[at + 1].lower in _FOLLOWED_BY or words[at + 1].part is Part.POSSESSIVE):
            break
    return found
