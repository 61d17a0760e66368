"""The noun phrases of a question or an answer, what each may name, and the phrase that asks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rag.conversation import lexicon
from rag.conversation.words import Part, Word, base_form, is_plural

__all__ = ["PLACING", "Phrase", "Sort", "asking_span", "has_name", "is_measure", "noun_phrases"]

_INSIDE = frozenset({Part.NUMBER, Part.NAME, Part.NOUN})
_OPENING = _INSIDE | {Part.ARTICLE, Part.POSSESSIVE}
PLACING = frozenset(("in", "at", "near", "from", "off", "outside", "around", "across", "inside"))
_HANGING = frozenset(
    ("of", "on", "in", "at", "for", "between", "with", "off", "near", "from", "over", "against", "about")
)


class Sort(StrEnum):
    """What a phrase may name; ``NAME`` may be a person, a place, a group or a thing."""

    PERSON = "person"
    BODY = "body"
    PLACE = "place"
    TIME = "time"
    AMOUNT = "amount"
    GROUP = "group"
    NAME = "name"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words ``[first, last)`` of a question, and up to ``extended`` with what hangs on them ("of Cordalia")."""

    first: int
    last: int
    extended: int
    sort: Sort

    @property
    def length(self) -> int:
        """How many words it has with what hangs on it."""
        return self.extended - self.first


def noun_phrases(words: Sequence[Word]) -> list[Phrase]:
    """Return the noun phrases from left to right."""
    runs = list(_runs(words))
    return [Phrase(first, last, _extended(words, last, dict(runs)), _sort(words, first, last)) for first, last in runs]


def asking_span(words: Sequence[Word]) -> tuple[int, int]:
    """Return ``[first, last)`` of the phrase that asks ("who", "how many of the ships"); empty for none."""
    at = next((at for at, word in enumerate(words) if word.part is Part.ASKING), None)
    if at is None:
        return 0, 0
    first = at - 1 if at and words[at - 1].part is Part.PREPOSITION else at
    last = at + 1
    if words[at].lower in {"what", "which", "whose", "how"}:
        last = _end_of_asked(words, last)
    elif words[at].lower == "where" and last < len(words) and words[last].part is Part.PREPOSITION:
        last = next((end for begin, end in _runs(words) if begin == last + 1), last)
    return first, last


def has_name(words: Sequence[Word]) -> bool:
    """Tell whether a proper name is among the words."""
    return any(word.part is Part.NAME for word in words)


def is_measure(words: Sequence[Word], at: int) -> bool:
    """Tell the "old" of "how old is she": it looks like a noun, and names nothing."""
    is_between = 0 < at < len(words) - 1 and words[at - 1].lower == "how" and words[at + 1].part is Part.AUXILIARY
    return is_between and words[at].part is Part.NOUN and not is_plural(words[at].text)


def _end_of_asked(words: Sequence[Word], at: int) -> int:
    first = at
    while at < len(words):
        word = words[at]
        if at > first and word.lower in lexicon.VERBS and is_plural(words[at - 1].text):
            break
        opens = at + 1 < len(words) and words[at + 1].part in _OPENING
        hangs = word.lower == "of" and opens
        inside = word.part in _INSIDE or (word.part is Part.ARTICLE and words[at - 1].lower == "of")
        if not (hangs or inside or word.lower in {"else", "many", "much", "few", "little"}):
            break
        at += 1
    return at


def _runs(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(words):
        if words[at].part not in _OPENING or is_measure(words, at):
            at += 1
            continue
        end = at + 1
        while end < len(words) and (words[end].part in _INSIDE or _joins(words, end)):
            end += 1
        if any(word.part in _INSIDE for word in words[at:end]):
            yield at, end
        at = end


def _joins(words: Sequence[Word], at: int) -> bool:
    """Tell "and" between two names, and "first" in "the first offer"."""
    if at + 1 == len(words):
        return False
    before, after = words[at - 1], words[at + 1]
    if words[at].lower in {"first", "last"}:
        return before.part in {Part.ARTICLE, Part.POSSESSIVE, Part.NAME} and after.part in {Part.NOUN, Part.NUMBER}
    return words[at].lower in {"and", "&"} and before.part is after.part is Part.NAME


def _extended(words: Sequence[Word], last: int, runs: dict[int, int]) -> int:
    while last + 1 < len(words) and words[last].lower in _HANGING and last + 1 in runs:
        last = runs[last + 1]
    return last


def _sort(words: Sequence[Word], first: int, last: int) -> Sort:
    inside = words[first:last]
    head = inside[-1]
    if any(word.lower in lexicon.TIMES for word in inside) or (head.part is Part.NUMBER and len(head.text) == 4):
        return Sort.TIME
    names = sum(word.part is Part.NAME for word in inside)
    if any(word.lower == "and" for word in inside) or (is_plural(head.text) and head.part is not Part.NAME):
        return Sort.GROUP
    if head.lower in lexicon.ROLES or (names and any(word.lower in lexicon.ROLES for word in inside)):
        return Sort.PERSON
    if head.part is not Part.NAME:
        return Sort.BODY if head.lower in lexicon.COLLECTIVES else Sort.THING
    if first and words[first - 1].lower in PLACING:
        return Sort.PLACE
    is_telling = last < len(words) and base_form(words[last].text) in lexicon.SAYING
    return Sort.PERSON if names == len(inside) > 1 or is_telling else Sort.NAME
