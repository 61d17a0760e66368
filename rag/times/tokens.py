"""Cuts text into words of time, each with its kind, so that a grammar can be written over the kinds alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.times.holidays import HOLIDAY_WORDS, match_holiday
from rag.times.pieces import PIECE, kind_and_value
from rag.times.vocabulary import ABBREVIATED, listed

__all__ = ["Token", "kinds_of", "tokens_of"]

_SHORT_WEEKDAYS = frozenset(listed("sun sat mon wed"))
"""Words that name a weekday only beside a date, or with a full stop."""

_HEDGES = frozenset(
    {("more", "than"), ("less", "than"), ("fewer", "than"), ("at", "least"), ("at", "most"), ("up", "to")}
)
"""Pairs of words that are said of a length, and leave its value."""

_MONEY = frozenset("$£€¥")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of time at ``[start, end)``: its kind and value as in the vocabulary, and itself in lower case.

    Attributes:
        is_joined: Whether a hyphen joins it to the word before: ``week`` in ``two-week``.
    """

    kind: str
    value: object
    start: int
    end: int
    text: str
    is_joined: bool = False


def tokens_of(text: str) -> list[Token]:
    """Return every word, number and mark of a text, in order."""
    tokens: list[Token] = []
    is_joined = False
    for found in PIECE.finditer(text):
        kind, value = kind_and_value(found)
        token = Token(kind, value, found.start(), found.end(), found[0].lower(), is_joined)
        if token.kind == "-" and _joins_words(text, token):
            is_joined = True
            continue
        is_joined = False
        if token.text == "." and tokens and tokens[-1].text in ABBREVIATED and tokens[-1].end == token.start:
            tokens[-1] = replace(tokens[-1], end=token.end)
            continue
        if tokens and tokens[-1].text in _MONEY and token.kind in "ny":
            token = replace(token, kind="_")
        tokens.append(token)
    return _merged(tokens)


def kinds_of(tokens: Sequence[Token]) -> str:
    """Return the kinds of tokens, one letter each."""
    return "".join(token.kind for token in tokens)


def _joins_words(text: str, hyphen: Token) -> bool:
    """Tell whether a hyphen stands within a word such as ``three-day``, not between figures."""
    before, after = text[hyphen.start - 1 : hyphen.start], text[hyphen.end : hyphen.end + 1]
    return before.isalnum() and after.isalnum() and (before.isalpha() or after.isalpha())


def _merged(tokens: list[Token]) -> list[Token]:
    """Join what is one word of time: ``twenty four``, ``nineteen ninety-six``, ``2000 GMT``, ``Good Friday``."""
    merged: list[Token] = []
    at = 0
    while at < len(tokens):
        token, count = tokens[at], 1
        if token.kind == "n" and token.text.isalpha():
            token, count = _number_words(tokens, at)
        elif token.text in _SHORT_WEEKDAYS and not _leads_date(tokens, at):
            token = replace(token, kind="_")
        elif (token.text, tokens[at + 1].text if at + 1 < len(tokens) else "") in _HEDGES:
            token, count = replace(token, kind="M", end=tokens[at + 1].end), 2
        elif token.text in HOLIDAY_WORDS:
            token, count = _holiday(tokens, at)
        elif (
            token.kind in "yn" and at + 1 < len(tokens) and tokens[at + 1].kind == "z" and _is_four_figures(token.text)
        ):
            hour, minute = divmod(int(token.text), 100)
            if hour < 25 and minute < 60:
                token = replace(token, kind="c", value=hour * 60 + minute)
        merged.append(token)
        at += count
    return merged


def _is_four_figures(text: str) -> bool:
    return len(text) == 4 and text.isdecimal()


def _leads_date(tokens: list[Token], at: int) -> bool:
    """Tell whether a short weekday ends in a full stop or stands before a date."""
    is_abbreviated = tokens[at].end - tokens[at].start > len(tokens[at].text)
    following = [token.kind for token in tokens[at + 1 : at + 3]]
    return is_abbreviated or bool({"m", "i"} & set(following))


def _holiday(tokens: list[Token], at: int) -> tuple[Token, int]:
    name, count = match_holiday([token.text for token in tokens[at : at + 5]])
    if name is None:
        return tokens[at], 1
    return Token("h", name, tokens[at].start, tokens[at + count - 1].end, name), count


def _number_words(tokens: list[Token], at: int) -> tuple[Token, int]:
    """Return the number that words from here on make, and how many they are."""
    count = 1
    while at + count < len(tokens) and tokens[at + count].kind == "n" and tokens[at + count].text.isalpha():
        count += 1
    values = [int(str(token.value)) for token in tokens[at : at + count]]
    first, last = tokens[at], tokens[at + count - 1]
    kind, value = _worth(values)
    following = tokens[at + count] if at + count < len(tokens) else None
    if (
        following is not None
        and following.kind == "o"
        and values[-1] in range(20, 100, 10)
        and following.text.isalpha()
    ):
        return Token("o", value + int(str(following.value)), first.start, following.end, following.text), count + 1
    return Token(kind, value, first.start, last.end, " ".join(token.text for token in tokens[at : at + count])), count


def _worth(values: list[int]) -> tuple[str, int]:
    """Return the value of number words in order; two numbers side by side are the halves of a year."""
    if len(values) > 1 and values[0] in range(13, 21) and values[1] >= 10 and values[1] < 100:
        return "y", values[0] * 100 + sum(values[1:])
    total = current = 0
    for value in values[:12]:
        if value == 1000:
            total, current = total + max(current, 1) * value, 0
        elif value == 100:
            current = max(current, 1) * value
        else:
            current += value
    return "n", total + current
