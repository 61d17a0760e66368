"""Cuts text into words of time, each with its kind, so that a grammar can be written over the kinds alone."""

import re
from dataclasses import dataclass, replace

from rag.times.holidays import HOLIDAY_WORDS, match_holiday
from rag.times.stretches import Unit
from rag.times.vocabulary import ABBREVIATED, WORDS, listed

__all__ = ["Token", "kinds_of", "tokens_of"]

_PIECE = re.compile(
    r"(?P<iso>\d{4}-\d{2}-\d{2})(?:[T ](?P<isoclock>\d{2}:\d{2}))?(?![\d-])"
    r"|(?P<figures>\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)\d{2,4})(?![\d/])"
    r"|(?P<half>\d{1,3}(?:,\d{3})* ?(?:1/2|½))(?![\d/])"
    r"|(?P<pair>[12]\d{3}[-/–]\d{2})(?![\d/-])"
    r"|(?P<clock12>(?:1[0-2]|0?[1-9])(?:[.:][0-5]\d)?\s?(?P<noon>[ap])\.?m\b\.?)"
    r"|(?P<clock24>(?:[01]?\d|2[0-4]):[0-5]\d)(?::[0-5]\d)?(?![\d:])"
    r"|(?P<decade>['\u2019]?\d{2,4}s)\b"
    r"|(?P<short>['\u2019]\d{2})(?!\w)"
    r"|(?P<ordinal>\d{1,2})(?:st|nd|rd|th)\b"
    r"|(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d%])"
    r"|(?P<quarter>[QH][1-4])\b"
    r"|(?P<possessive>['\u2019]s\b|(?<=s)['\u2019](?= ))"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<other>\S)",
    re.IGNORECASE,
)
_CAPITALISED = frozenset(listed("may march mar sat sun mon wed dec august"))
"""Words that mean something else without a capital letter."""

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
    for found in _PIECE.finditer(text):
        token = _token(found)
        if token.kind == "-" and _joins_words(text, token):
            is_joined = True
            continue
        token, is_joined = replace(token, is_joined=is_joined), False
        if token.text == "." and tokens and tokens[-1].text in ABBREVIATED and tokens[-1].end == token.start:
            tokens[-1] = replace(tokens[-1], end=token.end)
            continue
        if tokens and tokens[-1].text in _MONEY and token.kind in "ny":
            token = replace(token, kind="_")
        tokens.append(token)
    return _merged(tokens)


def kinds_of(tokens: list[Token]) -> str:
    """Return the kinds of tokens, one letter each."""
    return "".join(token.kind for token in tokens)


def _token(found: re.Match[str]) -> Token:
    kind, value = _valued(found)
    return Token(kind, value, found.start(), found.end(), found[0].lower())


def _valued(found: re.Match[str]) -> tuple[str, object]:
    text = found[0]
    match found.lastgroup:
        case "word":
            lowered = text.lower()
            is_other = lowered in _CAPITALISED and text[0].islower()
            return ("_", None) if is_other else WORDS.get(lowered, ("_", None))
        case "number":
            return _number(text)
        case "ordinal":
            return "o", int(found["ordinal"])
        case "clock12" | "noon":
            return "c", _minutes(found["clock12"], found["noon"].lower())
        case "clock24":
            return "c", _minutes(found["clock24"], None)
        case "decade":
            return "e", int(text.strip("'\u2019sS"))
        case "short":
            return "y", int(text[1:])
        case "half":
            return "n", int(re.split(r"[ ½]", text.replace(",", ""))[0].removesuffix("1/2") or 0) + 0.5
        case "pair":
            return "Y", int(text[:4])
        case "quarter":
            return "q", (Unit.QUARTER if text[0] in "Qq" else Unit.HALF, int(text[1]))
        case "possessive":
            return "S", None
        case _:
            if found["iso"] or found["figures"]:
                return "i", text
            return WORDS.get(text, (".", None))


def _number(text: str) -> tuple[str, object]:
    plain = text.replace(",", "")
    if "." in plain:
        return "n", float(plain[:15])
    is_year = len(text) == 4 and text >= "1000"
    return ("y" if is_year else "n"), int(plain[:9])


def _minutes(clock: str, noon: str | None) -> int:
    hours, minutes = re.fullmatch(r"(\d{1,2})(?:[.:](\d{2}))?.*", clock).groups(default="0")  # type: ignore[union-attr]
    hour = int(hours) if noon is None else int(hours) % 12 + 12 * (noon == "p")
    return hour * 60 + int(minutes)


def _joins_words(text: str, hyphen: Token) -> bool:
    """Tell whether a hyphen stands within a word such as ``three-day``, not between figures."""
    before, after = text[hyphen.start - 1 : hyphen.start], text[hyphen.end : hyphen.end + 1]
    return after.isalpha() and before.isalnum()


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
        elif token.kind in "yn" and at + 1 < len(tokens) and tokens[at + 1].kind == "z" and len(token.text) == 4:
            hour, minute = divmod(int(token.text), 100)
            if hour < 25 and minute < 60:
                token = replace(token, kind="c", value=hour * 60 + minute)
        merged.append(token)
        at += count
    return merged


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
