"""Plain text: the article is the file, character by character."""

from rag.loading.metadata import first_line_title
from rag.loading.parsed import ParsedArticle
from rag.loading.published_date import stated_publication

__all__ = ["parse"]


def parse(text: str) -> ParsedArticle:
    """Return the text as it is; its title is the first line, its date what the head of the text states."""
    published, origin = stated_publication(None, text)
    return ParsedArticle(title=first_line_title(text), text=text, published=published, published_origin=origin)
