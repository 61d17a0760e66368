"""The English words of time: what kind of word each is, by one letter, and its value.

====  ==========================================  ====  ==========================================
n     a number                                    T     the
o     an ordinal                                  A     a, an (also the number one)
y     a year of four digits, or '98               H     this, current
e     a decade: 1990s, nineties                   L     last, past, previous
m     a month                                     N     next, coming
w, W  a weekday; on several of them               D     that, same
u     a unit of time: its Unit                    G     ago
s, t  a season; several of them                   R     earlier, before
p, P  a part of the day; of several days          F     later, after, from
c     a time of the clock, in minutes             I     in, within
z     a time zone                                 O     of
h     a holiday, by name                          E     early, late, mid, beginning, end
i     a whole date in figures                     V     every, each
d     today, yesterday: days from the anchor      K     few, several
q     Q3, H1: its Unit and number                 B     on, by, at, until, since
f     daily, annually: its Unit                   J     from, between
v     now, recently, soon: its reference          Z     to, through, and, a dash
x     fiscal                                      M     about, nearly, more than
k, X  half; once, twice, times                    S     's
b     BC                                          C     the calendars of others: Ramadan, Farvardin
_     any other word                              .     any other mark
Y     two years: 2025-26                          , -   a comma; a dash between figures
====  ==========================================  ====  ==========================================
"""

from typing import Final

from rag.times.stretches import Unit

__all__ = ["ABBREVIATED", "WORDS", "ZONES", "Word", "listed"]

Word = tuple[str, object]
"""Its kind and its value."""


def listed(words: str) -> list[str]:
    """Return the words of a list that is written as text."""
    return words.split()


_MONTHS = listed(
    "january february march april may june july august september october november december"
    " jan feb mar apr may jun jul aug sep oct nov dec"
)
_WEEKDAYS = listed("monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun")
_UNITS = {
    "second": Unit.SECOND,
    "minute": Unit.MINUTE,
    "min": Unit.MINUTE,
    "hour": Unit.HOUR,
    "day": Unit.DAY,
    "weekend": Unit.WEEKEND,
    "week": Unit.WEEK,
    "month": Unit.MONTH,
    "quarter": Unit.QUARTER,
    "year": Unit.YEAR,
    "decade": Unit.DECADE,
    "century": Unit.CENTURY,
    "millennium": Unit.MILLENNIUM,
}
_PLURALS = {"centuries": Unit.CENTURY, "millennia": Unit.MILLENNIUM}
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_SMALL = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_ORDINALS = listed(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth"
)
_PARTS = {
    "morning": "MO",
    "forenoon": "MO",
    "dawn": "MO",
    "daybreak": "MO",
    "sunrise": "MO",
    "lunchtime": "MI",
    "midday": "MI",
    "afternoon": "AF",
    "evening": "EV",
    "dusk": "EV",
    "sunset": "EV",
    "night": "NI",
    "nighttime": "NI",
    "overnight": "NI",
}

ABBREVIATED = frozenset(
    listed("jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun")
)
"""Words that may end in a full stop of their own."""

ZONES: Final[dict[str, str]] = {
    "gmt": "+00:00",
    "utc": "+00:00",
    "z": "+00:00",
    "bst": "+01:00",
    "wet": "+00:00",
    "cet": "+01:00",
    "cest": "+02:00",
    "eet": "+02:00",
    "eest": "+03:00",
    "msk": "+03:00",
    "est": "-05:00",
    "edt": "-04:00",
    "cst": "-06:00",
    "cdt": "-05:00",
    "mst": "-07:00",
    "mdt": "-06:00",
    "pst": "-08:00",
    "pdt": "-07:00",
    "jst": "+09:00",
}
"""Offsets from UTC of the zones that news in English abbreviates, as it means them (CST is the American one)."""


def _groups() -> dict[str, Word]:
    """Return the words that come in kinds without a value of their own."""
    groups = {
        "T": "the",
        "A": "a an",
        "H": "this current these present",
        "L": "last past previous preceding prior latest",
        "N": "next coming upcoming following",
        "D": "that same",
        "G": "ago",
        "R": "earlier before",
        "F": "later after hence from",
        "I": "in within",
        "O": "of",
        "r": "for",
        "V": "every each",
        "B": "on by at until till since during throughout",
        "J": "between",
        "Z": "to through and \u2013 \u2014 until or",
        "x": "fiscal financial",
        "k": "half",
        "b": "bc bce",
        "X": "once twice times",
        ",": ",",
        "-": "-",
    }
    return {word: (kind, word) for kind, words in reversed(groups.items()) for word in words.split()}


def _valued() -> dict[str, Word]:
    words: dict[str, Word] = {}
    words |= {name: ("m", at % 12 + 1) for at, name in enumerate(_MONTHS)} | {"sept": ("m", 9)}
    words |= {name: ("w", at % 7) for at, name in enumerate(_WEEKDAYS)} | {"tues": ("w", 1), "thurs": ("w", 3)}
    words |= {f"{name}s": ("W", at) for at, name in enumerate(_WEEKDAYS[:7])}
    words |= {name: ("u", unit) for name, unit in _UNITS.items()}
    words |= {f"{name}s": ("u", unit) for name, unit in _UNITS.items()} | {w: ("u", u) for w, u in _PLURALS.items()}
    words |= {"fortnight": ("u", "fortnight"), "fortnights": ("u", "fortnight")}
    words |= {name: ("n", at) for at, name in enumerate(_SMALL) if at} | {w: ("n", v) for w, v in _TENS.items()}
    words |= {"hundred": ("n", 100), "thousand": ("n", 1000)}
    words |= {name: ("o", at) for at, name in enumerate(_ORDINALS, start=1)} | {"thirtieth": ("o", 30)}
    words |= {"spring": ("s", 3), "summer": ("s", 6), "autumn": ("s", 9), "fall": ("s", 9), "winter": ("s", 12)}
    words |= {"summers": ("t", 6), "winters": ("t", 12)}
    words |= {name: ("p", part) for name, part in _PARTS.items()}
    words |= {f"{name}s": ("P", part) for name, part in _PARTS.items()}
    words |= {f"{name[:-1]}ies": ("e", tens) for name, tens in _TENS.items()}
    words |= {"noon": ("c", 720), "midnight": ("c", 1440)}
    words |= {"today": ("d", 0), "yesterday": ("d", -1), "tomorrow": ("d", 1), "tonight": ("d", "tonight")}
    return words


def _references() -> dict[str, Word]:
    now = "now currently nowadays presently"
    past = "recently previously recent formerly lately"
    coming = "soon future shortly"
    words: dict[str, Word] = dict.fromkeys(now.split(), ("v", "PRESENT_REF"))
    words |= dict.fromkeys(past.split(), ("v", "PAST_REF"))
    words |= dict.fromkeys(coming.split(), ("v", "FUTURE_REF"))
    return words


def _others() -> dict[str, Word]:
    edges = {"early": "START", "beginning": "START", "start": "START", "mid": "MID", "middle": "MID"}
    edges |= {"late": "END", "end": "END", "close": "END"}
    frequencies = {"hourly": "T1H", "daily": "1D", "nightly": "1D", "weekly": "1W", "fortnightly": "2W"}
    frequencies |= {"monthly": "1M", "quarterly": "3M", "annually": "1Y", "yearly": "1Y", "annual": "1Y"}
    words: dict[str, Word] = {word: ("E", edge) for word, edge in edges.items()}
    words |= {word: ("f", f"P{value}") for word, value in frequencies.items()}
    words |= dict.fromkeys(listed("few several some many couple"), ("K", None)) | {"couple": ("K", 2)}
    words |= {word: ("M", word) for word in listed("about nearly almost roughly approximately exactly around over")}
    words |= {name: ("z", offset) for name, offset in ZONES.items() if len(name) > 1}
    months = "muharram safar rajab shaban ramadan shawwal farvardin ordibehesht khordad mordad shahrivar mehr aban azar"
    months += (
        " bahman esfand nisan iyar sivan tammuz av elul tishrei cheshvan kislev tevet shevat adar brumaire germinal"
    )
    return words | {name: ("C", name) for name in months.split() if name not in {"av", "mehr"}}


WORDS: Final[dict[str, Word]] = _groups() | _valued() | _references() | _others()
"""By their lower-case form."""
