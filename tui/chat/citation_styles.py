"""A quotation with its reference, as it is written in the styles that people paste into."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from tui.chat.web_address import is_web_address

__all__ = ["CitationStyle", "Cited", "Described", "escaped_markdown", "quoted"]


class CitationStyle(StrEnum):
    """How a copied quotation names its source."""

    PLAIN = "plain"
    MARKDOWN = "markdown"
    APA = "apa"
    MLA = "mla"
    CHICAGO = "chicago"

    @property
    def following(self) -> "CitationStyle":
        """The next style; the first after the last."""
        styles = list(CitationStyle)
        return styles[(styles.index(self) + 1) % len(styles)]


class Described(Protocol):
    """What a citation, a passage and an article all tell of an article."""

    @property
    def title(self) -> str:
        """The headline; may be empty."""
        ...

    @property
    def source(self) -> str:
        """Where it came from, as the person gave it."""
        ...

    @property
    def url(self) -> str | None:
        """Its address, where known."""
        ...

    @property
    def published(self) -> str | None:
        """ISO 8601, where known."""
        ...

    @property
    def published_origin(self) -> str | None:
        """Whether the day was stated or inferred."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """Words of an article, and what a reference says of it."""

    text: str
    title: str
    source: str
    url: str | None
    published: str | None

    @classmethod
    def of(cls, described: Described, text: str) -> "Cited":
        """Return words of an article with what is known of it; a day that was inferred is no part of a reference."""
        is_inferred = described.published_origin == "inferred"
        return cls(
            text=text,
            title=described.title,
            source=described.source,
            url=described.url,
            published=None if is_inferred else described.published,
        )


def quoted(cited: Cited, style: CitationStyle) -> str:
    """Return the quotation with its reference.

    News articles come here without author, so a reference begins with the headline, as the styles ask for.

    **Source:** APA Publication Manual, 7th edition, 9.12 and 10.1; MLA Handbook, 9th edition, 5.6; The Chicago Manual
    of Style, 17th edition, 14.191.
    """
    text = " ".join(cited.text.split())
    title = " ".join(cited.title.split()) or "Untitled"
    where = cited.url or cited.source
    day = _day(cited.published)
    match style:
        case CitationStyle.MARKDOWN:
            shown, safe = escaped_markdown(title), (cited.url or "").replace("<", "%3C").replace(">", "%3E")
            link = f"[{shown}](<{safe}>)" if is_web_address(safe) else f"*{shown}*, {escaped_markdown(where)}"
            return f"> {escaped_markdown(text)}\n\n{link}{f', {day.isoformat()}' if day else ''}"
        case CitationStyle.APA:
            dated = f"{day.year}, {day:%B} {day.day}" if day else "n.d."
            return f"“{text}” {title}. ({dated}). {where}"
        case CitationStyle.MLA:
            dated = f"{day.day} {day:%b}. {day.year}, " if day else ""
            return f"“{text}” “{title}.” {dated}{where}."
        case CitationStyle.CHICAGO:
            dated = f"{day:%B} {day.day}, {day.year}. " if day else ""
            return f"“{text}” “{title}.” {dated}{where}."
        case CitationStyle.PLAIN:
            return f"“{text}” ({title}, {where}{f', {day.isoformat()}' if day else ''})"


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def escaped_markdown(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return "".join(f"\\{character}" if character in r"\`*_[]<>#|" else character for character in text)
