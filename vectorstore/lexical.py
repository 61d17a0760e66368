"""Search by words: any question as an FTS5 query, and BM25 over titles and passages."""

import unicodedata
from itertools import groupby

from vectorstore.articles import ArticleFilter, Hit
from vectorstore.database import Connection
from vectorstore.filters import allowed_passages_query

__all__ = ["MAX_QUERY_CHARS", "MAX_TERMS", "STOP_WORDS", "TEXT_WEIGHT", "TITLE_WEIGHT", "query_terms", "search_terms"]

TEXT_WEIGHT = 1.0
TITLE_WEIGHT = 0.5
"""A headline counts half: it is the same for all passages of its article, whose own words must decide between them.
Source: docs/decisions/002."""

MAX_QUERY_CHARS = 4_000
MAX_TERMS = 64
"""Bounds on what one question can cost; a person's question has a fifth of them at most."""

_ENGLISH_GRAMMAR = """
a about after am an and are as at be been before being between but by can could did do does done during for from had
has have having he her here him his how i if in into is it its may me might must my no not of on or our over s shall
she should so t than that the their them then there these they this those to was we were what when where which who
whom whose why will with would you your
"""
STOP_WORDS = frozenset(_ENGLISH_GRAMMAR.split())
"""English words of grammar, and what an apostrophe leaves of them, found in most passages: queries without them find
better and cost a third. Source: docs/decisions/002."""


def query_terms(query: str) -> list[str]:
    """Return the words of a query in order, each once whatever its case; at most ``MAX_TERMS``.

    Stop words are left out, unless in capitals (WHO) or when there is nothing else (to be or not to be).

    A word is a run of letters, digits, marks and private-use characters, as FTS5's unicode61 tokenizer sees them
    (https://www.sqlite.org/fts5.html#unicode61_tokenizer), so it can hold no character of FTS5's query syntax.
    """
    runs = groupby(query[:MAX_QUERY_CHARS], key=_is_part_of_word)
    words = ["".join(characters) for is_word, characters in runs if is_word]
    telling = [word for word in words if word.isupper() or word.lower() not in STOP_WORDS]
    return list({word.lower(): word for word in telling or words}.values())[:MAX_TERMS]


def search_terms(
    connection: Connection, terms: list[str], *, top_k: int, article_filter: ArticleFilter | None
) -> list[Hit]:
    """Return the passages that hold any of the terms, by BM25, best first; equal scores by lower id.

    A filter restricts the passages, not the statistics: the score of a passage does not depend on it.
    """
    if not terms:
        return []
    condition = ""
    parameters: dict[str, str] = {}
    if article_filter is not None and not article_filter.is_empty:
        allowed, parameters = allowed_passages_query(article_filter)
        # The plus sign keeps SQLite from asking FTS5 anew for every allowed rowid, which took seconds.
        condition = f"AND +rowid IN ({allowed})"
    rows = connection.execute(
        f"""SELECT rowid, bm25(passage_terms, {TITLE_WEIGHT}, {TEXT_WEIGHT}) AS cost FROM passage_terms
            WHERE passage_terms MATCH :terms {condition} ORDER BY cost, rowid LIMIT :top_k""",  # noqa: S608
        {"terms": " OR ".join(f'"{term}"' for term in terms), "top_k": top_k, **parameters},
    )
    return [Hit(passage_id, -cost) for passage_id, cost in rows]


def _is_part_of_word(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LNM" or category == "Co"
