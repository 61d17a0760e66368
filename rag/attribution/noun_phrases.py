"""The noun phrase beside a verb of saying: who speaks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.attribution.saying_words import FINITE

__all__ = ["FULL_NAME", "PRONOUN", "Phrase", "leading_name", "phrase_after", "phrase_before", "sentence_subject"]

MAX_PHRASE_WORDS = 14
"""A longer stretch before a verb is no one's name or office."""

PRONOUN = re.compile(r"(?:he|she|it|they|who|which|that|i|we|you|this|there)$", re.IGNORECASE)

_CAPITAL = r"[^\W\d_a-z][^\W_]*(?:[-'\u2019][^\W_]+)*\.?"
_PARTICLE = r"(?:de|del|der|den|di|van|von|da|dos|al|el|bin|ibn|la|le)"
_NAMES = rf"{_CAPITAL}(?:\s+(?:{_CAPITAL}|{_PARTICLE}))+"
FULL_NAME = re.compile(rf"\s*{_NAMES}\s*$")
_FULL_NAME_ANYWHERE = re.compile(rf"(?<!\w){_NAMES}")
_ENDS_IN_NAME = re.compile(rf"(?<=[a-z]\s){_NAMES}$")
_TITLE = re.compile(
    r"(?:[A-Z][\w-]+ ){0,2}(?:Minister|President|Secretary|Mayor|Governor|Senator|Councillor|Chancellor|Ambassador)\s+"
    r"(?!of\b)"
    r"|(?:Spokes(?:man|woman|person)|Chief Executive|Mr|Mrs|Ms)\s+"
)
_JOINS_NOUNS = re.compile(r"\b(?:the|an?|of|for|from|at|in|with|by|to|and|on|who|which|that)\b")
_SOURCE_OF = re.compile(
    r"(?:figures?|data|documents|results|records|papers|a statement|an? (?:report|study|survey|analysis|letter))"
    r" (?:from|by|of|released by|published by|seen by) (?=\S)",
    re.IGNORECASE,
)
_NO_SUBJECT = re.compile(
    r"(?:as|of|to|that)\b|[\d,.%\s]+(?:\s|$)"
    # What ends so goes on behind the verb, which is a noun then: "in earlier" of "in earlier remarks, which …".
    r"|(?:\S+\s+){0,14}(?:in|on|at|by|of|to|for|from|with|after|before|about|the|an?|his|her|its|their|all|any|no|more"
    r"|early|earlier|first|last|latest|recent|new|old)$",
    re.IGNORECASE,
)
_SHARED = re.compile(r"(?:\b(?:and|but|then|or)|[\u201d\"],? (?:and|but))$", re.IGNORECASE)
_OPENING = re.compile(
    r"(?:(?:and|but|yet|still|so|then|later|earlier|meanwhile|however|today|also|only)\s+"
    r"|(?:on|in|at|by|late on|early on|since|after|before)\s+(?:\S+\s+){1,3}?(?=(?:the|an?|its|his|her|their)\s))",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(
    r"(?:\s+(?:has|have|had|also|later|then|earlier|again|repeatedly|since|now|once|still|already|previously|recently"
    r"|initially|(?!family|ally|reply|assembly)[a-z]+ly|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day))+$"
)
_PAUSE = re.compile(r",(?!\d)|[;:()\u201c\u201d\u2018\"\u2013\u2014]")
_PHRASE_END = re.compile(
    r"[,;:()\u201c\u201d\"\u2013\u2014]|(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bGen)\.(?=\s|$)"
    r"|\s(?:on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|in an? |in (?:his|her|its)"
    r"|to reporters|during|yesterday|after|when|as|but)\b"
)
_TOLD_APART = re.compile(r"\swho\s.*|\s[a-z]+ed (?:by|in|at|from|with|on)\s.*")
_CONJUNCTION = re.compile(r"\s(?:and|but|while|as|because|that|after|before|when|where|if|what|whether)\s")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase that begins at ``begins``, of which ``[start, end)`` is the name or all there is."""

    begins: int
    start: int
    end: int


def phrase_before(text: str, start: int, end: int) -> Phrase | None:
    """Return the subject that ends where a verb begins, looking no further back than ``start``."""
    end = len(text[:end].rstrip())
    auxiliary = _AUXILIARY.search(text, start, end)
    end = auxiliary.start() if auxiliary is not None else end
    if _SHARED.search(text, start, end):
        return sentence_subject(text, start, end)
    is_closed_by_comma = text[start:end].endswith(",")
    if is_closed_by_comma:
        end -= 1
    chunks = _chunks(text, start, end)
    if not chunks:
        return None
    if is_closed_by_comma:
        return _apposed(text, chunks)
    return _subject(text, *chunks[-1])


def phrase_after(text: str, start: int, end: int) -> Phrase | None:
    """Return the subject that begins where a verb ends, as in "said the mayor"."""
    chunks: list[tuple[int, int]] = []
    while len(chunks) < 2 and (not chunks or text[start - 1] == ","):
        stop = _PHRASE_END.search(text, start, end)
        chunks.append(_stripped(text, start, stop.start() if stop is not None else end))
        start = stop.end() if stop is not None else end
    first = chunks[0]
    if first[0] >= first[1] or _NO_SUBJECT.match(text[slice(*first)]) or _holds_verb(text[slice(*first)]):
        return None
    is_name_second = len(chunks) > 1 and FULL_NAME.match(text[slice(*chunks[1])]) is not None
    if is_name_second and FULL_NAME.match(text[slice(*first)]) is None:
        return Phrase(first[0], *chunks[1])
    return _shortened(text, *first)


def sentence_subject(text: str, start: int, end: int) -> Phrase | None:
    """Return the subject of the first verb of ``[start, end)``, which further verbs share: "She left and said …"."""
    verb = FINITE.search(text, start, end)
    return phrase_before(text, start, verb.start()) if verb is not None else None


def leading_name(text: str, start: int, end: int) -> Phrase | None:
    """Return the first full name of a sentence ``[start, end)``, or else its subject: what a pronoun may mean."""
    name = _FULL_NAME_ANYWHERE.search(text, start, end)
    if name is not None:
        return _shortened(text, *name.span())
    verb = FINITE.search(text, start, end)
    return _subject(text, start, verb.start()) if verb is not None else None


def _holds_verb(phrase: str) -> bool:
    """Tell whether a phrase is more than a noun with what tells it apart, as in "analysts polled by the Register"."""
    return FINITE.search(_TOLD_APART.sub(" ", phrase)) is not None


def _chunks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the parts of ``[start, end)`` between commas and the like that hold more than white space."""
    bounds = [start, *(found.end() for found in _PAUSE.finditer(text, start, end)), end + 1]
    parts = [(left, right - 1) for left, right in pairwise(bounds)]
    return [(left, right) for left, right in parts if text[left:right].strip()]


def _apposed(text: str, chunks: Sequence[tuple[int, int]]) -> Phrase | None:
    """Return the name of "the mayor, Ilse Roon," and "Ilse Roon, the mayor,": a single part has no apposition."""
    if len(chunks) < 2:
        return None
    first, last = chunks[-2:]
    phrase = _subject(text, *(last if FULL_NAME.match(text[slice(*last)].strip()) else first))
    return Phrase(first[0], phrase.start, phrase.end) if phrase is not None else None


def _subject(text: str, start: int, end: int) -> Phrase | None:
    """Return the noun phrase at the end of ``[start, end)``; None when what stands there cannot be one."""
    for found in list(_CONJUNCTION.finditer(text, start, end)):
        if FINITE.search(text, start, found.start()) or found.group().strip() not in {"and", "as"}:
            start = found.end()
    start, end = _stripped(text, start, end)
    opening = _OPENING.match(text, start, end)
    start, end = _stripped(text, opening.end() if opening is not None else start, end)
    phrase = text[start:end]
    if not phrase or len(phrase.split()) > MAX_PHRASE_WORDS or FINITE.search(phrase) or _NO_SUBJECT.match(phrase):
        return None
    return _shortened(text, start, end)


def _shortened(text: str, start: int, end: int) -> Phrase | None:
    """Return the name of "mayor Ilse Roon" and the source of "figures from the ministry"; else all of it."""
    begins, end = _stripped(text, start, end)
    start = begins
    for lead in (_SOURCE_OF, _TITLE):
        found = lead.match(text, start, end)
        start = found.end() if found is not None else start
    name = _ENDS_IN_NAME.search(text[start:end])
    if name is not None and name.start() > 0 and not _JOINS_NOUNS.search(text[start : start + name.start()]):
        start += name.start()
    return Phrase(begins, start, end) if start < end else None


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the slice without white space at its ends."""
    kept = text[start:end]
    return start + len(kept) - len(kept.lstrip()), start + len(kept.rstrip())
