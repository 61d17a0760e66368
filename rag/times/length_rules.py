"""How lengths of time are written, and days that are told by them."""

from collections.abc import Sequence
from dataclasses import replace

from rag.answers import TimeKind
from rag.times.date_rules import fields_of
from rag.times.fields import CalendarFields
from rag.times.lengths import Length, Lengths, Shift
from rag.times.readings import Form
from rag.times.reference_rules import day_word
from rag.times.references import Deictic, Named, SameStretch
from rag.times.rules import Rule
from rag.times.stretches import Unit
from rag.times.tokens import Token
from rag.times.vocabulary import listed

__all__ = ["LENGTH_RULES", "length_of"]

_COUNT = "(?:A?KO?|An|[nyA])"
_LENGTH = f"M{{0,2}}(?:{_COUNT}u|kA?u|AuZAk|nZAku)"
_BETWEEN = frozenset(listed("more trading business working consecutive straight full whole calendar additional"))
"""Words that may stand between a number and its unit."""


def length_of(tokens: Sequence[Token]) -> Length | None:
    """Return the length that a number, or a word for one, and a unit make; None if the last is no plain unit."""
    unit = next((token for token in tokens if token.kind == "u"), None)
    if unit is not None and tokens[0].kind in "AT" and _is_attribute(tokens, unit):
        return None
    if any(token.kind == "y" for token in tokens) and not tokens[-1].text.endswith("s"):
        return None
    if unit is None or any(token.kind == "_" and token.text not in _BETWEEN for token in tokens):
        return None
    count: float | None = 1
    for token in tokens:
        if token.kind in "ny":
            count = float(str(token.value))
            break
        if token.kind == "K":
            count = None if token.value is None else float(str(token.value))
            break
    if any(token.kind == "k" for token in tokens):
        is_alone = not any(token.kind in "Zn" for token in tokens)
        count = 0.5 if is_alone else (count or 1) + 0.5
    if unit.value == "fortnight":
        return Length(count=None if count is None else 2 * count, unit=Unit.WEEK)
    return Length(count=count, unit=unit.value) if isinstance(unit.value, Unit) else None


def _for_long(tokens: Sequence[Token]) -> Form | None:
    """Return ``for decades``."""
    return _plural(tokens[1:]) if tokens[-1].text.endswith("s") else None


def _is_attribute(tokens: Sequence[Token], unit: Token) -> bool:
    """Tell whether an article belongs to what follows: ``a five-year low``."""
    return tokens[1].kind in "nyK" and not unit.text.endswith("s") and not unit.text.startswith("centur")


def _plural(tokens: Sequence[Token]) -> Form | None:
    """Return ``weeks`` and ``the early years``: nobody says how many."""
    length = length_of(tokens)
    if length is None:
        return None
    return replace(length, count=None if tokens[-1].text.endswith("s") else 1)


def _from_publication(tokens: Sequence[Token]) -> Form | None:
    """Return ``three weeks ago``, ``three weeks from now``."""
    length = length_of([token for token in tokens if token.kind not in "GFvd"])
    if length is None or (length.count is None and not tokens[0].kind):
        return None
    return Shift(length=length, sign=-1 if tokens[-1].kind == "G" else 1, is_exact=_is_exact(tokens))


def _ago_from_day(tokens: Sequence[Token]) -> Form | None:
    """Return ``a year ago today``: to the day."""
    length = length_of(tokens[:-2])
    return None if length is None else Shift(length=length, sign=-1, origin=day_word(tokens[-1]), is_exact=True)


def _quarter_of(tokens: Sequence[Token]) -> Form | None:
    """Return ``a quarter of a century``, ``a quarter of an hour``."""
    whole = length_of(tokens[-2:])
    if tokens[1].value is not Unit.QUARTER or whole is None:
        return None
    parts = {Unit.CENTURY: (25, Unit.YEAR), Unit.HOUR: (15, Unit.MINUTE), Unit.YEAR: (3, Unit.MONTH)}
    count, unit = parts.get(whole.unit, (None, whole.unit))
    return None if count is None else Length(count=count, unit=unit)


def _ahead(tokens: Sequence[Token]) -> Form | None:
    """Return ``in three weeks``; ``within three weeks`` is a length."""
    length = length_of(tokens[1:])
    if length is None or tokens[0].text != "in":
        return length
    return Shift(length=length, sign=1, only_coming=True, is_exact=_is_exact(tokens))


def _from_focus(tokens: Sequence[Token]) -> Form | None:
    """Return ``two days earlier``, ``a week later``: from what was told before."""
    side = tokens[-1].text
    length = length_of(tokens[:-1])
    if length is None or side not in {"earlier", "before", "later", "after"}:
        return None
    sign = -1 if side in {"earlier", "before"} else 1
    return Shift(length=length, sign=sign, from_focus=True, is_exact=_is_exact(tokens))


def _compared(tokens: Sequence[Token]) -> Form | None:
    """Return the same inside a clause, where ``before`` and ``after`` belong to what follows."""
    return _from_focus(tokens) if tokens[-1].text in {"earlier", "later"} else None


def _from_day(tokens: Sequence[Token]) -> Form | None:
    """Return ``a week from Monday``, ``a fortnight today``, ``two days after Christmas``."""
    at = next(index for index, token in enumerate(tokens) if token.kind == "u")
    length = length_of(tokens[: at + 1])
    side = next((token.text for token in tokens[at + 1 :] if token.kind in "RFB"), "from")
    origin = tokens[-1]
    if length is None or length.count is None or side not in {"from", "on", "after", "before"}:
        return None
    day: Form | None = day_word(origin) if origin.kind == "d" else fields_of([origin])
    if isinstance(day, CalendarFields) and day.weekday is not None and side != "before":
        day = replace(day, which="coming")
    if day is None:
        return None
    count = length.count * (7 if length.unit is Unit.WEEK else 1)
    unit = Unit.DAY if length.unit is Unit.WEEK else length.unit
    return Shift(length=Length(count=count, unit=unit), sign=-1 if side == "before" else 1, origin=day)


def _year_ago(tokens: Sequence[Token]) -> Form | None:
    """Return ``year-ago`` and ``the year-earlier quarter``: what is spoken of, a year before."""
    side = next((token for token in tokens if token.kind in "GR"), None)
    units = [token.value for token in tokens if token.kind == "u"]
    if side is None or side.text not in {"ago", "earlier"} or units[0] is not Unit.YEAR:
        return None
    if len(units) > 1 and units[1] is Unit.QUARTER:
        return SameStretch(unit=Unit.QUARTER, shift=-4)
    return Shift(length=Length(count=1, unit=Unit.YEAR), sign=-1, from_focus=True)


def _counted_day(tokens: Sequence[Token]) -> Form | None:
    """Return ``the third day``, counted from what was told."""
    ordinal, unit = tokens[-2], tokens[-1]
    if unit.value is not Unit.DAY or not 1 < int(str(ordinal.value)) <= 31:
        return None
    return SameStretch(unit=Unit.DAY, shift=int(str(ordinal.value)) - 1)


def _compound(tokens: Sequence[Token]) -> Form | None:
    """Return ``two hours, 24 minutes and 9 seconds``."""
    parts: list[Length] = []
    for at, token in enumerate(tokens):
        if token.kind == "u":
            part = length_of(tokens[at - 1 : at + 1])
            if part is None or part.count is None or (parts and not _is_smaller(part, parts[-1])):
                return None
            parts.append(part)
    return Lengths(parts=tuple(parts))


def _is_smaller(one: Length, other: Length) -> bool:
    order = list(Unit)
    return order.index(one.unit) < order.index(other.unit)


def _the_years_end(tokens: Sequence[Token]) -> Form | None:
    """Return ``year-end``, ``the year's end``."""
    unit = next(token for token in tokens if token.kind == "u")
    if tokens[-1].text != "end" or not isinstance(unit.value, Unit) or unit.value.is_within_day:
        return None
    return Deictic(unit=unit.value, shift=0)


def _end_of_year(tokens: Sequence[Token]) -> Form | None:
    """Return ``year-end 2025``."""
    return fields_of(tokens[-1:]) if _the_years_end(tokens[:-1]) is not None else None


def _first_day_of(tokens: Sequence[Token]) -> Form | None:
    """Take ``the first day of spring`` for what it is: no day that the calendar of months gives."""
    is_day = tokens[2].value is Unit.DAY
    return Named(kind=TimeKind.DATE, value="", granularity=Unit.DAY, rule="a day of a whole") if is_day else None


def _is_exact(tokens: Sequence[Token]) -> bool:
    return any(token.text == "exactly" for token in tokens)


LENGTH_RULES = (
    Rule(_LENGTH, length_of),
    Rule(f"M?{_COUNT}_u", length_of),
    Rule("M?nZn_?u", length_of),
    Rule(f"T?[LNH]M?{_COUNT}_?u", length_of),
    Rule("T?[ToLN]nu", length_of),
    Rule("u", _plural, is_loose=True),
    Rule("[TLNM]{0,2}E?u", _plural, is_loose=True),
    Rule("[rI]u", _for_long),
    Rule(f"{_LENGTH}G", _from_publication),
    Rule("uG", _from_publication),
    Rule(f"{_LENGTH}Gd", _ago_from_day),
    Rule("AuOAu", _quarter_of),
    Rule(f"{_LENGTH}F[vd]", _from_publication),
    Rule(f"I{_LENGTH}", _ahead),
    Rule(f"{_LENGTH}[RF]", _compared),
    Rule(f"{_LENGTH}[RF](?=[.,]|$)", _from_focus),
    Rule(f"{_COUNT}u[FBR]?[wdh]", _from_day),
    Rule("T?u[GR]u?", _year_ago),
    Rule("Tou", _counted_day),
    Rule("[nA]u(?:,?Z?[nA]u){1,3}", _compound),
    Rule("T?uS?E", _the_years_end),
    Rule("T?uS?E[yY]", _end_of_year),
    Rule("TouO[su]?", _first_day_of),
)
