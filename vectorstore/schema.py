"""The tables of a library, and the version of their format.

A passage belongs to the current version of its article; vectors and terms belong to passages. Every committed change
has a row in ``commits``. Passages carry the generation that added them and leave one in ``removed_passages`` when
they go, so that a derived index can be brought level from any commit it has seen.
"""

__all__ = ["APPLICATION_ID", "FORMAT_VERSION", "PAGE_SIZE_BYTES", "STATEMENTS", "UPGRADES"]

APPLICATION_ID = 0x50554C51
"""``PULQ`` in the SQLite header: what tells a library from any other SQLite file."""

FORMAT_VERSION = 3
"""Goes up with every change of the tables; stands in the SQLite header (``user_version``)."""

PAGE_SIZE_BYTES = 8192
"""Source: docs/decisions/002; five vectors of 384 numbers fill such a page, a default one of 4096 holds two."""

_TERM_TABLES = (
    """CREATE TABLE analyser (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        name TEXT NOT NULL
    )""",
    """CREATE TABLE terms (
        id INTEGER PRIMARY KEY,
        term TEXT NOT NULL UNIQUE
    )""",
    """CREATE TABLE passage_terms (
        passage_id INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE,
        length INTEGER NOT NULL,
        terms BLOB NOT NULL
    )""",
)

STATEMENTS = (
    """CREATE TABLE embedder (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        name TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        dimension INTEGER NOT NULL
    )""",
    """CREATE TABLE commits (
        generation INTEGER PRIMARY KEY,
        token TEXT NOT NULL
    )""",
    """CREATE TABLE articles (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        origin TEXT NOT NULL UNIQUE,
        version INTEGER NOT NULL
    )""",
    """CREATE TABLE versions (
        article_id INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
        version INTEGER NOT NULL,
        content_hash TEXT NOT NULL,
        source TEXT NOT NULL,
        title TEXT NOT NULL,
        url TEXT,
        published TEXT,
        language TEXT,
        added_at TEXT NOT NULL,
        length_chars INTEGER NOT NULL,
        published_origin TEXT,
        published_certainty TEXT,
        PRIMARY KEY (article_id, version)
    )""",
    "CREATE INDEX versions_by_content ON versions (content_hash)",
    """CREATE TABLE texts (
        article_id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (article_id, version),
        FOREIGN KEY (article_id, version) REFERENCES versions ON DELETE CASCADE
    )""",
    """CREATE TABLE passages (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article_id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        generation INTEGER NOT NULL REFERENCES commits,
        FOREIGN KEY (article_id, version) REFERENCES versions ON DELETE CASCADE
    )""",
    "CREATE INDEX passages_by_article ON passages (article_id, version)",
    "CREATE INDEX passages_by_generation ON passages (generation)",
    """CREATE TABLE vectors (
        passage_id INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE,
        vector BLOB NOT NULL
    )""",
    """CREATE TABLE removed_passages (
        passage_id INTEGER PRIMARY KEY,
        generation INTEGER NOT NULL REFERENCES commits
    )""",
    "CREATE INDEX removed_passages_by_generation ON removed_passages (generation)",
    *_TERM_TABLES,
)

UPGRADES = {
    1: (
        "ALTER TABLE versions ADD COLUMN published_origin TEXT",
        "ALTER TABLE versions ADD COLUMN published_certainty TEXT",
    ),
    2: ("DROP TABLE passage_terms", *_TERM_TABLES),
}
"""What brings a library from one format to the next; the origin of dates that format 1 holds was not recorded, and the
passages of format 2 have yet to be cut into terms."""
