"""What a file says, before it becomes an article."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["ParsedArticle"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedArticle:
    """The text of a file and what the file states about it; the fields are those of ``Article``.

    Attributes:
        published_origin: Where the file states its date; None where it states none.
    """

    title: str
    text: str
    url: str | None = None
    published: str | None = None
    published_origin: Literal["metadata", "dateline"] | None = None
    language: str | None = None
