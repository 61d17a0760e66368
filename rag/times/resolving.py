"""What the time expression in a span means on the day its article was published."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from rag.answers import ResolvedTime, Tense
from rag.times.clocks import TimeOfDay
from rag.times.direction import direction_around
from rag.times.expressions import TimeExpression, time_expressions
from rag.times.fields import CalendarFields
from rag.times.grammar import form_of
from rag.times.lengths import Length, Shift
from rag.times.numeric_dates import NumericDate
from rag.times.readings import Context, Form, Reading
from rag.times.stretches import Unit
from rag.times.tokens import tokens_of

__all__ = ["published_day", "read_span", "resolve_span", "tense_at"]

MAX_SPAN_CHARS = 500
"""How much of a span is looked at."""

MAX_EXPRESSION_CHARS = 60
"""How far around a span an expression is sought that holds it."""

FOCUS_CHARS = 600
"""How far back the time is sought from which ``the next day`` is counted: a paragraph or two."""

MAX_FOCUS_DEPTH = 4
"""How many times may hang on one another: "... 3 May. The next day ... A week later ..."."""


def resolve_span(
    text: str,
    start: int,
    end: int,
    *,
    published: str | None,
    is_exact: bool = True,
    clock: date | None = None,
) -> ResolvedTime | None:
    """Return what the time expression in ``text[start:end]`` means; None where there is none, or nothing tells.

    Args:
        text: What the span stands in; its sentence and the text before it are taken into account.
        start: First character of the span.
        end: Behind its last character.
        published: ISO 8601 date or date-time of the article; None where it is not known.
        is_exact: Whether that is right to the day; an inferred date tells only the year of a day or month near it.
        clock: The day from which a time is past or coming; None leaves the tense open.
    """
    reading = read_span(text, start, end, published=published, is_exact=is_exact)
    if reading is None or not reading.value or not reading.is_sure:
        return None
    return ResolvedTime(
        start=reading.start,
        end=reading.end,
        granularity=str(reading.granularity),
        kind=reading.kind,
        value=reading.written or reading.value,
        anchor=reading.anchor.isoformat() if reading.anchor is not None else None,
        rule=reading.rule,
        tense=tense_at(reading.start, reading.end, clock) if clock is not None else None,
    )


def read_span(text: str, start: int, end: int, *, published: str | None, is_exact: bool = True) -> Reading | None:
    """Return the reading of the expression in a span, guesses included; None where two tell of different times."""
    dated = _DatedText(text, published_day(published), is_exact)
    found = _expressions_in(text, start, min(end, start + MAX_SPAN_CHARS))
    first, *others = [dated.read(one, depth=MAX_FOCUS_DEPTH) for one in found] or [None]
    return None if any(_are_apart(first, other) for other in others) else first


def tense_at(start: str | None, end: str | None, clock: date) -> Tense | None:
    """Return whether a time is past, present or coming on a day."""
    if start is None or end is None:
        return None
    if end[:10] < clock.isoformat():
        return Tense.PAST
    return Tense.COMING if start[:10] > clock.isoformat() else Tense.PRESENT


def published_day(published: str | None) -> date | None:
    """Return the day of a date or date-time, in the zone it is written in; None for what is neither."""
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def _are_apart(one: Reading | None, other: Reading | None) -> bool:
    """Tell whether two readings are of times that have no day in common: which of them is asked for, nothing tells."""
    if one is None or other is None or one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return one.end[:10] < other.start[:10] or other.end[:10] < one.start[:10]


def _expressions_in(text: str, start: int, end: int) -> list[TimeExpression]:
    """Return the expression that is the span, or that holds it and tells its day, or else all that are in it."""
    whole = form_of(tokens_of(text[start:end]))
    first, last = max(0, start - MAX_EXPRESSION_CHARS), min(len(text), end + MAX_EXPRESSION_CHARS)
    around = time_expressions(text, first, last, joins_ranges=True)
    holding = next((one for one in around if one.start <= start and end <= one.end), None)
    if whole is not None and (holding is None or not _tells_more(holding.form, whole)):
        return [TimeExpression(start, end, whole)]
    return [holding] if holding is not None else list(time_expressions(text, start, end, joins_ranges=True))


def _tells_more(holding: Form, whole: Form) -> bool:
    """Tell whether the words around a whole expression name its day: ``Friday`` in ``Friday, 6 March``."""
    if isinstance(holding, Shift):
        return isinstance(whole, Length) and holding.only_coming
    if isinstance(whole, TimeOfDay):
        return isinstance(holding, TimeOfDay)
    if isinstance(whole, NumericDate):
        return isinstance(holding, NumericDate)
    if isinstance(whole, CalendarFields) and isinstance(holding, CalendarFields):
        return whole.day is None and holding.day is not None
    return False


@dataclass(frozen=True, slots=True)
class _DatedText:
    """A text and the day it was published, to read its expressions by."""

    text: str
    anchor: date | None
    is_exact: bool

    def read(self, found: TimeExpression, *, depth: int) -> Reading | None:
        """Return the meaning of an expression; None where it has none."""
        context = Context(
            anchor=self.anchor,
            is_exact=self.is_exact,
            direction=direction_around(self.text, found.start, found.end),
            focus=partial(self._focus, found.start, depth),
        )
        try:
            return found.form.read(context)
        except (ValueError, OverflowError):  # No such day.
            return None

    def _focus(self, before: int, depth: int, unit: Unit | None) -> Reading | None:
        """Return the last time that was told before a place; a comparison with a year ago tells none."""
        if depth == 0:
            return None
        for found in reversed(list(time_expressions(self.text, max(0, before - FOCUS_CHARS), before))):
            if isinstance(found.form, Shift) and found.form.is_comparison:
                continue
            reading = self.read(found, depth=depth - 1)
            if reading is None or reading.stretch is None or not reading.is_sure:
                continue
            if unit is None or reading.stretch.unit is unit:
                return reading
        return None
