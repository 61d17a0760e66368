"""What can be read of the articles in a library."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from vectorstore.articles import (
    Article,
    ArticleFilter,
    ArticleSummary,
    ArticleVersion,
    DateCertainty,
    DateOrigin,
    Standing,
    StoredArticle,
    StoredPassage,
)
from vectorstore.database import Connection
from vectorstore.errors import ArticleNotFoundError
from vectorstore.filters import filter_conditions

__all__ = [
    "find_article",
    "find_standing",
    "names_all",
    "read_article",
    "read_page",
    "read_passages",
    "read_summaries",
    "read_versions",
]

_LARGEST_ID = 2**63 - 1

_SUMMARIES = (
    "SELECT id, versions.version, source, title, url, published, published_origin, published_certainty,"
    " added_at, length_chars,"
    " (SELECT count(*) FROM passages WHERE passages.article_id = articles.id)"
    " FROM articles JOIN versions ON article_id = id AND versions.version = articles.version"
)


def find_article(connection: Connection, article: Article) -> int | None:
    """Return the id of the article with this origin, else of one whose current version has this content, else None."""
    row = connection.execute("SELECT id FROM articles WHERE origin = ?", (article.origin,)).fetchone()
    row = (
        row
        or connection.execute(
            "SELECT id FROM versions JOIN articles ON article_id = id AND versions.version = articles.version"
            " WHERE content_hash = ? ORDER BY id LIMIT 1",
            (article.content_hash,),
        ).fetchone()
    )
    return None if row is None else int(row[0])


def find_standing(connection: Connection, article: Article) -> tuple[Standing, int | None]:
    """Return how an article stands to the library, and the id of the article it updates."""
    known = connection.execute(
        "SELECT id, content_hash FROM articles JOIN versions ON article_id = id AND versions.version = articles.version"
        " WHERE origin = ?",
        (article.origin,),
    ).fetchone()
    if known is not None:
        article_id, content_hash = known
        if content_hash == article.content_hash:
            return Standing.UNCHANGED, None
        return Standing.UPDATED, article_id
    moved = connection.execute(
        "SELECT 1 FROM versions JOIN articles ON article_id = id AND versions.version = articles.version"
        " WHERE content_hash = ?",
        (article.content_hash,),
    ).fetchone()
    return (Standing.ADDED if moved is None else Standing.UNCHANGED), None


def read_article(connection: Connection, article_id: int, *, version: int | None = None) -> StoredArticle:
    """Return one version of an article, the current one by default.

    Raises:
        ArticleNotFoundError: No such article or version.
    """
    row = None
    if 0 < article_id <= _LARGEST_ID and (version is None or 0 < version <= _LARGEST_ID):
        row = connection.execute(
            "SELECT versions.version, origin, source, title, text, url, published, published_origin,"
            " published_certainty, language, added_at"
            " FROM versions JOIN texts USING (article_id, version) JOIN articles ON id = article_id"
            " WHERE id = ? AND versions.version = coalesce(?, articles.version)",
            (article_id, version),
        ).fetchone()
    if row is None:
        which = f"article {article_id}" if version is None else f"version {version} of article {article_id}"
        raise _not_found(which)
    found, origin, source, title, text, url, published, date_origin, certainty, language, added_at = row
    return StoredArticle(
        id=article_id,
        version=found,
        origin=origin,
        source=source,
        title=title,
        text=text,
        url=url,
        published=published,
        published_origin=_date_origin(date_origin),
        published_certainty=_certainty(certainty),
        language=language,
        added_at=added_at,
    )


def read_versions(connection: Connection, article_id: int) -> list[ArticleVersion]:
    """Return what versions of an article can be read, oldest first.

    Raises:
        ArticleNotFoundError: No such article.
    """
    rows = []
    if 0 < article_id <= _LARGEST_ID:
        rows = connection.execute(
            "SELECT version, title, added_at, length_chars FROM versions WHERE article_id = ? ORDER BY version",
            (article_id,),
        ).fetchall()
    if not rows:
        raise _not_found(f"article {article_id}")
    return [ArticleVersion(version=row[0], title=row[1], added_at=row[2], length_chars=row[3]) for row in rows]


def _not_found(which: str) -> ArticleNotFoundError:
    return ArticleNotFoundError(f"The library holds no {which}.", "List what it holds with `pullquote articles`.")


def read_summaries(connection: Connection) -> list[ArticleSummary]:
    """Return a summary of every article, by id."""
    return [_summary(row) for row in connection.execute(f"{_SUMMARIES} ORDER BY id")]


def read_page(
    connection: Connection, *, limit: int, before: int | None, article_filter: ArticleFilter | None, words: str
) -> list[ArticleSummary]:
    """Return summaries by falling id, from below ``before``, of the articles that filter and words let through."""
    conditions, parameters = filter_conditions(article_filter or ArticleFilter())
    beginning = _LARGEST_ID if before is None else min(before, _LARGEST_ID)
    rows = connection.execute(
        f"{_SUMMARIES} WHERE {' AND '.join(['id < :before', *conditions])} ORDER BY id DESC",
        {**parameters, "before": max(beginning, 0)},
    )
    return list(islice(_naming(words, rows), limit))


def names_all(words: str, *, title: str, source: str) -> bool:
    """Tell whether every word stands in the title or the source, as part of a word or whole, in whatever case."""
    named = f"{title}\n{source}".casefold()
    return all(word in named for word in words.casefold().split())


def _naming(words: str, rows: Iterator[tuple[Any, ...]]) -> Iterator[ArticleSummary]:
    return (one for one in map(_summary, rows) if names_all(words, title=one.title, source=one.source))


def _summary(row: tuple[Any, ...]) -> ArticleSummary:
    return ArticleSummary(
        id=row[0],
        version=row[1],
        source=row[2],
        title=row[3],
        url=row[4],
        published=row[5],
        published_origin=_date_origin(row[6]),
        published_certainty=_certainty(row[7]),
        added_at=row[8],
        length_chars=row[9],
        passage_count=row[10],
    )


def read_passages(connection: Connection, passage_ids: Sequence[int]) -> list[StoredPassage]:
    """Return the passages with these ids, in this order; unknown ids are left out."""
    texts: dict[tuple[int, int], str] = {}  # Several passages of one article read its text once.
    known = (passage_id for passage_id in passage_ids if 0 < passage_id <= _LARGEST_ID)
    found = (_read_passage(connection, passage_id, texts) for passage_id in known)
    return [passage for passage in found if passage is not None]


def _read_passage(connection: Connection, passage_id: int, texts: dict[tuple[int, int], str]) -> StoredPassage | None:
    row = connection.execute(
        "SELECT article_id, version, start, end, title, source, url, published,"
        " published_origin, published_certainty FROM passages JOIN versions USING (article_id, version) WHERE id = ?",
        (passage_id,),
    ).fetchone()
    if row is None:
        return None
    if row[:2] not in texts:
        (texts[row[:2]],) = connection.execute(
            "SELECT text FROM texts WHERE article_id = ? AND version = ?", row[:2]
        ).fetchone()
    return StoredPassage(
        id=passage_id,
        article_id=row[0],
        version=row[1],
        start=row[2],
        end=row[3],
        title=row[4],
        text=texts[row[:2]][row[2] : row[3]],
        source=row[5],
        url=row[6],
        published=row[7],
        published_origin=_date_origin(row[8]),
        published_certainty=_certainty(row[9]),
    )


def _date_origin(stored: str | None) -> DateOrigin | None:
    return None if stored is None else DateOrigin(stored)


def _certainty(stored: str | None) -> DateCertainty | None:
    return None if stored is None else DateCertainty(stored)
