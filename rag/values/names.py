"""Names of people, places and bodies, in longer and shorter forms and other spellings."""

import re
import unicodedata

__all__ = ["is_same_name", "name_words"]

_WORD = re.compile(r"[^\W_]+(?:[-'\u2019][^\W_]+)*")
_BESIDE_NAMES = re.compile(
    # Titles and offices
    r"mr|mrs|ms|miss|dr|sir|lady|lord|dame|prof|professor|president|vice|prime|minister|chancellor|king|queen|prince"
    r"|princess|general|colonel|captain|admiral|major|judge|justice|senator|governor|mayor|secretary|chief|director"
    r"|chair(?:man|woman)?|spokes(?:man|woman|person)|ambassador|envoy|pope|archbishop|bishop|coach|foreign|interior"
    r"|defen[cs]e|finance|energy|health|executive"
    # and what stands between them and a name
    r"|the|an?|of|and|by|from|in|on|at|to|for|said|former|then"
)
_SPELLING_CHARS = 6
"""Shorter words are different names when they differ in a letter: Kiel is not Kyiv, Tom not Tim."""

_SPELLING_EDITS = 1


def name_words(text: str) -> tuple[str, ...] | None:
    """Return the words of the name that a text holds, folded; None when it holds more than a name with titles."""
    words = [word for word in _WORD.findall(text) if not _BESIDE_NAMES.fullmatch(_folded(word))]
    is_name = bool(words) and all(word[0].isupper() for word in words)
    return tuple(map(_folded, words)) if is_name else None


def is_same_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether the words of one name stand in a row in the other, give or take a letter of a long word."""
    shorter, longer = sorted((one, other), key=len)
    return bool(shorter) and any(
        all(map(_is_same_word, shorter, longer[at : at + len(shorter)])) for at in range(len(longer) - len(shorter) + 1)
    )


def _is_same_word(one: str, other: str) -> bool:
    if one == other or min(len(one), len(other)) < _SPELLING_CHARS or abs(len(one) - len(other)) > _SPELLING_EDITS:
        return one == other
    from rapidfuzz.distance import Levenshtein  # Some 10 ms to import, and rarely needed.

    return Levenshtein.distance(one, other, score_cutoff=_SPELLING_EDITS) <= _SPELLING_EDITS


def _folded(word: str) -> str:
    """Return a word in lower case, without accents and the genitive."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))
    return plain.casefold().replace("\u2019", "'").removesuffix("'s").rstrip("'")
