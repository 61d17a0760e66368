"""A question asked of another time: "and last year?" after "how much maize does Zambia expect?"."""

from collections.abc import Sequence
from dataclasses import replace

from rag.conversation import lexicon
from rag.conversation.focus import stem
from rag.conversation.phrases import Sort, asking_span, noun_phrases
from rag.conversation.words import Part, Word

__all__ = ["at_another_time", "names_time"]

_NOW = frozenset(("now", "today", "currently", "already", "still"))
_AT_FIRST = frozenset(("first", "originally", "initially"))
_BEFORE = frozenset(("ago", "before", "earlier", "yesterday", "previously"))
_PAST = {"do": "did", "does": "did", "is": "was", "are": "were", "has": "had", "have": "had"}


def names_time(core: Sequence[Word]) -> bool:
    """Tell whether a fragment names a time: "in May", "a year ago", "normally"."""
    return any(stem(word.text) in lexicon.TIMES for word in core) or all(_is_adverb(word) for word in core)


def at_another_time(words: Sequence[Word], core: Sequence[Word]) -> list[Word]:
    """Return a question as it is asked of the time in a fragment, without its own: "did" for "does" if that is past."""
    kept = _without_time(words)
    is_past = core[-1].lower in _BEFORE or core[0].lower == "last"
    return [_in_the_past(word) if is_past and word.part is Part.AUXILIARY else word for word in kept]


def _in_the_past(word: Word) -> Word:
    return replace(word, text=_PAST.get(word.text, word.text))


def _is_adverb(word: Word) -> bool:
    return word.part is Part.ADVERB or (word.lower.endswith("ly") and word.part is Part.NOUN)


def _without_time(words: Sequence[Word]) -> list[Word]:
    """Return a question without what says when it is asked of: "this season", "in May", "now"."""
    left = [word.lower not in _NOW | _AT_FIRST for word in words]
    for phrase in noun_phrases(words):
        if phrase.sort is Sort.TIME and phrase.first >= asking_span(words)[1]:
            first = phrase.first - (words[phrase.first - 1].part is Part.PREPOSITION)
            left[first : phrase.last] = [False] * (phrase.last - first)
    return [word for word, is_left in zip(words, left, strict=True) if is_left]
