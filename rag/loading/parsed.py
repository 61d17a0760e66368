"""What a file says, before it becomes an article."""

from dataclasses import dataclass

__all__ = ["ParsedArticle"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedArticle:
    """The text of a file and what the file states about it; the fields are those of ``Article``."""

    title: str
    text: str
    url: str | None = None
    published: str | None = None
    language: str | None = None
