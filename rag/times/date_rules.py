"""How dates of the calendar are written."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answers import TimeKind
from rag.times.fields import CalendarFields
from rag.times.numeric_dates import NumericDate
from rag.times.ranges import TimeRange
from rag.times.readings import Form
from rag.times.references import Deictic, Guess, Named, NumberedWeek, OrdinalWeekday, WholeDecade
from rag.times.rules import Rule
from rag.times.stretches import Unit
from rag.times.tokens import Token

__all__ = ["DATE_RULES", "DAY", "YEAR", "fields_of", "which_of"]

FIRST_YEAR, LAST_YEAR = 1400, 2100
"""Between them a number of four digits is taken for a year where nothing else tells it is one."""

YEAR = "(?:[yY]|[LHN]u|Tu)"
DAY = "(?:T?[no]O?m|mT?[no])"


def which_of(tokens: Sequence[Token]) -> str | None:
    """Return ``last``, ``this``, ``next`` or ``coming``, as the words before a name say."""
    texts = [token.text for token in tokens if token.kind in "LHN"]
    if not texts:
        return None
    if texts[-1] in {"coming", "upcoming"}:
        return "coming"
    kind = next(token.kind for token in reversed(tokens) if token.kind in "LHN")
    return {"L": "last", "H": "this", "N": "next"}[kind]


def fields_of(tokens: Sequence[Token]) -> CalendarFields | None:
    """Return what the words of a date name; None for a number that is no day, or a unit that is no year."""
    fields = CalendarFields()
    pending: list[Token] = []
    for token in tokens:
        match token.kind:
            case "L" | "H" | "N":
                pending.append(token)
            case "w":
                fields, pending = replace(fields, weekday=_int(token), which=which_of(pending)), []
            case "m":
                fields, pending = replace(fields, month=_int(token), which=fields.which or which_of(pending)), []
            case "s":
                fields = replace(fields, part=(Unit.SEASON, _int(token)), which=which_of(pending))
                pending = []
            case "h":
                fields, pending = replace(fields, holiday=token.text, which=which_of(pending)), []
            case "y" | "Y":
                fields = replace(fields, year=_int(token), is_short_year=_is_short(token))
            case "n" | "o":
                if not 1 <= float(str(token.value)) <= 31 or isinstance(token.value, float):
                    return None
                fields = replace(fields, day=_int(token))
            case "u":
                if token.value is not Unit.YEAR or token.text.endswith("s"):
                    return None
                shift = {"last": -1, "next": 1, "coming": 1}.get(which_of(pending) or "", 0)
                fields, pending = replace(fields, year_shift=shift), []
    return fields


def _part_of_year(tokens: Sequence[Token]) -> Form | None:
    """Return a quarter or half by its number: ``the third quarter of 1984``, ``Q1 2027``, ``the first half``."""
    named = next((token for token in tokens if token.kind in "qk" or token.value is Unit.QUARTER), None)
    if named is None:
        return None
    if named.kind == "q" and isinstance(named.value, tuple):
        part = named.value
        others = [token for token in tokens if token is not named]
    else:
        ordinal = next((token for token in tokens if token.kind == "o" or token.text == "last"), None)
        if ordinal is None:
            return None
        if named.is_joined and tokens[0].kind == "T":
            return None
        unit = Unit.HALF if named.kind == "k" else Unit.QUARTER
        number = _int(ordinal) if ordinal.kind == "o" else {Unit.HALF: 2, Unit.QUARTER: 4}[unit]
        part = unit, number
        others = [token for token in tokens if token is not named and token is not ordinal]
    fields = fields_of(others)
    if fields is None or not 1 <= part[1] <= (2 if part[0] is Unit.HALF else 4):
        return None
    whole = replace(fields, part=part, which=None)
    return Guess(form=whole) if any(token.kind == "x" for token in tokens) else whole


def _season(tokens: Sequence[Token]) -> Form | None:
    return None if len(tokens) == 1 and tokens[0].text == "fall" else fields_of(tokens)


def _year(tokens: Sequence[Token]) -> Form | None:
    year = next(token for token in tokens if token.kind in "nyY")
    if any(token.kind == "b" for token in tokens):
        return Named(kind=TimeKind.DATE, value=f"BC{_int(year):04}", granularity=Unit.YEAR, rule="before Christ")
    if any(token.kind == "x" for token in tokens):
        ends = _int(year) + (year.kind == "Y")
        rule = "a fiscal year, whose first day nobody tells"
        return Named(kind=TimeKind.DATE, value=f"{ends}", granularity=Unit.YEAR, rule=rule, written=f"FY{ends}")
    is_whole = isinstance(year.value, int) and (year.value == 0 or _is_short(year) or 100 <= year.value <= 9999)
    if len(tokens) == 1 and not (_is_short(year) or FIRST_YEAR <= _int(year) <= LAST_YEAR):
        return None
    return CalendarFields(year=_int(year), is_short_year=_is_short(year)) if is_whole and year.kind != "Y" else None


def _years(tokens: Sequence[Token]) -> Form | None:
    """Return ``2012-13``: a year and the one after it."""
    first = _int(tokens[0])
    is_next = int(tokens[0].text[-2:]) == (first + 1) % 100
    return TimeRange(first=CalendarFields(year=first), last=CalendarFields(year=first + 1)) if is_next else None


def _century(tokens: Sequence[Token]) -> Form | None:
    ordinal, unit = (next(token for token in tokens if token.kind == kind) for kind in "ou")
    if unit.value is not Unit.CENTURY or not 1 <= _int(ordinal) <= 99:
        return None
    number = _int(ordinal) - 1
    if any(token.kind == "b" for token in tokens):
        return Named(kind=TimeKind.DATE, value=f"BC{number:02}", granularity=Unit.CENTURY, rule="before Christ")
    return WholeDecade(number=number, unit=Unit.CENTURY)


def _decade(tokens: Sequence[Token]) -> Form | None:
    return WholeDecade(number=_int(tokens[-1]), unit=Unit.DECADE)


def _numeric(tokens: Sequence[Token]) -> Form | None:
    weekday = next((_int(token) for token in tokens if token.kind == "w"), None)
    return NumericDate(written=next(token.text for token in tokens if token.kind == "i"), weekday=weekday)


def _foreign(tokens: Sequence[Token]) -> Form | None:
    """Return a month of another calendar, with its day and year, as a name that no days hold."""
    del tokens
    return Named(kind=TimeKind.DATE, value="", granularity=Unit.DAY, rule="another calendar")


def _week_number(tokens: Sequence[Token]) -> Form | None:
    unit, number = tokens
    is_week = unit.text == "week" and isinstance(number.value, int) and 1 <= number.value <= 53
    return NumberedWeek(number=_int(number)) if is_week else None


def _day_alone(tokens: Sequence[Token]) -> Form | None:
    """Return ``the 15th``, also ``of this month``; in words it counts something else."""
    ordinal = tokens[1]
    if not re.match(r"\d", ordinal.text) or not 1 <= _int(ordinal) <= 31:
        return None
    units = [token for token in tokens if token.kind == "u"]
    if any(token.value is not Unit.MONTH for token in units):
        return None
    return CalendarFields(day=_int(ordinal))


def _nth_weekday(tokens: Sequence[Token]) -> Form | None:
    at = next(index for index, token in enumerate(tokens) if token.kind == "w")
    counted = tokens[at - 1]
    rest = tokens[at + 2 :]
    unit = next((token for token in rest if token.value is Unit.MONTH), None)
    shift = {"last": -1, "next": 1}.get(which_of(rest) or "", 0)
    month: Form | None = fields_of(rest) if unit is None else Deictic(unit=Unit.MONTH, shift=shift)
    if month is None:
        return None
    return OrdinalWeekday(ordinal=_int(counted) if counted.kind == "o" else -1, weekday=_int(tokens[at]), month=month)


def _eve(tokens: Sequence[Token]) -> Form | None:
    """Return ``the New Year``: the year that begins, which announcements of December mean."""
    return Deictic(unit=Unit.YEAR, shift=1) if [token.text for token in tokens[-2:]] == ["new", "year"] else None


def _is_short(year: Token) -> bool:
    return year.kind == "y" and _int(year) < 100


def _int(token: Token) -> int:
    return int(float(str(token.value)))


_IN_YEAR = "(?:,?[yY]|[,O]{0,2}[LHN]u|O[yY]|OTu)?"

DATE_RULES = (
    Rule(f"(?:[LHN]{{0,2}}w,?)?{DAY}{_IN_YEAR}", fields_of),
    Rule(f"(?:[LHN]{{0,2}}w,?)?{DAY}", fields_of),
    Rule(f"[LHN]{{0,2}}m{_IN_YEAR}", fields_of),
    Rule("[LHN]{0,2}m", fields_of),
    Rule("wT?[no]", fields_of),
    Rule("T?[LHN]{0,2}w", fields_of),
    Rule(f"[TLHN]{{0,2}}x?[oL]x?u(?:O?T?x?{YEAR})?", _part_of_year),
    Rule("[TLHN]{0,2}x?ox?u", _part_of_year),
    Rule(f"T?{YEAR}S?x?ou", _part_of_year),
    Rule(f"q(?:[,O]{{0,2}}{YEAR})?", _part_of_year),
    Rule(f"T?[oL]k(?:OT?{YEAR})?", _part_of_year),
    Rule(f"[TLHN]{{0,2}}s(?:O?T?{YEAR})?", _season),
    Rule(f"[LHN]{{0,2}}h{_IN_YEAR}", fields_of),
    Rule("[yY]b?", _year),
    Rule("Y", _years),
    Rule("T?u[nyY]b?", lambda tokens: _year(tokens) if tokens[-1].kind == "b" or _is_year_word(tokens) else None),
    Rule("nb", _year),
    Rule("T?xu?[yY]", _year),
    Rule("T?oub?", _century),
    Rule("T?e", _decade),
    Rule("i(?:,?A?w)?", _numeric),
    Rule("w,?i", _numeric),
    Rule("[no]?C[ny]?", _foreign),
    Rule("un", _week_number),
    Rule("To(?:O[TLHN]u)?", _day_alone),
    Rule(f"T?[oL]w[IO](?:m{_IN_YEAR}|[TLHN]u)", _nth_weekday),
    Rule("T_u", _eve),
)


def _is_year_word(tokens: Sequence[Token]) -> bool:
    return any(token.value is Unit.YEAR and token.text == "year" for token in tokens)
