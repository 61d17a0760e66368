"""How times are told by what is spoken of: today, last year, the following day, every Monday, recently."""

from collections.abc import Sequence

from rag.answers import TimeKind
from rag.times.clocks import DayPart
from rag.times.date_rules import which_of
from rag.times.fields import CalendarFields
from rag.times.lengths import Length, Shift
from rag.times.readings import Form
from rag.times.references import Deictic, Named, SameStretch, WeekdayOfWeek
from rag.times.rules import Rule
from rag.times.stretches import Unit
from rag.times.tokens import Token

__all__ = ["REFERENCE_RULES", "day_word"]

_LETTERS = {
    Unit.SECOND: "T{}S",
    Unit.MINUTE: "T{}M",
    Unit.HOUR: "T{}H",
    Unit.DAY: "{}D",
    Unit.WEEKEND: "{}WE",
    Unit.WEEK: "{}W",
    Unit.MONTH: "{}M",
    Unit.QUARTER: "{}Q",
    Unit.YEAR: "{}Y",
    Unit.DECADE: "{}DE",
    Unit.CENTURY: "{}CE",
}


def day_word(token: Token) -> Form:
    """Return what today, yesterday, tomorrow or tonight names."""
    if token.value == "tonight":
        return DayPart(part="NI", day=Deictic(unit=Unit.DAY, shift=0))
    return Deictic(unit=Unit.DAY, shift=int(str(token.value)))


def _day(tokens: Sequence[Token]) -> Form | None:
    return day_word(tokens[0])


def _beside_day_word(tokens: Sequence[Token]) -> Form | None:
    """Return ``the day before yesterday`` or ``the day after tomorrow``."""
    side, origin = tokens[-2].text, tokens[-1].value
    if not isinstance(origin, int) or side not in {"before", "after"} or tokens[-3].value is not Unit.DAY:
        return None
    return Deictic(unit=Unit.DAY, shift=origin + (1 if side == "after" else -1))


def _unit(tokens: Sequence[Token]) -> Form | None:
    """Return ``last year``, ``this week``, ``the following day``; several units are a length."""
    unit = tokens[-1]
    if not isinstance(unit.value, Unit) or unit.text.endswith("s") or unit.value.is_within_day:
        return _these_days(tokens)
    text = next(token.text for token in reversed(tokens) if token.kind in "LHN")
    if text in {"following", "previous", "preceding"} or (text == "next" and unit.value is Unit.DAY):
        return SameStretch(unit=unit.value, shift=1 if text in {"following", "next"} else -1)
    if text == "latest" and unit.value is Unit.QUARTER:
        return SameStretch(unit=Unit.QUARTER, shift=0)
    if unit.value in {Unit.DECADE, Unit.CENTURY} and text in {"last", "past"} and tokens[0].kind == "T":
        return Length(count=1, unit=unit.value)
    if text in {"past", "prior", "latest"} and tokens[0].kind == "T" and unit.value is not Unit.QUARTER:
        return Deictic(unit=unit.value, shift=-1)
    shift = {"last": -1, "next": 1, "coming": 1}.get(which_of(tokens) or "", 0)
    return Deictic(unit=unit.value, shift=shift)


def _these_days(tokens: Sequence[Token]) -> Form | None:
    """Return ``these days``, ``past years``, ``coming weeks`` as vague references."""
    if not tokens[-1].text.endswith("s") or not isinstance(tokens[-1].value, Unit):
        return None
    value = {"L": "PAST_REF", "H": "PRESENT_REF", "N": "FUTURE_REF"}[tokens[-2].kind]
    return Named(kind=TimeKind.DATE, value=value, granularity=tokens[-1].value, rule="no number is told")


def _same(tokens: Sequence[Token]) -> Form | None:
    unit = tokens[-1].value
    if not isinstance(unit, Unit) or unit.is_within_day or tokens[-1].text.endswith("s"):
        return None
    return SameStretch(unit=unit, shift=0)


def _beside(tokens: Sequence[Token]) -> Form | None:
    """Return ``the day before``, ``the week after``, counted from what was told."""
    unit, side = tokens[-2].value, tokens[-1].text
    if not isinstance(unit, Unit) or unit.is_within_day or side not in {"before", "earlier", "after", "later"}:
        return None
    return SameStretch(unit=unit, shift=1 if side in {"after", "later"} else -1)


def _bare(tokens: Sequence[Token]) -> Form | None:
    """Return ``the weekend``, ``the week``, ``the year``: the one at hand."""
    unit = tokens[-1].value
    if not isinstance(unit, Unit) or tokens[-1].text.endswith("s") or unit.is_within_day:
        return None
    return SameStretch(unit=unit, shift=0) if unit is Unit.QUARTER else Deictic(unit=unit, shift=0)


def _the_unit(tokens: Sequence[Token]) -> Form | None:
    """Return ``the weekend``, and what reports of results are about; ``the day`` in a sentence is rarely a date."""
    return _bare(tokens) if tokens[-1].value in {Unit.WEEKEND, Unit.QUARTER, Unit.YEAR, Unit.WEEK} else None


def _weekday_of_week(tokens: Sequence[Token]) -> Form | None:
    weekday = next(token for token in tokens if token.kind == "w")
    if tokens[-1].text == "week" and tokens[-2] is weekday:
        coming = CalendarFields(weekday=int(str(weekday.value)), which="coming")
        return Shift(length=Length(count=7, unit=Unit.DAY), sign=1, origin=coming)
    if tokens[-1].text != "week":
        return None
    shift = {"last": -1, "next": 1, "coming": 1}.get(which_of(tokens) or "", 0)
    return WeekdayOfWeek(weekday=int(str(weekday.value)), shift=shift)


def _repeated(tokens: Sequence[Token]) -> Form | None:
    """Return ``every Monday``, ``each June``, ``every two years``, ``Tuesday nights``, ``Sundays``."""
    part = next((f"T{token.value}" for token in tokens if token.kind in "pP"), "")
    for token in tokens:
        if token.kind in "wW":
            return _set(f"XXXX-WXX-{int(str(token.value)) + 1}{part}", Unit.WEEK)
        if token.kind == "m":
            return _set(f"XXXX-{int(str(token.value)):02}", Unit.YEAR)
        if token.kind in "st":
            return _set(f"XXXX-{ {3: 'SP', 6: 'SU', 9: 'FA', 12: 'WI'}[int(str(token.value))] }", Unit.YEAR)
        if token.kind in "pP":
            return _set(f"XXXX-XX-XX{part}", Unit.DAY)
    return _every_unit(tokens)


def _every_unit(tokens: Sequence[Token]) -> Form | None:
    """Return ``every two years``, ``twice a week``, ``every other day``."""
    unit = Unit.WEEK if tokens[-1].value == "fortnight" else tokens[-1].value
    if not isinstance(unit, Unit) or unit not in _LETTERS:
        return None
    counts = [token for token in tokens[:-1] if token.kind in "no" and tokens[0].kind == "V"]
    count = int(float(str(counts[0].value))) if counts else 2 if tokens[-1].value == "fortnight" else 1
    if any(token.text == "other" for token in tokens):
        count = 2
    return _set("P" + _LETTERS[unit].format(count), unit)


def _day_of_month(tokens: Sequence[Token]) -> Form | None:
    """Return ``the first of every month``."""
    ordinal = next(token for token in tokens if token.kind == "o")
    if tokens[-1].value is not Unit.MONTH or not 1 <= int(str(ordinal.value)) <= 31:
        return None
    return _set(f"XXXX-XX-{int(str(ordinal.value)):02}", Unit.MONTH)


def _adverb(tokens: Sequence[Token]) -> Form | None:
    unit = {"D": Unit.DAY, "W": Unit.WEEK, "M": Unit.MONTH, "Y": Unit.YEAR, "H": Unit.HOUR}[str(tokens[0].value)[-1]]
    return _set(str(tokens[0].value), unit)


def _often(tokens: Sequence[Token]) -> Form | None:
    """Return ``daily``; ``annual`` and ``quarterly`` name a kind of report more often than a repetition."""
    return None if tokens[0].text in {"annual", "quarterly"} else _adverb(tokens)


def _reference_word(tokens: Sequence[Token]) -> Form | None:
    return None if tokens[0].text in {"future", "previously", "formerly"} else _vague(tokens)


def _the_future(tokens: Sequence[Token]) -> Form | None:
    return _vague(tokens) if tokens[-1].text == "future" else None


def _vague(tokens: Sequence[Token]) -> Form | None:
    reference = next(token for token in tokens if token.kind == "v")
    is_plural = tokens[-1].kind != "u" or tokens[-1].text.endswith("s")
    return _reference(str(reference.value)) if is_plural else None


def _at_present(tokens: Sequence[Token]) -> Form | None:
    return _reference("PRESENT_REF") if tokens[-1].text == "present" else None


def _at_the_moment(tokens: Sequence[Token]) -> Form | None:
    return _reference("PRESENT_REF") if tokens[-1].text == "moment" else None


def _once(tokens: Sequence[Token]) -> Form | None:
    return _reference("PAST_REF") if tokens[0].text == "once" else None


def _weekends(tokens: Sequence[Token]) -> Form | None:
    return _set("XXXX-WXX-WE", Unit.WEEK) if tokens[0].text == "weekends" else None


def _current(tokens: Sequence[Token]) -> Form | None:
    return _reference("PRESENT_REF") if tokens[-1].text == "current" else None


def _the_past(tokens: Sequence[Token]) -> Form | None:
    return _reference("PAST_REF") if tokens[-1].text == "past" else None


def _set(value: str, unit: Unit) -> Form:
    return Named(kind=TimeKind.SET, value=value, granularity=unit, rule="a repetition")


def _reference(value: str) -> Form:
    return Named(kind=TimeKind.DATE, value=value, granularity=Unit.DAY, rule="a vague reference")


REFERENCE_RULES = (
    Rule("d", _day),
    Rule("T?u[RF]d", _beside_day_word),
    Rule("T?[LHN]{1,2}u", _unit),
    Rule("T?Du", _same),
    Rule("TDu", _same),
    Rule("Tu[RF]", _beside),
    Rule("Tu", _the_unit),
    Rule("Tu", _bare, is_loose=True),
    Rule("wO?[LHN]u", _weekday_of_week),
    Rule("wu", _weekday_of_week),
    Rule("V(?:[wm]|s)[pP]?", _repeated),
    Rule("[WtP]|Wp|WP|wP", _repeated),
    Rule("Vp", _repeated),
    Rule("V[no_]?u", _every_unit),
    Rule("X[AV]u|nX[AV]u", _every_unit),
    Rule("T?oOVu", _day_of_month),
    Rule("f", _adverb, is_loose=True),
    Rule("f", _often),
    Rule("T?v", _vague, is_loose=True),
    Rule("v(?![RF])", _reference_word),
    Rule("Tv", _the_future),
    Rule("vu", _vague),
    Rule("BH", _at_present),
    Rule("BT_", _at_the_moment),
    Rule("X", _once, is_loose=True),
    Rule("u", _weekends),
    Rule("H", _current),
    Rule("TL(?![xunoswm_])", _the_past),
)
