"""A question cut into words, each with its part by closed classes of words and by the place where it stands."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.conversation import lexicon
from rag.conversation.words import Part, Word, base_form, is_plural

__all__ = ["spelt_out", "words_of"]

_WORD = re.compile(r"\w+(?:(?:[-'\u2019.,/]|(?<=\d):(?=\d))\w+)*|[^\w\s]")
_SHORTENED = re.compile(r"\b(who|what|when|where|why|how|that|there|it|he|she|they|we)['\u2019](s|re|ll|d|ve)\b", re.I)
_LONG = {"s": "is", "re": "are", "ll": "will", "d": "would", "ve": "have"}
_NAMING = frozenset(("in", "at", "near", "from"))
_NO_VERB_AFTER = frozenset((Part.ARTICLE, Part.POSSESSIVE, Part.NUMBER))
_CLASSES = [
    (Part.ASKING, lexicon.ASKING),
    (Part.AUXILIARY, lexicon.BE | lexicon.DO | lexicon.HAVE | lexicon.MODALS),
    (Part.POSSESSIVE, lexicon.POSSESSIVES),
    (Part.PRONOUN, lexicon.PRONOUNS),
    (Part.ARTICLE, lexicon.ARTICLES | lexicon.QUANTIFIERS),
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
        words.append(Word(found[0], _part(found[0], is_first=not words)))
    return _with_verbs(_with_small_names(_with_particles(words)))


def spelt_out(question: str) -> str:
    """Return a question with "who's" as "who is", so that each word has one part."""
    return _SHORTENED.sub(lambda found: f"{found[1]} {_LONG[found[2].lower()]}", question)


def _part(text: str, *, is_first: bool) -> Part:
    lower = text.lower().replace("\u2019", "'")
    if not text[0].isalnum():
        return Part.MARK
    if lower in _PART_OF and (is_first or text.islower() or lower not in ("may", "us")):
        return _PART_OF[lower]
    if text[0].isdigit():
        return Part.NUMBER
    return Part.NAME if text[0].isupper() and not (is_first and base_form(text)) else Part.NOUN


def _with_particles(words: list[Word]) -> list[Word]:
    """Return the words with the "do" of "Serra do Corvo" marked as a part of the name around it."""
    marked = list(words)
    for at in range(1, len(words) - 1):
        if words[at].text in lexicon.PARTICLES and marked[at - 1].part is words[at + 1].part is Part.NAME:
            marked[at] = replace(words[at], part=Part.NAME)
    return marked


def _with_small_names(words: list[Word]) -> list[Word]:
    """Return the words with names in lower case marked: nouns without the article that a common noun would have."""
    marked = list(words)
    for at in range(1, len(words)):
        word, before = words[at], words[at - 1]
        after = words[at + 1] if at + 1 < len(words) else None
        is_common = word.lower in lexicon.BARE_PLACES | lexicon.TIMES or word.lower.endswith(("s", "ing", "ed"))
        if word.part is not Part.NOUN or is_common or is_plural(word.text):
            continue
        is_placed = before.lower in _NAMING and (after is None or after.part is not Part.NOUN)
        if is_placed or (base_form(word.text) is None and _is_lone_subject(before, after)):
            marked[at] = replace(word, part=Part.NAME)
    return marked


def _is_lone_subject(before: Word, after: Word | None) -> bool:
    """Tell whether one word stands between an auxiliary and its verb, as in "is minibo calling", "did velbus offer"."""
    if before.part is not Part.AUXILIARY or after is None:
        return False
    if before.lower in lexicon.BE | lexicon.HAVE:
        return after.lower.endswith(("ing", "ed")) or after.lower in lexicon.IRREGULAR
    return after.lower in lexicon.VERBS


def _with_verbs(words: list[Word]) -> list[Word]:
    """Return the words with the verbs among the nouns marked."""
    marked = list(words)
    for at in range(len(words)):
        if _is_inflected_verb(words, at):
            marked[at] = replace(words[at], part=Part.VERB)
    for at, word in enumerate(words):
        if word.lower in lexicon.DO | lexicon.MODALS and (found := _base_verb_after(marked, at)) is not None:
            marked[found] = replace(marked[found], part=Part.VERB)
    if not any(word.part in {Part.AUXILIARY, Part.VERB} for word in marked):
        for at, word in enumerate(words[1:], start=1):
            if word.part is Part.NOUN and word.lower in lexicon.VERBS and is_plural(words[at - 1].text):
                marked[at] = replace(word, part=Part.VERB)
                break
    return marked


def _is_inflected_verb(words: Sequence[Word], at: int) -> bool:
    """Tell a verb by its form and what stands before it; a base form is left to its auxiliary."""
    word = words[at]
    if word.part is not Part.NOUN:
        return False
    if at == 0:
        return word.lower in lexicon.VERBS and len(words) > 1 and words[1].part in {Part.PRONOUN, Part.ARTICLE}
    before = words[at - 1]
    is_known, is_past = base_form(word.text) is not None, _is_past(word)
    if before.part in _NO_VERB_AFTER or before.lower in {"of", "how"}:
        return is_past and before.lower in lexicon.QUANTIFIERS
    if before.lower == "who":
        return word.text.islower()
    if before.lower == "to" or before.lower in lexicon.BE:
        return is_known or (before.lower != "to" and word.lower.endswith("ed"))
    ends = at + 1 == len(words) or words[at + 1].part in {Part.MARK, Part.PREPOSITION, Part.ADVERB}
    is_passive = ends and before.part is Part.NAME and any(one.lower in lexicon.BE | lexicon.HAVE for one in words[:at])
    tells = is_known or before.part is Part.AUXILIARY or is_passive
    has_past = is_past and (tells or (before.part is Part.NOUN and is_plural(before.text)))
    return has_past or (is_known and word.lower.endswith("ing") and before.part is Part.NOUN)


def _is_past(word: Word) -> bool:
    return word.lower.endswith("ed") or word.lower in lexicon.IRREGULAR


def _base_verb_after(words: Sequence[Word], auxiliary: int) -> int | None:
    """Return where the verb of "did" or "will" stands: the one before an article, else the last that can be it."""
    found = None
    for at in range(auxiliary + 1, len(words)):
        word, before = words[at], words[at - 1]
        joins = word.lower == "and" and at + 1 < len(words) and before.part is words[at + 1].part is Part.NAME
        if (
            word.part in {Part.ASKING, Part.VERB}
            or (word.part is Part.LINK and not joins)
            or word.text in {",", ";", ":"}
        ):
            break
        points = before.lower in {"that", "this"} and at - 2 == auxiliary
        blocked = before.part in {Part.ARTICLE, Part.POSSESSIVE, Part.PREPOSITION, Part.NUMBER} and not points
        is_last = word.lower == "last" and (at + 1 == len(words) or words[at + 1].part is Part.MARK)
        if not is_last and (word.part is not Part.NOUN or word.lower not in lexicon.VERBS or blocked):
            continue
        found = at
        if at + 1 < len(words) and (words[at + 1].part is Part.ARTICLE or words[at + 1].part is Part.POSSESSIVE):
            break
    return found
