"""What a time expression was read as, and what reading it takes into account."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from rag.answers import TimeKind
from rag.times.stretches import Stretch, Unit

__all__ = ["Context", "Direction", "Form", "Reading", "either", "named", "of_stretch"]


class Direction(StrEnum):
    """Whether a sentence speaks of what was or of what will be."""

    PAST = "past"
    COMING = "coming"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an expression means.

    Attributes:
        value: As in TIMEX3 without zones; where it is ambiguous, that of the likeliest meaning.
        start: First day or minute, ISO 8601; None where the calendar does not hold it.
        end: Last day or minute, included.
        anchor: The day it was counted from; None where it names its own.
        rule: How it was worked out, in a few words.
        stretch: The unit of the calendar that it names, to count from.
        written: What an answer shows instead of the value: the ambiguous part left open, or a zone added.
        is_open: Whether it is ambiguous; start and end then enclose every meaning.
        is_sure: Whether its start and end may be told; otherwise its value is a guess, for measurement alone.
    """

    kind: TimeKind
    value: str
    granularity: str
    rule: str
    start: str | None = None
    end: str | None = None
    anchor: date | None = None
    stretch: Stretch | None = None
    written: str | None = None
    is_open: bool = False
    is_sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What stands around an expression.

    Attributes:
        anchor: The day the article was published.
        is_exact: Whether that is right to the day; an inferred one is near it.
        direction: What the verb tells; None where it tells nothing.
        focus: Gives what the nearest earlier expression means, or the nearest of a unit; None if there is none.
    """

    anchor: date | None
    is_exact: bool
    direction: Direction | None
    focus: Callable[[Unit | None], Reading | None]

    @property
    def day(self) -> date | None:
        """The day of publication, where it is known to the day."""
        return self.anchor if self.is_exact else None


class Form(Protocol):
    """An expression taken apart; what it means depends on the context."""

    def read(self, context: Context) -> Reading | None:
        """Return the meaning, None where it has none or the context does not give it.

        Raises:
            ValueError, OverflowError: There is no such day.
        """
        ...


def of_stretch(stretch: Stretch, rule: str, *, anchor: date | None = None, is_sure: bool = True) -> Reading:
    """Return the reading of an expression that names a unit of the calendar."""
    return Reading(
        kind=TimeKind.DATE,
        value=stretch.value,
        granularity=stretch.granularity,
        rule=rule,
        start=stretch.first.isoformat(),
        end=stretch.last.isoformat(),
        anchor=anchor,
        stretch=stretch,
        is_sure=is_sure,
    )


def either(guess: Stretch, other: Stretch, open_value: str, rule: str, *, anchor: date) -> Reading:
    """Return the reading of an expression that means one of two units, the first more likely."""
    earlier, later = sorted((guess, other), key=lambda stretch: stretch.first)
    return Reading(
        kind=TimeKind.DATE,
        value=guess.value,
        granularity=guess.granularity,
        rule=rule,
        start=earlier.first.isoformat(),
        end=later.last.isoformat(),
        anchor=anchor,
        stretch=guess,
        written=open_value,
        is_open=True,
    )


def named(kind: TimeKind, value: str, granularity: str, rule: str) -> Reading:
    """Return the reading of an expression that no days hold: a length, a repetition, a vague reference."""
    return Reading(kind=kind, value=value, granularity=granularity, rule=rule)
