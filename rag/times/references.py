"""Times that are told by what is spoken of: this year, the following day, every Monday, now."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from rag.answers import TimeKind
from rag.times.readings import Context, Direction, Form, Reading, either, named, of_stretch
from rag.times.stretches import Stretch, Unit

__all__ = ["Deictic", "Guess", "Named", "NumberedWeek", "OrdinalWeekday", "SameStretch", "WeekdayOfWeek", "WholeDecade"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What no days hold: a repetition, or a vague reference such as ``recently``."""

    kind: TimeKind
    value: str
    granularity: str
    rule: str
    written: str | None = None

    def read(self, context: Context) -> Reading | None:
        """Return it as it is."""
        del context
        return replace(named(self.kind, self.value, self.granularity, self.rule), written=self.written)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What is right as a rule and cannot be told: the quarter of a fiscal year, whose beginning nobody names."""

    form: Form

    def read(self, context: Context) -> Reading | None:
        """Return the reading, marked as a guess."""
        reading = self.form.read(context)
        return None if reading is None else replace(reading, is_sure=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deictic:
    """A unit counted from that of the publication: ``last year`` is -1; ``the weekend`` leaves the shift open."""

    unit: Unit
    shift: int | None

    def read(self, context: Context) -> Reading | None:
        """Return the unit; all but decades need a publication that is known to the day."""
        anchor = context.anchor if self.unit in {Unit.DECADE, Unit.CENTURY} else context.day
        if anchor is None:
            return None
        at_hand = Stretch.containing(anchor, self.unit)
        if self.unit is Unit.WEEKEND:
            return self._weekend(at_hand, anchor, context.direction)
        return of_stretch(at_hand.shifted(self.shift or 0), _counted(self.unit, self.shift or 0), anchor=anchor)

    def _weekend(self, at_hand: Stretch, anchor: date, direction: Direction | None) -> Reading:
        """Return a weekend; a week begins on Monday, so that of the week at hand has begun only on a Saturday."""
        latest = at_hand if at_hand.first <= anchor else at_hand.shifted(-1)
        match self.shift:
            case 1:
                coming = at_hand.shifted(1) if at_hand.first <= anchor else at_hand
                if coming == at_hand.shifted(1):
                    return of_stretch(coming, "the next one", anchor=anchor)
                return either(at_hand.shifted(1), coming, "XXXX-WXX-WE", "the next one", anchor=anchor)
            case -1:
                last = at_hand.shifted(-1) if latest == at_hand else latest
                return of_stretch(last, "the last one", anchor=anchor)
        is_past = direction is Direction.PAST
        return of_stretch(latest if is_past else at_hand, "the one at hand", anchor=anchor)


@dataclass(frozen=True, slots=True, kw_only=True)
class SameStretch:
    """What was spoken of before, or a unit beside it: ``that day``, ``the following year``, ``the quarter``."""

    unit: Unit
    shift: int

    def read(self, context: Context) -> Reading | None:
        """Return the unit around the last time that was told."""
        focus = context.focus(Unit.QUARTER if self.unit is Unit.QUARTER else None)
        if self.unit is Unit.QUARTER and (focus is None or focus.is_open):
            return self._last_quarter(context)
        if focus is None or focus.stretch is None or focus.is_open:
            return None
        if _rank(focus.stretch.unit) > _rank(self.unit):
            return None
        stretch = Stretch.containing(focus.stretch.first, self.unit).shifted(self.shift)
        return of_stretch(stretch, f"counted from {focus.value}", anchor=focus.stretch.first)

    def _last_quarter(self, context: Context) -> Reading | None:
        """Return the quarter before that of the publication, which reports of results are about; a guess."""
        if context.day is None:
            return None
        quarter = Stretch.containing(context.day, Unit.QUARTER).shifted(self.shift - 1)
        return of_stretch(quarter, "the last whole quarter", anchor=context.day, is_sure=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekdayOfWeek:
    """A weekday of a week that is told: ``Friday next week``."""

    weekday: int
    shift: int

    def read(self, context: Context) -> Reading | None:
        """Return the day."""
        if context.day is None:
            return None
        week = Stretch.containing(context.day, Unit.WEEK).shifted(self.shift)
        day = Stretch(Unit.DAY, week.first + timedelta(days=self.weekday))
        return of_stretch(day, "the weekday of a week", anchor=context.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeDecade:
    """A decade by its first year, of four digits or two, or a century by the digits before its years."""

    number: int
    unit: Unit

    def read(self, context: Context) -> Reading | None:
        """Return the years; of a decade in two digits the latest that has begun, and without a publication 19xx."""
        if self.unit is Unit.CENTURY:
            first = self.number * 100
        elif self.number >= 100:
            first = self.number
        else:
            reached = context.anchor.year if context.anchor is not None else 1999
            first = next((year for year in range(self.number + 2000, 0, -100) if year <= reached), self.number)
        if first % 10:
            return None
        return of_stretch(Stretch(self.unit, date(first, 1, 1)), "by its years")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedWeek:
    """An ISO week by its number."""

    number: int

    def read(self, context: Context) -> Reading | None:
        """Return the week of the year of publication."""
        if context.day is None:
            return None
        first = date.fromisocalendar(context.day.year, self.number, 1)
        return of_stretch(Stretch(Unit.WEEK, first), "by its number", anchor=context.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdinalWeekday:
    """``The first Monday`` of a month that is named; -1 is the last one."""

    ordinal: int
    weekday: int
    month: Form

    def read(self, context: Context) -> Reading | None:
        """Return the day, if the month has it."""
        reading = self.month.read(context)
        if reading is None or reading.stretch is None or reading.is_open:
            return None
        month = reading.stretch
        if self.ordinal < 0:
            day = month.last - timedelta(days=(month.last.weekday() - self.weekday) % 7)
        else:
            day = month.first + timedelta(days=(self.weekday - month.first.weekday()) % 7 + 7 * (self.ordinal - 1))
        return of_stretch(Stretch(Unit.DAY, day), "counted in its month") if day <= month.last else None


def _rank(unit: Unit) -> int:
    return list(Unit).index(unit)


def _counted(unit: Unit, shift: int) -> str:
    return f"the {unit} of the publication" + (f" {shift:+}" if shift else "")
