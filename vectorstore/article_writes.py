"""What adding and removing articles writes; the caller holds the transaction."""

from collections.abc import Iterable

import numpy as np

from vectorstore.article_reads import find_standing
from vectorstore.articles import Addition, Article, Passage, Standing, StoredArticle, Vectors
from vectorstore.database import Connection
from vectorstore.term_store import store_terms

__all__ = ["remove_article", "store_addition"]


def store_addition(connection: Connection, addition: Addition, *, generation: int, added_at: str) -> Standing:
    """Store one article as new, as a new version, or not at all, and return which."""
    standing, article_id = find_standing(connection, addition.article)
    if standing is Standing.UNCHANGED:
        return standing
    if article_id is None:
        article_id, version = _insert_article(connection, addition.article)
    else:
        _remove_passages(connection, article_id, generation=generation)
        version = _next_version(connection, article_id, addition.article)
    _insert_version(connection, addition.article, article_id=article_id, version=version, added_at=added_at)
    _insert_passages(connection, addition, article_id=article_id, version=version, generation=generation)
    return standing


def remove_article(connection: Connection, article_id: int, *, generation: int) -> None:
    """Remove an article with all its versions and passages."""
    _remove_passages(connection, article_id, generation=generation)
    connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))


def _insert_article(connection: Connection, article: Article) -> tuple[int, int]:
    """Return a new id and version 1; of an article that was removed, what it had, so that its citations hold again."""
    article_id, version = None, 1
    if isinstance(article, StoredArticle):
        taken = connection.execute("SELECT 1 FROM articles WHERE id = ?", (article.id,)).fetchone()
        if taken is None:
            article_id, version = article.id, article.version
    row = (article_id, article.origin, version)
    cursor = connection.execute("INSERT INTO articles (id, origin, version) VALUES (?, ?, ?)", row)
    return _inserted_id(cursor.lastrowid), version


def _next_version(connection: Connection, article_id: int, article: Article) -> int:
    """Return the number after the current one; of a version that was removed with its article, the one it had."""
    had = article.version if isinstance(article, StoredArticle) and article.id == article_id else 0
    (version,) = connection.execute(
        "UPDATE articles SET version = max(version + 1, ?) WHERE id = ? RETURNING version", (had, article_id)
    ).fetchone()
    return int(version)


def _insert_version(connection: Connection, article: Article, *, article_id: int, version: int, added_at: str) -> None:
    connection.execute(
        "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article_id,
            version,
            article.content_hash,
            article.source,
            article.title,
            article.url,
            article.published,
            article.language,
            added_at,
            len(article.text),
            article.published_origin,
            article.published_certainty,
        ),
    )
    connection.execute("INSERT INTO texts VALUES (?, ?, ?)", (article_id, version, article.text))


def _insert_passages(
    connection: Connection, addition: Addition, *, article_id: int, version: int, generation: int
) -> None:
    title, text = addition.article.title, addition.article.text
    texts = []
    for passage, vector in zip(addition.passages, _blobs(addition.vectors), strict=True):
        passage_id = _insert_passage(connection, passage, article_id, version, generation)
        connection.execute("INSERT INTO vectors VALUES (?, ?)", (passage_id, vector))
        texts.append((passage_id, text[passage.start : passage.end]))
    store_terms(connection, title, texts)


def _insert_passage(connection: Connection, passage: Passage, article_id: int, version: int, generation: int) -> int:
    cursor = connection.execute(
        "INSERT INTO passages (article_id, version, start, end, generation) VALUES (?, ?, ?, ?, ?)",
        (article_id, version, passage.start, passage.end, generation),
    )
    return _inserted_id(cursor.lastrowid)


def _remove_passages(connection: Connection, article_id: int, *, generation: int) -> None:
    rows = connection.execute("SELECT id FROM passages WHERE article_id = ?", (article_id,)).fetchall()
    connection.executemany(
        "INSERT INTO removed_passages VALUES (?, ?)", ((passage_id, generation) for (passage_id,) in rows)
    )
    connection.execute("DELETE FROM passages WHERE article_id = ?", (article_id,))


def _blobs(vectors: Vectors) -> Iterable[bytes]:
    """Return one blob of little-endian float32 per vector, whatever the machine."""
    return (row.tobytes() for row in np.ascontiguousarray(vectors, dtype="<f4"))


def _inserted_id(row_id: int | None) -> int:
    if row_id is None:
        raise AssertionError("an INSERT gave no row id")
    return row_id
