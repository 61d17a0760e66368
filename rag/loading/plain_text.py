"""Plain text: the article is the file, character by character."""

from rag.loading.metadata import first_line_title
from rag.loading.parsed import ParsedArticle
from rag.loading.published_date import published_in

__all__ = ["parse"]


def parse(text: str) -> ParsedArticle:
    """Return the text as it is; its title is the first line, its date what the head of the text states."""
    return ParsedArticle(title=first_line_title(text), text=text, published=published_in(text))
