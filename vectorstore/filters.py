"""An article filter as a condition in SQL."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from vectorstore.articles import ArticleFilter
from vectorstore.database import Connection

__all__ = ["allowed_passage_ids", "allowed_passages_query", "filter_conditions"]


def filter_conditions(article_filter: ArticleFilter) -> tuple[list[str], dict[str, str]]:
    """Return what the filter asks of a row of ``versions``, and the parameters, whose names begin with ``filter_``."""
    parameters: dict[str, str] = {}
    return list(_conditions(article_filter, parameters)), parameters


def allowed_passages_query(article_filter: ArticleFilter) -> tuple[str, dict[str, str]]:
    """Return a query for the ids of all passages that a filter lets through, and its parameters.

    The names of all parameters begin with ``filter_``.
    """
    conditions, parameters = filter_conditions(article_filter)
    # CROSS keeps this order: a version is judged once, not once for each of its passages.
    query = "SELECT passages.id FROM versions CROSS JOIN passages USING (article_id, version)"
    if conditions:
        query += " WHERE " + " AND ".join(conditions)
    return query, parameters


def allowed_passage_ids(connection: Connection, article_filter: ArticleFilter) -> npt.NDArray[np.int64]:
    """Return the ids of all passages that a filter lets through, int64, shape (n,)."""
    query, parameters = allowed_passages_query(article_filter)
    return np.fromiter((row[0] for row in connection.execute(query, parameters)), dtype=np.int64)


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
