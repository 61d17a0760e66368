"""Markdown with YAML front matter: the front matter describes, the rest is the article without its markup."""

import re
from collections.abc import Iterable, Iterator

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from rag.loading.metadata import first_line_title, headline, language_tag, web_address
from rag.loading.parsed import ParsedArticle
from rag.loading.published_date import iso_date, stated_publication

__all__ = ["parse"]

FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(?P<yaml>.{0,20000}?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)

# Tags are taken as inline, and so dropped, while the text between them stays.
RENDERER = MarkdownIt("commonmark").disable("html_block").enable(["table", "strikethrough"])


def parse(text: str) -> ParsedArticle:
    """Return the text of all blocks, a blank line between two, table cells a tab apart.

    Front matter that is no YAML mapping is taken as text. Without a title there, the first heading is the title,
    or the first line.
    """
    stated, body = _front_matter(text)
    tokens = RENDERER.parse(body)
    plain = "\n\n".join(filter(str.strip, _blocks(tokens)))
    published, origin = stated_publication(iso_date(stated.get("published")) or iso_date(stated.get("date")), plain)
    return ParsedArticle(
        title=headline(stated.get("title")) or headline(_first_heading(tokens)) or first_line_title(plain),
        text=plain,
        url=web_address(stated.get("url")) or web_address(stated.get("link")),
        published=published,
        published_origin=origin,
        language=language_tag(stated.get("language")) or language_tag(stated.get("lang")),
    )


def _front_matter(text: str) -> tuple[dict[object, object], str]:
    """Return what the front matter states and the text behind it."""
    found = FRONT_MATTER.match(text)
    if found is None:
        return {}, text
    try:
        stated = yaml.safe_load(found["yaml"])
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        return {}, text
    return (stated, text[found.end() :]) if isinstance(stated, dict) else ({}, text)


def _blocks(tokens: Iterable[Token]) -> Iterator[str]:
    """Yield the text of each paragraph, heading, list item, code block and table row."""
    cells: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close" and cells is not None:
            yield "\t".join(cells)
            cells = None
        elif token.type == "inline" and cells is not None:
            cells.append(_inline_text(token))
        elif token.type == "inline":
            yield _inline_text(token)
        elif token.type in {"fence", "code_block"}:
            yield token.content.rstrip()


def _first_heading(tokens: list[Token]) -> str:
    opening = next((index for index, token in enumerate(tokens) if token.type == "heading_open"), None)
    return _inline_text(tokens[opening + 1]) if opening is not None else ""


def _inline_text(token: Token) -> str:
    """Return the text without emphasis, link addresses and tags; an image is its description."""
    parts = []
    for child in token.children or []:
        if child.type == "image":
            parts.append(_inline_text(child))
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" " if child.type == "softbreak" else "\n")
        elif child.type in {"text", "code_inline"}:
            parts.append(child.content)
    return "".join(parts).strip()
