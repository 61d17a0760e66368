"""Which articles a list shows: words, days and a source, written in one line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.articles import ArticleSummary

__all__ = ["ArticleOrder", "ArticleQuery", "article_query"]

_FIELD = re.compile(r"(since|until|source):(\S*)")
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


class ArticleOrder(StrEnum):
    """How a list of articles is sorted."""

    NEWEST = "newest first"
    OLDEST = "oldest first"
    TITLE = "by headline"
    SOURCE = "by source"
    ADDED = "last added first"

    @property
    def following(self) -> ArticleOrder:
        """The next order; the first after the last."""
        orders = list(ArticleOrder)
        return orders[(orders.index(self) + 1) % len(orders)]

    def sort(self, summaries: Sequence[ArticleSummary]) -> list[ArticleSummary]:
        """Return the articles in this order; those of unknown date come last."""
        match self:
            case ArticleOrder.NEWEST:
                return sorted(summaries, key=lambda one: one.published or "", reverse=True)
            case ArticleOrder.OLDEST:
                return sorted(summaries, key=lambda one: one.published or "9999")
            case ArticleOrder.TITLE:
                return sorted(summaries, key=lambda one: one.title.casefold())
            case ArticleOrder.SOURCE:
                return sorted(summaries, key=lambda one: one.source.casefold())
            case ArticleOrder.ADDED:
                return sorted(summaries, key=lambda one: one.id, reverse=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleQuery:
    """What an article in the list must have.

    Attributes:
        words: Each stands somewhere in headline or source, whatever the case.
        since: A day, month or year, ISO 8601: published then or later.
        until: The same: published then or earlier.
        source: The source begins so, whatever the case.
        problem: What of the line cannot be read; empty if all can.
    """

    words: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    source: str = ""
    problem: str = ""

    def matcher(self) -> Callable[[ArticleSummary], bool]:
        """Return whether an article is shown; one of unknown date is not where a day is asked for."""

        def matches(summary: ArticleSummary) -> bool:
            day = summary.published or ""
            if (self.since or self.until) and not day:
                return False
            if self.since and day[: len(self.since)] < self.since:
                return False
            if self.until and day[: len(self.until)] > self.until:
                return False
            source = summary.source.casefold()
            text = f"{summary.title.casefold()} {source}" if self.words else ""
            return source.startswith(self.source) and all(word in text for word in self.words)

        return matches


def article_query(line: str) -> ArticleQuery:
    """Read ``words since:2026-01 until:2026-02-15 source:politics``."""
    fields: dict[str, str] = {}
    words, problem = [], ""
    for part in line.casefold().split():
        field = _FIELD.fullmatch(part)
        if field is None:
            words.append(part)
        elif field[1] != "source" and not _DAY.fullmatch(field[2]):
            problem = f"{field[1]}: takes a year, month or day, such as 2026-01-30"
        else:
            fields[field[1]] = field[2]
    return ArticleQuery(words=tuple(words), problem=problem, **fields)
