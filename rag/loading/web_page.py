"""Web pages: trafilatura tells the article from the page around it."""

import re
from collections.abc import Iterator
from html import unescape

from lxml.html import HtmlElement  # type: ignore[import-untyped]
from trafilatura import bare_extraction
from trafilatura.settings import Document
from trafilatura.utils import load_html

from rag.loading.metadata import first_line_title, headline, language_tag, web_address
from rag.loading.parsed import ParsedArticle
from rag.loading.published_date import iso_date, stated_publication

__all__ = ["parse"]

STATED_DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished' or @name='datePublished']/@content",
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
    "//meta[@name='pubdate' or @name='publish-date' or @name='date' or @name='dc.date' or @name='DC.date']/@content",
)
LINKED_DATA_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{1,40})"')
CHARACTER_REFERENCE = re.compile(r"&#(?:0*([0-9]{1,7})|x0*([0-9a-f]{1,6}));?", re.IGNORECASE)


def parse(text: str) -> ParsedArticle:
    """Return the main text, its blocks apart by blank lines, and what the page states; empty text if there is none.

    Dates are taken from the page's own statements alone: trafilatura would make the day 12 March of ``12/03/2026``.
    """
    tree = load_html(_whole_page(text))
    if tree is None:
        return ParsedArticle(title="", text="")
    metadata = next(filter(None, map(iso_date, _stated_dates(tree))), None)
    language = language_tag(tree.get("lang"))
    page = bare_extraction(tree, with_metadata=True, include_comments=False)
    if not isinstance(page, Document):
        return ParsedArticle(title="", text="")
    blocks = [line.strip() for line in (page.text or "").splitlines() if line.strip()]
    title = headline(page.title)
    if blocks == [title]:
        blocks = []
    plain = "\n\n".join(blocks)
    published, origin = stated_publication(metadata, plain)
    return ParsedArticle(
        title=title or first_line_title(plain),
        text=plain,
        url=web_address(page.url),
        published=published,
        published_origin=origin,
        language=language,
    )


def _whole_page(text: str) -> str:
    """Return what trafilatura does not give up on: it takes no fragment, and no reference to a control character."""
    page = CHARACTER_REFERENCE.sub(_without_control, text)
    return page if "<html" in page.lower() else f"<html><body>{page}</body></html>"


def _without_control(reference: re.Match[str]) -> str:
    code = int(reference[1]) if reference[1] else int(reference[2], 16)
    return reference[0] if code >= ord(" ") or chr(code) in "\t\n\r" else "\N{REPLACEMENT CHARACTER}"


def _stated_dates(tree: HtmlElement) -> Iterator[str]:
    """Yield what the page states as its date, the most explicit first."""
    for path in STATED_DATES:
        yield from map(str, tree.xpath(path))
    for script in tree.xpath("//script[@type='application/ld+json']"):
        yield from (unescape(found) for found in LINKED_DATA_DATE.findall(script.text or ""))
