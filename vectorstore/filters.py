"""An article filter as a condition in SQL, and the passages that it lets through."""

import threading
from collections.abc import Iterator

import numpy as np

from vectorstore.articles import ArticleFilter, BoolArray
from vectorstore.changes import Commit, last_commit
from vectorstore.database import Connection

__all__ = ["AllowedPassages", "filter_conditions"]

_KEPT = 4
"""A filter's flags take a megabyte for a million passages."""


class AllowedPassages:
    """What the filters asked last let through, kept until the library changes; for any number of threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._commit: Commit | None = None
        self._flags: dict[ArticleFilter, BoolArray] = {}

    def flags(self, connection: Connection, article_filter: ArticleFilter | None) -> BoolArray | None:
        """Return a flag for every passage id from 0 to the highest that may be found; ``None`` where all may be."""
        if article_filter is None or article_filter.is_empty:
            return None
        commit = last_commit(connection)
        with self._lock:
            if commit != self._commit:
                self._commit, self._flags = commit, {}
            if article_filter not in self._flags:
                if len(self._flags) == _KEPT:
                    del self._flags[next(iter(self._flags))]
                self._flags[article_filter] = _allowed(connection, article_filter)
            return self._flags[article_filter]


def filter_conditions(article_filter: ArticleFilter) -> tuple[list[str], dict[str, str]]:
    """Return what the filter asks of a row of ``versions``, and the parameters, whose names begin with ``filter_``."""
    parameters: dict[str, str] = {}
    return list(_conditions(article_filter, parameters)), parameters


def _allowed(connection: Connection, article_filter: ArticleFilter) -> BoolArray:
    conditions, parameters = filter_conditions(article_filter)
    # CROSS keeps this order: a version is judged once, not once for each of its passages. One long row of text is read
    # in two fifths of the time that a row for each passage takes.
    query = "SELECT group_concat(passages.id) FROM versions CROSS JOIN passages USING (article_id, version) WHERE "
    (listed,) = connection.execute(query + " AND ".join(conditions), parameters).fetchone()
    ids = np.fromstring(listed or "", dtype=np.int64, sep=",")
    flags = np.zeros(int(ids.max(initial=-1)) + 1, np.bool_)
    flags[ids] = True
    return flags


def _conditions(article_filter: ArticleFilter, parameters: dict[str, str]) -> Iterator[str]:
    if article_filter.since is not None:
        parameters["filter_since"] = article_filter.since.isoformat()
        yield "substr(published, 1, 10) >= :filter_since"
    if article_filter.until is not None:
        parameters["filter_until"] = article_filter.until.isoformat()
        yield "substr(published, 1, 10) <= :filter_until"
    if article_filter.source is not None:
        # Not LIKE: it would read _ and % as wildcards and ignore the case of ASCII letters.
        parameters["filter_source"] = article_filter.source.rstrip("/")
        parameters["filter_below"] = parameters["filter_source"] + "/"
        yield "(source = :filter_source OR substr(source, 1, length(:filter_below)) = :filter_below)"
