"""The terms that the lexical index sees in a text."""

from contextlib import closing

from vectorstore.database import connect_in_memory
from vectorstore.schema import TOKENIZER

__all__ = ["tokenize"]


def tokenize(text: str) -> list[str]:
    """Return the terms of a text in order, stemmed and folded by SQLite's own tokenizer."""
    with closing(connect_in_memory()) as connection:
        connection.execute(f"CREATE VIRTUAL TABLE seen USING fts5 (text, tokenize = '{TOKENIZER}')")
        connection.execute("CREATE VIRTUAL TABLE terms USING fts5vocab (seen, instance)")
        connection.execute("INSERT INTO seen VALUES (?)", (text,))
        return [term for (term,) in connection.execute("SELECT term FROM terms ORDER BY offset")]
