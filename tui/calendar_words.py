"""How a resolved time is put into words: ``Sunday 1 February 2026 (past)``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.answers import ResolvedTime

__all__ = ["calendar_words"]


def calendar_words(resolved: ResolvedTime) -> str:
    """Return the days or minutes that are meant, and whether they have passed; else the value as TIMEX3 writes it."""
    if resolved.start is None or resolved.end is None:
        return f"{resolved.value} ({resolved.kind.value})"
    first, last = _told(resolved.start), _told(resolved.end)
    days = first if first == last else f"{first} to {last}"
    return days if resolved.tense is None else f"{days} ({resolved.tense.value})"


def _told(moment: str) -> str:
    """Return a day with its weekday, and the time of day where there is one."""
    day = date.fromisoformat(moment[:10])
    told = f"{day:%A} {day.day} {day:%B} {day.year}"
    return f"{told}, {moment[11:]}" if len(moment) > 10 else told
