"""A cheap look at whether words may hold a time, before anything that reads them is loaded."""

import re

__all__ = ["may_hold_time"]

_SIGNS = re.compile(
    r"\d|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)\b"
    r"|january|february|march|april|august|september|october|november|december|day\b|days\b"
    r"|week|month|year|quarter|decade|centur|hour|minute|second|fortnight|daily|hourly|annual"
    r"|spring|summer|autumn|fall\b|winter|morning|afternoon|evening|night|noon|dawn|dusk|tomorrow"
    r"|easter|christmas|pentecost|thanksgiving|halloween|new year|\beve\b|epiphany|juneteenth"
    r"|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|later|earlier"
    r"|nineteen|twenty|\bnow\b|current|present|recent|soon|future|shortly",
    re.IGNORECASE,
)
_LOOKED_AT_CHARS = 500


def may_hold_time(words: str) -> bool:
    """Tell whether a time may be named; most words in which none is are told at once."""
    return _SIGNS.search(words[:_LOOKED_AT_CHARS]) is not None
