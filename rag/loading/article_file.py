"""From a found file to an article, or to the reason why not."""

import stat
from functools import cache
from pathlib import Path, PurePosixPath

from rag.articles import Article, DateCertainty, DateOrigin
from rag.errors import LoadError
from rag.loading import plain_text
from rag.loading.decoding import UndecodableError, declared_encoding, decode
from rag.loading.discovery import READABLE, SUFFIXES, FoundFile
from rag.loading.limited_parser import LimitedParser
from rag.loading.parsed import ParsedArticle
from rag.loading.parser_worker import Format

__all__ = ["MAX_MARKUP_BYTES", "load", "load_content"]

MAX_MARKUP_BYTES = 5_000_000
"""Pages above this are refused: an article has a hundredth of it, and parsers take minutes."""

PARSE_LIMIT_S = 20.0

MARKUP: dict[str, Format] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "web_page",
    ".htm": "web_page",
}


def load(found: FoundFile, *, max_bytes: int) -> Article:
    """Read one file.

    Args:
        found: The file.
        max_bytes: Larger files are refused before they are read.

    Raises:
        LoadError: The file is gone, too large, not a regular file, not text, empty, or has no article in it.
    """
    return load_content(_read(found, max_bytes), source=found.source, origin=found.origin)


def load_content(content: bytes, *, source: str, origin: str) -> Article:
    """Read the content of a file that may stand nowhere on this disk.

    Args:
        content: All of it.
        source: Its name or path, whose ending tells the format; nothing is opened by it.
        origin: What identifies the article.

    Raises:
        LoadError: It is too large, not text, empty, in a format that is not read, or has no article in it.
    """
    suffix = PurePosixPath(source).suffix.lower()
    if suffix not in SUFFIXES:
        raise LoadError(f"{source} is not in a format that Pullquote reads.", READABLE)
    parsed = _parsed(content, markup=MARKUP.get(suffix), source=source)
    return Article(
        origin=origin,
        source=source,
        title=_well_formed(parsed.title),
        text=_well_formed(parsed.text),
        url=parsed.url,
        published=parsed.published,
        published_origin=DateOrigin(parsed.published_origin) if parsed.published_origin else None,
        published_certainty=DateCertainty.CERTAIN if parsed.published_origin else None,
        language=parsed.language,
    )


def _parsed(content: bytes, *, markup: Format | None, source: str) -> ParsedArticle:
    if markup is not None and len(content) > MAX_MARKUP_BYTES:
        message = f"{source} has {_megabytes(len(content))} of markup; up to {_megabytes(MAX_MARKUP_BYTES)} is read."
        raise LoadError(message, "Save the article alone, or as plain text.")
    try:
        text = decode(content, declared=declared_encoding(content) if markup == "web_page" else None)
    except UndecodableError as error:
        raise LoadError(f"{source} {error}.", "Save it as plain text in UTF-8.") from error
    parsed = plain_text.parse(text) if markup is None else _limited().parse(text, markup=markup, name=source)
    if not parsed.text.strip():
        fault = "is empty" if not text.strip() else "holds no text of an article"
        raise LoadError(f"{source} {fault}.", "Add the file again once the article is in it.")
    return parsed


def _read(found: FoundFile, max_bytes: int) -> bytes:
    """Return the content of a regular file within the limit."""
    try:
        status = found.path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise _not_a_file(found, status.st_mode)
        if status.st_size <= max_bytes:
            return _read_up_to(found.path, max_bytes)
    except OSError as error:
        message = f"{found.source} cannot be read: {error.strerror}."
        raise LoadError(message, "Check that it is still there and that you may read it.") from error
    message = f"{found.source} has {_megabytes(status.st_size)}, more than the limit of {_megabytes(max_bytes)}."
    raise LoadError(message, "Split it, or raise the limit with PULLQUOTE_LOADING__MAX_FILE_MB.")


def _read_up_to(path: Path, max_bytes: int) -> bytes:
    """Read no more than the limit, even from a file that grows meanwhile."""
    with path.open("rb") as file:
        return file.read(max_bytes)


def _not_a_file(found: FoundFile, mode: int) -> LoadError:
    if stat.S_ISDIR(mode):
        return LoadError(f"The folder {found.source} cannot be opened.", "Give yourself the right to read it.")
    return LoadError(f"{found.source} is a device or a pipe, not a file.", "Save what it holds to a file.")


@cache
def _limited() -> LimitedParser:
    return LimitedParser(time_limit_s=PARSE_LIMIT_S)


def _well_formed(text: str) -> str:
    """Replace lone surrogates, which escapes in markup can make and no encoding can store."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB"
