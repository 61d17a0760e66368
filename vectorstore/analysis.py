"""What the lexical index sees of a text: folded words, English ones by their stem, runs without spaces by characters.

Index, query and oracle all cut text here, so that they cannot disagree.
"""

import re
import unicodedata
from functools import cache, lru_cache

import Stemmer

__all__ = ["ANALYSER", "MAX_QUERY_CHARS", "MAX_TERMS", "STOP_WORDS", "query_terms", "terms_in"]

ANALYSER = f"1, snowball english {Stemmer.version()}, unicode {unicodedata.unidata_version}"
"""Goes with every index; the number goes up with every change of this module. An index of another is built again."""

MAX_QUERY_CHARS = 4_000
MAX_TERMS = 64
"""Bounds on what one question can cost; a person's question has a fifth of them at most."""

MAX_WORD_CHARS = 256
"""Longer runs of letters are cut, since folding a run of marks takes the square of its length."""

_ENGLISH_GRAMMAR = """
a about after am an and are as at be been before being between but by can could did do does done during for from had
has have having he her here him his how i if in into is it its may me might must my no not of on or our over s shall
she should so t than that the their them then there these they this those to was we were what when where which who
whom whose why will with would you your
"""
STOP_WORDS = frozenset(_ENGLISH_GRAMMAR.split())
"""English words of grammar, and what an apostrophe leaves of them, found in most passages: queries without them find
better and cost a third. Source: docs/decisions/002 and 017."""

_WORD = re.compile(rf"[^\W_]{{1,{MAX_WORD_CHARS}}}")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U000323af]+"
)
"""Thai, Lao, Burmese, Khmer, kana, Han and Hangul, whose words stand in longer runs."""
_RUNS = re.compile(f"({_UNSPACED.pattern})")

_UNWRITTEN = dict.fromkeys([*range(0x300, 0x370), *range(0x591, 0x5C8), 0x640, *range(0x64B, 0x660), 0x670])
"""Accents, Hebrew points, Arabic vowels and stretching, which people leave out; marks of other scripts are letters."""


def terms_in(text: str) -> list[str]:
    """Return the terms of a text in order; of a run without spaces, every character and every pair of neighbours."""
    return [term for word in _words(text) for term in _terms_of_word(word)]


def query_terms(query: str) -> list[str]:
    """Return the terms that a query looks for, each once, in order; at most ``MAX_TERMS``.

    Stop words are left out, unless in capitals (WHO) or when there is nothing else (to be or not to be). A run without
    spaces is looked for by its pairs of neighbours, and by its character only where it has but one.
    """
    words = _words(query[:MAX_QUERY_CHARS])
    telling = [word for word in words if word.isupper() or word.lower() not in STOP_WORDS]
    terms = dict.fromkeys(term for word in telling or words for term in _query_terms_of_word(word))
    return list(terms)[:MAX_TERMS]


def _words(text: str) -> list[str]:
    is_marked = not text.isascii() and re.search(_marks(), text) is not None
    return (_marked_word() if is_marked else _WORD).findall(text)


@cache
def _marked_word() -> re.Pattern[str]:
    """Return the pattern of a word with marks, which alone are no part of one; it takes five times as long."""
    return re.compile(rf"(?:[^\W_]|{_marks()}){{1,{MAX_WORD_CHARS}}}")


@cache
def _marks() -> str:
    """Return a class of the marks of letters in the basic plane, for a pattern; one with others is searched slowly."""
    return "[" + "".join(chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M") + "]"


@lru_cache(maxsize=100_000)
def _terms_of_word(word: str) -> tuple[str, ...]:
    terms: list[str] = []
    for run in _runs(word):
        terms += [*run, *_pairs(run)] if _UNSPACED.match(run) else [_stem(run)]
    return tuple(terms)


@lru_cache(maxsize=10_000)
def _query_terms_of_word(word: str) -> tuple[str, ...]:
    terms: list[str] = []
    for run in _runs(word):
        terms += (_pairs(run) or [run]) if _UNSPACED.match(run) else [_stem(run)]
    return tuple(terms)


def _runs(word: str) -> list[str]:
    """Fold a word and cut it where a script without spaces begins or ends; what a word of marks leaves is nothing."""
    return [run for run in _RUNS.split(_folded(word)) if run]


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    # Characters of one compatibility form count as equal (full-width letters); NFC joins Hangul again.
    bare = unicodedata.normalize("NFKD", word).translate(_UNWRITTEN)
    return unicodedata.normalize("NFC", bare).casefold()


_STEMMER = Stemmer.Stemmer("english", 0)


def _stem(word: str) -> str:
    stem: str = _STEMMER.stemWord(word)
    return stem
