"""The terms of passages in the database: written with the passages, read to level the lexical index.

Terms are numbered as they come, and for good: a saved index may hold the number of one that no passage has any more.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from vectorstore.analysis import ANALYSER, terms_in
from vectorstore.changes import Commit
from vectorstore.database import Connection
from vectorstore.postings import FORWARD, Segment, build_segment

__all__ = ["analyse_again", "is_analysed", "segments_added", "store_terms", "term_ids"]

TEXT_HALVES = 2
TITLE_HALVES = 1
"""A headline counts half: it is the same for all passages of its article, whose own words must decide between them.
Source: docs/decisions/002."""

MOST_HALVES = 255
"""A term counts 127.5 times at most; beyond, BM25 adds less than a hundredth."""

_BATCH_ROWS = 10_000


def store_terms(connection: Connection, title: str, texts: Sequence[tuple[int, str]]) -> None:
    """Store the terms of new passages of one article, each an id and a text, below its headline."""
    title_terms = terms_in(title)
    analysed = [(passage_id, terms_in(text)) for passage_id, text in texts]
    ids = _numbered(connection, {*title_terms, *(term for _, terms in analysed for term in terms)})
    title_ids = [ids[term] for term in title_terms]
    connection.executemany(
        "INSERT INTO passage_terms VALUES (?, ?, ?)",
        (
            (passage_id, len(title_ids) + len(terms), _forward(title_ids, [ids[term] for term in terms]))
            for passage_id, terms in analysed
        ),
    )


def term_ids(connection: Connection, terms: Iterable[str]) -> dict[str, int]:
    """Return the numbers of those terms that some passage has, or once had."""
    return dict(
        connection.execute(
            "SELECT term, id FROM terms WHERE term IN (SELECT value FROM json_each(?))", (json.dumps(list(terms)),)
        )
    )


def segments_added(connection: Connection, *, since: Commit) -> Iterator[Segment]:
    """Yield the passages that came since a commit and are there, by rising id.

    Raises:
        ValueError: The terms of a passage are damaged.
    """
    rows = connection.execute(
        "SELECT id, length, terms FROM passages JOIN passage_terms ON passage_id = id WHERE generation > ? ORDER BY id",
        (since.generation,),
    )
    while batch := rows.fetchmany(_BATCH_ROWS):
        counts = np.array([len(row[2]) // FORWARD.itemsize for row in batch], np.int64)
        yield build_segment(
            np.array([row[0] for row in batch], np.int64),
            np.array([row[1] for row in batch], np.uint32),
            counts,
            np.frombuffer(b"".join(row[2] for row in batch), FORWARD),
        )


def is_analysed(connection: Connection) -> bool:
    """Tell whether all terms were cut as we cut them."""
    row = connection.execute("SELECT name FROM analyser").fetchone()
    return row is not None and row[0] == ANALYSER


def analyse_again(connection: Connection) -> None:
    """Cut every passage into terms anew; the caller holds the transaction."""
    for table in ("passage_terms", "terms", "analyser"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608
    articles = connection.execute(
        "SELECT id, versions.version, title, text FROM versions JOIN texts USING (article_id, version)"
        " JOIN articles ON id = article_id AND articles.version = versions.version"
    )
    for article_id, version, title, text in articles:
        passages = connection.execute(
            "SELECT id, start, end FROM passages WHERE article_id = ? AND version = ?", (article_id, version)
        )
        store_terms(connection, title, [(passage_id, text[start:end]) for passage_id, start, end in passages])
    connection.execute("INSERT INTO analyser VALUES (1, ?)", (ANALYSER,))


def _numbered(connection: Connection, terms: set[str]) -> dict[str, int]:
    known = term_ids(connection, terms)
    new = sorted(terms - known.keys())
    connection.executemany("INSERT INTO terms (term) VALUES (?)", ((term,) for term in new))
    return known | term_ids(connection, new)


def _forward(title_ids: list[int], text_ids: list[int]) -> bytes:
    """Return the terms of a passage with their weighted frequencies, as ``FORWARD``."""
    halves = {term: TEXT_HALVES * count for term, count in Counter(text_ids).items()}
    for term in title_ids:
        halves[term] = halves.get(term, 0) + TITLE_HALVES
    forward: npt.NDArray[np.void] = np.empty(len(halves), FORWARD)
    forward["term"] = np.fromiter(halves, np.uint32, len(halves))
    forward["halves"] = np.minimum(np.fromiter(halves.values(), np.int64, len(halves)), MOST_HALVES)
    return forward.tobytes()
