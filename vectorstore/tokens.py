"""The terms that the lexical index sees in a text."""

from collections.abc import Sequence
from contextlib import closing

from vectorstore.database import connect_in_memory
from vectorstore.schema import TOKENIZER

__all__ = ["tokenize"]


def tokenize(texts: Sequence[str]) -> list[list[str]]:
    """Return the terms of each text in order, stemmed and folded by SQLite's own tokenizer."""
    terms: list[list[str]] = [[] for _ in texts]
    with closing(connect_in_memory()) as connection:
        connection.execute(f"CREATE VIRTUAL TABLE seen USING fts5 (text, tokenize = '{TOKENIZER}')")
        connection.execute("CREATE VIRTUAL TABLE terms USING fts5vocab (seen, instance)")
        connection.executemany("INSERT INTO seen (rowid, text) VALUES (?, ?)", enumerate(texts))
        for at, term in connection.execute("SELECT doc, term FROM terms ORDER BY doc, offset"):
            terms[at].append(term)
    return terms
