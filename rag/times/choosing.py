"""Which of several units of the calendar is meant: the latest or the coming one, the nearest, or either."""

from datetime import date, timedelta

from rag.times.readings import Context, Direction, Reading, either, of_stretch
from rag.times.stretches import Stretch, Unit

__all__ = ["NEAR_DAYS", "near", "weekday_of"]

SURE_DAYS = 150
"""A date without a year, in a sentence without a tense, is taken for the nearest one within so many days: the year
before or after is then at least as far again. Source: half a year, less a month for what editors announce."""

NEAR_DAYS = {Unit.DAY: 90, Unit.MONTH: 45, Unit.QUARTER: 60, Unit.SEASON: 30}
"""A day or month without a year within so many days may be meant against the verb, which is that of another clause:
"declared a dividend, payable Dec. 15". **Source:** docs/decisions/011-time.md."""


def weekday_of(weekday: int, which: str | None, context: Context) -> Reading | None:
    """Return the day of a weekday (0 is Monday), by the word before it or else by the direction of the sentence."""
    day = context.day
    if day is None:
        return None
    latest = Stretch(Unit.DAY, day - timedelta(days=(day.weekday() - weekday) % 7))
    coming = Stretch(Unit.DAY, day + timedelta(days=(weekday - day.weekday()) % 7))
    if which in {"last", "next"}:
        return _of_other_week(weekday, is_next=which == "next", day=day)
    if which is None and context.direction is None:
        return _agreed(latest, coming, _open_value(weekday), "the latest or the coming one", day)
    if which != "coming" and context.direction is Direction.PAST:
        return of_stretch(latest, "the latest one: the verb is past", anchor=day)
    return of_stretch(coming, "the coming one", anchor=day)


def _of_other_week(weekday: int, *, is_next: bool, day: date) -> Reading:
    """Return ``next Friday``: to some the first that comes, to others that of next week."""
    step = 7 if is_next else -7
    in_week = Stretch(Unit.DAY, day + timedelta(days=weekday - day.weekday())).shifted(step)
    days_on = (weekday - day.weekday()) % 7 or 7
    days_back = (day.weekday() - weekday) % 7 or 7
    first = Stretch(Unit.DAY, day + timedelta(days=days_on if is_next else -days_back))
    guess, other = (in_week, first) if is_next else (first, in_week)
    return _agreed(guess, other, _open_value(weekday), "the next one" if is_next else "the last one", day)


def _open_value(weekday: int) -> str:
    return f"XXXX-WXX-{weekday + 1}"


def _agreed(guess: Stretch, other: Stretch, open_value: str, rule: str, anchor: date) -> Reading:
    """Return the one unit that both readings give, or one that holds both."""
    if guess == other:
        return of_stretch(guess, rule, anchor=anchor)
    return either(guess, other, open_value, rule, anchor=anchor)


def near(units: list[Stretch], anchor: date, direction: Direction | None, open_value: str) -> Reading:
    """Return the unit nearest to the anchor; the direction of the sentence decides between two that are far.

    News tells the year of what is not near. Where the direction contradicts what is near, either may be meant.
    """
    nearest, other = (*sorted(units, key=lambda unit: _days_between(unit, anchor)), None)[:2]
    if nearest is None or other is None:
        return of_stretch(units[0], "the only one", anchor=anchor)
    days = _days_between(nearest, anchor)
    if direction is None:
        is_sure = days <= min(SURE_DAYS, _days_between(other, anchor) // 2)
        if is_sure:
            return of_stretch(nearest, "the nearest one", anchor=anchor)
        return either(nearest, other, open_value, "the one before or after", anchor=anchor)
    is_past = direction is Direction.PAST
    picked = [unit for unit in units if (unit.first <= anchor if is_past else unit.last >= anchor)]
    wanted = (picked[-1] if is_past else picked[0]) if picked else nearest
    rule = "the latest one: the verb is past" if is_past else "the coming one: the verb looks ahead"
    if wanted == nearest or days > NEAR_DAYS.get(nearest.unit, 0):
        return of_stretch(wanted, rule, anchor=anchor)
    return either(nearest, wanted, open_value, "the nearest one, or as the verb tells", anchor=anchor)


def _days_between(unit: Stretch, anchor: date) -> int:
    if unit.first <= anchor <= unit.last:
        return 0
    return min(abs((unit.first - anchor).days), abs((unit.last - anchor).days))
