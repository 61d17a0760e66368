"""What kind of answer a question asks for, and whether a span looks like one. English; others count as ``WHAT``."""

import re
from enum import StrEnum

__all__ = ["QuestionKind", "question_kind", "suits_kind"]


class QuestionKind(StrEnum):
    """The kind of answer asked for."""

    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    HOW_MANY = "how_many"
    HOW_LONG = "how_long"
    WHY = "why"
    HOW = "how"
    WHICH = "which"
    WHAT = "what"


_MONTH_OR_DAY = (
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
)
_TIME_WORD = rf"{_MONTH_OR_DAY}|spring|summer|autumn|winter|today|tonight|tomorrow|yesterday|noon|midnight|morning"
_UNIT = r"(?:second|minute|hour|day|night|week|fortnight|month|quarter|season|year|decade)s?"
_NUMBER_WORD = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen|[a-z]+ty|hundred|thousand|million"
    r"|billion|half|dozens?|an?|no|several"
)

_ASKS = [
    (
        QuestionKind.HOW_LONG,
        re.compile(r"\bhow long\b|\bfor how many (?:days|weeks|months|years|hours)\b|\bduration\b"),
    ),
    (QuestionKind.HOW_MANY, re.compile(r"\bhow (?:many|much|old|far|fast|high|tall|big|large|cold|hot|deep|often)\b")),
    (
        QuestionKind.WHEN,
        re.compile(r"\bwhen\b|\bwhat (?:day|date|time|year|month)\b|\bwhich (?:day|date|year|month)\b"),
    ),
    (QuestionKind.WHO, re.compile(r"\bwho(?:m|se|s)?\b|\bwho['\u2019]s\b")),
    (QuestionKind.WHERE, re.compile(r"\bwhere\b")),
    (QuestionKind.WHY, re.compile(r"\bwhy\b|\bwhat (?:for|caused)\b|\bhow come\b|\breasons?\b")),
    (QuestionKind.WHICH, re.compile(r"\bwhich\b")),
    (QuestionKind.HOW, re.compile(r"\bhow\b")),
]

_LOOKS_LIKE = {
    QuestionKind.WHO: re.compile(r"\b[^\W\d_a-z]\w"),
    QuestionKind.WHERE: re.compile(r"\b[^\W\d_a-z]\w"),
    QuestionKind.WHEN: re.compile(rf"\d|\b(?:{_TIME_WORD}|{_UNIT})\b", re.IGNORECASE),
    QuestionKind.HOW_MANY: re.compile(rf"\d|\b(?:{_NUMBER_WORD})\b", re.IGNORECASE),
    QuestionKind.HOW_LONG: re.compile(rf"\b(?:{_UNIT}|until|{_MONTH_OR_DAY})\b", re.IGNORECASE),
}


def question_kind(question: str) -> QuestionKind:
    """Return the kind of answer a question asks for; one without a question word asks ``WHAT``."""
    lowered = question.lower()
    return next((kind for kind, asks in _ASKS if asks.search(lowered)), QuestionKind.WHAT)


def suits_kind(span: str, kind: QuestionKind) -> bool:
    """Tell whether a span can be an answer of this kind: a name, a time, a number; any span suits the open kinds."""
    looks_like = _LOOKS_LIKE.get(kind)
    return looks_like is None or looks_like.search(span) is not None
