"""From the bytes of a file to its text, exactly: no line break is translated and nothing is normalised."""

import codecs
import re

__all__ = ["UndecodableError", "declared_encoding", "decode"]

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # Before UTF-16, whose mark it begins with.
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

WESTERN = "cp1252"
WESTERN_NAMES = frozenset({"ascii", "iso8859-1"})
"""Declared names that mean Windows-1252 in practice. Source: WHATWG Encoding Standard, names and labels."""

LATIN = frozenset({"cp1250", "cp1252", "cp1254"})
LEGACY = [
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256"),
    *("koi8_r", "cp932", "euc_jp", "gb18030", "big5", "cp949"),
]
"""The encodings that news was written in before UTF-8; rarer ones win by chance on short texts."""

# Of charset-normalizer's measures: how odd the letters of a decoding look beside each other, and how well they fit
# a language. Measured on tests/library and on sentences in ten languages, each in its encodings.
EQUALLY_ODD = 0.02
EQUALLY_COHERENT = 0.02
MIN_COHERENCE = 0.1
MAX_ODDITY = 0.05
MIN_FOREIGN_SHARE = 0.3
"""Bytes above 127 where the script is not Latin: .45 to 1; in Western text they are .001 to .2."""

CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MAX_CONTROL_SHARE = 0.02
"""Of a text; compressed data has a tenth of them."""


class UndecodableError(ValueError):
    """The bytes are no text, or in an encoding that cannot be told; the message says which, in a clause."""


def decode(content: bytes, *, declared: str | None = None) -> str:
    """Return the text without its byte order mark.

    A mark decides; then UTF-8 if it fits; then the declared encoding; then a guess, if it is sure enough.

    Args:
        content: The whole file.
        declared: Name of an encoding that the content itself states.

    Raises:
        UndecodableError: The content is binary, or its encoding cannot be told.
    """
    text = _decoded(content, declared)
    if "\0" in text or len(CONTROL_CHARACTERS.findall(text)) > MAX_CONTROL_SHARE * len(text):
        raise UndecodableError("is binary, not text")
    return text


def declared_encoding(page: bytes) -> str | None:
    """Return the encoding that an HTML page states near its beginning."""
    # Source: the WHATWG HTML standard looks at 1024 bytes; pages with a long head need more.
    found = re.search(rb"<(?:meta|\?xml)[^>]+(?:charset|encoding)=[\"']?([\w.:-]+)", page[:4096], re.IGNORECASE)
    return found.group(1).decode("ascii", "ignore") if found else None


def _decoded(content: bytes, declared: str | None) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            text = _strictly(content[len(mark) :], encoding)
            if text is None:
                raise UndecodableError(f"begins as {encoding.upper()} but is damaged")
            return text
    text = _strictly(content, "utf-8")
    if text is not None:
        return text
    if b"\0" in content:
        raise UndecodableError("is binary, not text")
    if _is_damaged_utf_8(content):
        raise UndecodableError("is UTF-8 but damaged")
    if declared is not None:
        text = _strictly(content, declared)
    text = text if text is not None else _guessed(content)
    if text is None:
        raise UndecodableError("is in an encoding that cannot be told")
    return text


def _strictly(content: bytes, encoding: str) -> str | None:
    """Decode; None if the bytes do not fit or there is no such encoding of text."""
    try:
        name = codecs.lookup(encoding).name
        return content.decode(WESTERN if name in WESTERN_NAMES else name)
    except (LookupError, UnicodeError):
        return None


def _is_damaged_utf_8(content: bytes) -> bool:
    """Tell whether most of the bytes above 127 are UTF-8: any other reading would garble those."""
    text = content.decode("utf-8", "replace")
    damages = text.count("\N{REPLACEMENT CHARACTER}")
    return sum(character > "\x7f" for character in text) > 2 * damages


def _guessed(content: bytes) -> str | None:
    """Decode as charset-normalizer guesses, None where the guess is not sure.

    It tells scripts apart well, but of the Latin code pages it takes any that fits. Windows-1252, the most common
    by far, has precedence among equals here; another has to fit the letters clearly better.
    """
    from charset_normalizer import from_bytes  # Slow to import, and most files are UTF-8.

    matches = list(from_bytes(content, cp_isolation=LEGACY))
    if not matches:
        return None
    best = matches[0]
    if best.encoding not in LATIN:
        share = sum(byte > 127 for byte in content) / len(content)
        is_sure = share >= MIN_FOREIGN_SHARE and best.chaos <= MAX_ODDITY
        return str(best) if is_sure else None
    for match in matches:
        is_as_good = match.chaos <= best.chaos + EQUALLY_ODD and match.coherence >= best.coherence - EQUALLY_COHERENT
        if match.encoding == WESTERN and is_as_good:
            return str(match)
    return str(best) if best.coherence >= MIN_COHERENCE else None
