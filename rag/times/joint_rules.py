"""How times are put together: times of day with their day, ranges, and the edges of a month or a year."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from rag.answers import TimeKind
from rag.times.clocks import CITY_ZONES, DayPart, TimeOfDay
from rag.times.date_rules import DAY, YEAR, fields_of
from rag.times.fields import CalendarFields
from rag.times.length_rules import length_of
from rag.times.ranges import Ending, FirstMonths, NightInto, TimeRange, WeekOf
from rag.times.readings import Form
from rag.times.references import Deictic, Named, SameStretch
from rag.times.rules import Rule
from rag.times.stretches import Unit
from rag.times.tokens import Token, kinds_of

__all__ = ["Parse", "joint_rules"]

Parse = Callable[[Sequence[Token]], Form | None]
"""Takes apart a whole expression: what is joined is made of others."""

_DATE = (
    f"(?:(?:[LHN]{{0,2}}w,?)?{DAY}(?:[,O]{{0,2}}{YEAR})?|[TLHN]{{0,2}}w|i|[LHN]{{0,2}}h|d|wO?[LHN]u"
    f"|m(?:[,O]{{0,2}}{YEAR})?|T?[LHN]u|[yY]|T?e|Tu|T?[LHN]?(?:ou|s)(?:O?T?{YEAR})?|Du|To|T?u[nyY])"
)
_DAY_DATE = f"(?:(?:[LHN]{{0,2}}w,?)?{DAY}(?:[,O]{{0,2}}{YEAR})?|[TLHN]{{0,2}}w|i|[LHN]{{0,2}}h|d|Du|To)"
_CLOCK = r"(?:c(?:z|_{1,4})?(?:\.cz\.)?)"
_WHEN = re.compile(rf"(?P<clock>{_CLOCK})[,BOT]{{0,2}}(?P<day>{_DAY_DATE})")
_ENDS = re.compile(rf"[JF]?(?P<first>(?:T?E[OI]?)?{_DATE}|[no])[-ZB](?P<last>(?:T?E[OI]?)?{_DATE})")
_CLOCK_ENDS = re.compile(rf"[JF]?(?P<first>{_CLOCK})(?:Z|-)(?P<last>{_CLOCK})(?:[,B]{{0,2}}(?P<day>{_DAY_DATE}))?")


def _clock(tokens: Sequence[Token], day: Form | None) -> TimeOfDay | None:
    """Return a time of the clock with its zone; None where words behind it name none."""
    clock = tokens[0]
    texts = [token.text for token in tokens[1:]]
    zone = next((str(token.value) for token in tokens[1:2] if token.kind == "z"), None)
    if texts and zone is None:
        if "time" not in texts[:4]:
            return None
        name = texts[0]
        zone = CITY_ZONES.get(name, f"unknown/{name}")
        if texts[:4] == [name, "standard", "time"] or texts[1:3] == ["standard", "time"]:
            zone = {"eastern": "-05:00", "central": "-06:00", "mountain": "-07:00", "pacific": "-08:00"}.get(name, zone)
        zone = None if name == "local" else zone
    return TimeOfDay(minutes=int(str(clock.value)), zone=zone, day=day)


def _clock_then_day(parse: Parse, tokens: Sequence[Token]) -> Form | None:
    found = _WHEN.fullmatch(kinds_of(list(tokens)))
    if found is None:
        return None
    day = parse(tokens[found.start("day") : found.end("day")])
    return None if day is None else _clock(tokens[: found.end("clock")], day)


def _day_then_clock(parse: Parse, tokens: Sequence[Token]) -> Form | None:
    at = next(index for index, token in enumerate(tokens) if token.kind == "c")
    end = at - (tokens[at - 1].kind in "B,")
    end -= tokens[end - 1].kind in "B,"
    day = parse(tokens[:end])
    return None if day is None else _clock(tokens[at:], day)


def _clock_alone(tokens: Sequence[Token]) -> Form | None:
    is_named = tokens[0].text in {"noon", "midnight"}
    return None if is_named and len(tokens) == 1 else _clock(tokens, None)


def _part_of_day(parse: Parse, tokens: Sequence[Token]) -> Form | None:
    """Return ``Friday night``, ``late on Thursday morning``, ``the night of 30 January``, ``overnight``."""
    at = next(index for index, token in enumerate(tokens) if token.kind == "p")
    part = str(tokens[at].value)
    rest = [token for index, token in enumerate(tokens) if index != at and token.kind not in "EBOT"]
    which = [token.text for token in rest if token.kind in "LHN"]
    if len(which) == len(rest):
        return DayPart(part=part, day=_day_of_part(tokens[at], which))
    if tokens[at - 1 : at] and tokens[at - 1].text == "tonight":
        return None
    day = parse(rest)
    return None if day is None or isinstance(day, DayPart) else DayPart(part=part, day=day)


def _that_part(tokens: Sequence[Token]) -> Form | None:
    """Return ``that night``: of the day that was spoken of."""
    return DayPart(part=str(tokens[1].value), day=SameStretch(unit=Unit.DAY, shift=0))


def _day_of_part(part: Token, which: Sequence[str]) -> Form:
    """Return the day of ``this morning``, ``last night``, ``the next morning``, ``overnight``."""
    if "next" in which or "following" in which:
        return SameStretch(unit=Unit.DAY, shift=1)
    if "previous" in which or "preceding" in which:
        return SameStretch(unit=Unit.DAY, shift=-1)
    is_before = "last" in which or part.text == "overnight"
    return Deictic(unit=Unit.DAY, shift=-1 if is_before else 0)


def _edge(parse: Parse, tokens: Sequence[Token]) -> Form | None:
    """Return the whole of which ``the end of``, ``early``, ``mid-`` names a part; TIMEX3 gives it the same value."""
    at = next(index for index, token in enumerate(tokens) if token.kind in "ERF")
    if tokens[at].kind in "RF" and tokens[at].text not in {"earlier", "later"}:
        return None
    rest = list(tokens[at + 1 :])
    while rest and rest[0].kind in "OIB":
        rest = rest[1:]
    return parse(rest)


def _range(parse: Parse, tokens: Sequence[Token]) -> Form | None:
    """Return from one date to another; what the first leaves out, the second tells."""
    found = _ENDS.fullmatch(kinds_of(list(tokens)))
    if found is None or not _is_range(tokens, found.start("last") - 1):
        return None
    first_tokens = tokens[found.start("first") : found.end("first")]
    last = parse(tokens[found.start("last") :])
    first = fields_of(first_tokens) if kinds_of(list(first_tokens)) in {"n", "o"} else parse(first_tokens)
    if first is None or last is None:
        return None
    if isinstance(first, CalendarFields) and isinstance(last, CalendarFields):
        first, last = _shared(first, last)
    return TimeRange(first=first, last=last)


def _shared(first: CalendarFields, last: CalendarFields) -> tuple[CalendarFields, CalendarFields]:
    if first.day is not None and first.month is None:
        first = replace(first, month=last.month)
    if first.month is not None and first.year is None:
        first = replace(first, year=last.year, year_shift=last.year_shift)
    return first, last


def _month_then_days(tokens: Sequence[Token]) -> Form | None:
    """Return ``March 3-5, 2026``."""
    at = next(index for index, token in enumerate(tokens) if token.kind == "m")
    days = [token for token in tokens[at + 1 :] if token.kind in "no"]
    others = [token for token in tokens[at + 1 :] if token.kind in "yYLHNu"]
    first, last = (fields_of([tokens[at], day, *others]) for day in days[:2])
    return None if first is None or last is None else TimeRange(first=first, last=last)


def _clock_range(parse: Parse, tokens: Sequence[Token]) -> Form | None:
    found = _CLOCK_ENDS.fullmatch(kinds_of(list(tokens)))
    if found is None or not _is_range(tokens, found.end("first")):
        return None
    day = parse(tokens[found.start("day") : found.end("day")]) if found["day"] else None
    first = _clock(tokens[found.start("first") : found.end("first")], day)
    last = _clock(tokens[found.start("last") : found.end("last")], day)
    return None if first is None or last is None else TimeRange(first=first, last=last)


def _is_range(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the word between two times spans them; ``and`` does so only after ``between``."""
    joint = tokens[at].text
    if tokens[at].kind == "B":
        return joint in {"until", "till"}
    return joint not in {"and", "or"} or (joint == "and" and tokens[0].text == "between")


def _months_of_year(parse: Parse, tokens: Sequence[Token]) -> Form | None:
    """Return ``the first nine months of 2025``."""
    at = next(index for index, token in enumerate(tokens) if token.kind == "n")
    if tokens[at + 1].value is not Unit.MONTH:
        return None
    year = parse(tokens[at + 3 :])
    count = int(float(str(tokens[at].value)))
    return None if year is None else FirstMonths(count=count, is_first=tokens[at - 1].text != "last", year=year)


def _ended(parse: Parse, tokens: Sequence[Token]) -> Form | None:
    """Return ``one week, ending on Sunday, February 1st``: the days up to the one that is told."""
    at = next(index for index, token in enumerate(tokens) if token.kind == "_")
    if tokens[at].text not in {"ending", "ended", "ends"}:
        return None
    length = length_of([token for token in tokens[:at] if token.kind not in "T,"])
    day = parse(tokens[at + 1 + (tokens[at + 1].kind == "B") :])
    return None if length is None or day is None else Ending(length=length, day=day)


def _overnight_into(parse: Parse, tokens: Sequence[Token]) -> Form | None:
    """Return ``overnight into Friday``: the night between two days."""
    day = parse(tokens[2:])
    is_night = tokens[0].text == "overnight" and tokens[1].text in {"into", "to"}
    return NightInto(day=day) if is_night and day is not None else None


def _half_past(parse: Parse, tokens: Sequence[Token]) -> Form | None:
    """Return ``half past nine on Sunday morning``, in which the part of the day tells the half of the clock."""
    hour = int(float(str(tokens[2].value)))
    day = parse([token for token in tokens[3:-1] if token.kind not in "BE"])
    if tokens[1].text != "past" or not 1 <= hour <= 12 or day is None:
        return None
    is_late = tokens[-1].value in {"AF", "EV", "NI"}
    return TimeOfDay(minutes=(hour % 12 + 12 * is_late) * 60 + 30, zone=None, day=day)


def _each_year(tokens: Sequence[Token]) -> Form | None:
    """Return ``9 April every year``."""
    fields = fields_of(tokens[:-2])
    if tokens[-1].value is not Unit.YEAR or fields is None or fields.month is None or fields.day is None:
        return None
    value = f"XXXX-{fields.month:02}-{fields.day:02}"
    return Named(kind=TimeKind.SET, value=value, granularity=Unit.YEAR, rule="a repetition")


def _week_of(parse: Parse, tokens: Sequence[Token]) -> Form | None:
    at = next(index for index, token in enumerate(tokens) if token.kind == "O")
    if tokens[at - 1].text != "week":
        return None
    day = parse(tokens[at + 1 :])
    return None if day is None else WeekOf(day=day)


def joint_rules(parse: Parse) -> tuple[Rule, ...]:
    """Return the rules of this module, which take the parts of an expression apart by all rules."""
    return (
        Rule(_WHEN.pattern, partial(_clock_then_day, parse)),
        Rule(f"{_DAY_DATE}[,B]{{0,2}}{_CLOCK}", partial(_day_then_clock, parse)),
        Rule(_CLOCK, _clock_alone),
        Rule("cz?", _clock_alone),
        Rule("[LHNT]{0,2}E?p", partial(_part_of_day, parse)),
        Rule("Dp", _that_part),
        Rule(f"T?E?p,?[BO]?{_DAY_DATE}", partial(_part_of_day, parse)),
        Rule(f"(?:EB?)?{_DAY_DATE}E?p", partial(_part_of_day, parse)),
        Rule(f"[TNLH]{{0,2}}E[OIB]?{_DATE}", partial(_edge, parse)),
        Rule(f"[RF][IB]?{_DATE}", partial(_edge, parse)),
        Rule(_ENDS.pattern, partial(_range, parse), is_range=True),
        Rule(f"m[no](?:Z|-)[no](?:,?{YEAR})?", _month_then_days, is_range=True),
        Rule(_CLOCK_ENDS.pattern, partial(_clock_range, parse), is_range=True),
        Rule(f"T?[oL]nuO{YEAR}", partial(_months_of_year, parse)),
        Rule(f"(?:T|A|n|To?n)?u,?_B?{_DAY_DATE}", partial(_ended, parse), is_range=True),
        Rule(f"p[_Z]{_DAY_DATE}", partial(_overnight_into, parse)),
        Rule(f"{DAY}Vu", _each_year),
        Rule(f"k[_L]nB?{_DAY_DATE}E?p", partial(_half_past, parse)),
        Rule(f"T?uO(?:{DAY}(?:[,O]{{0,2}}{YEAR})?|To)", partial(_week_of, parse)),
    )
