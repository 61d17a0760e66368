"""What a file states about itself, made safe to store: anything unusable counts as not stated."""

import re
from urllib.parse import urlsplit

__all__ = ["first_line_title", "headline", "language_tag", "web_address"]

MAX_HEADLINE_CHARS = 200
SHORTENED_CHARS = 100
MAX_ADDRESS_CHARS = 2_000

LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,4}")
SENTENCE_ENDS = (".", "!", "?", "。", "؟", "…")


def headline(stated: object) -> str:
    """Return a stated title on one line, shortened at a word if it is very long; empty if there is none."""
    return _shortened(stated, MAX_HEADLINE_CHARS) if isinstance(stated, str | int | float) else ""


def first_line_title(text: str) -> str:
    """Return the first line with text as a title: whole if it reads as a headline, else its beginning."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    is_headline = not line.endswith(SENTENCE_ENDS)
    return _shortened(line, MAX_HEADLINE_CHARS if is_headline else SHORTENED_CHARS, SHORTENED_CHARS)


def web_address(stated: object) -> str | None:
    """Return an absolute http or https address; readers may be offered it as a link."""
    if not isinstance(stated, str) or len(stated) > MAX_ADDRESS_CHARS:
        return None
    address = stated.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    is_whole = parts.scheme in {"http", "https"} and bool(parts.netloc) and address.isprintable()
    return address if is_whole and " " not in address else None


def language_tag(stated: object) -> str | None:
    """Return a BCP 47 tag."""
    if not isinstance(stated, str) or not LANGUAGE_TAG.fullmatch(stated.strip()):
        return None
    return stated.strip().replace("_", "-")


def _shortened(stated: object, limit: int, shortened_to: int | None = None) -> str:
    """Return text on one line; above the limit it is cut at a word, with an ellipsis."""
    # Bounded first: a title may be a million characters, of which no more than the beginning is shown.
    text = " ".join(str(stated)[: 4 * MAX_HEADLINE_CHARS].split())
    if len(text) <= limit:
        return text
    beginning = text[: (shortened_to or limit) - 1]
    return (beginning.rpartition(" ")[0] or beginning).rstrip(",;:") + "…"
