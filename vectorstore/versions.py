"""What is kept of the past of a library, and what is let go on request."""

from vectorstore.changes import last_commit
from vectorstore.database import Connection

__all__ = ["disown_commits", "forget_removals", "prune_versions"]


def prune_versions(connection: Connection, *, keep: int) -> int:
    """Remove all but the newest ``keep`` versions of every article, and return how many went."""
    cursor = connection.execute(
        "DELETE FROM versions WHERE version <= ? + (SELECT version FROM articles WHERE id = article_id)", (-keep,)
    )
    return cursor.rowcount


def forget_removals(connection: Connection) -> None:
    """Forget which passages were removed, which no index that is level with the last commit needs to know."""
    connection.execute("DELETE FROM removed_passages")
    disown_commits(connection)


def disown_commits(connection: Connection) -> None:
    """Make every index but one that is level with the last commit belong to another state: it is loaded anew."""
    connection.execute("UPDATE commits SET token = '' WHERE generation < ?", (last_commit(connection).generation,))
