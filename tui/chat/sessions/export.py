"""A session as Markdown, to be read or passed on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tui.answer_words import NOT_SAID, one_line, standing_words, surety
from tui.chat.citation_styles import CitationStyle, Cited, escaped_markdown, quoted
from tui.chat.sessions.values import Session, SessionTurn
from tui.terminal_text import printable

if TYPE_CHECKING:
    from rag.answers import Quotation

__all__ = ["as_markdown"]


def as_markdown(session: Session) -> str:
    """Return headline, questions and answers; what others wrote stands quoted and cannot act as Markdown."""
    return printable("\n\n".join([f"# {_plain(session.title)}", *_parts(session)]) + "\n")


def _parts(session: Session) -> Iterator[str]:
    for turn in session.turns:
        yield f"## {_plain(turn.question)}"
        yield from _turn_parts(turn)


def _turn_parts(turn: SessionTurn) -> Iterator[str]:
    yield f"Asked {turn.asked_at}."
    if turn.answer is None:
        yield _plain(turn.failure)
        return
    if turn.answer.query != turn.question:
        yield f"Asked as: {_plain(turn.answer.query)}"
    if turn.answer.quotation is not None:
        yield from _quotation_parts(turn.answer.quotation)
    elif turn.answer.abstention is not None:
        yield f"{NOT_SAID} {_plain(turn.answer.abstention.message)}"
    if turn.answer.also_reported:
        yield "### Also reported"
    for quotation in turn.answer.also_reported:
        yield from _quotation_parts(quotation)


def _quotation_parts(quotation: Quotation) -> Iterator[str]:
    cited = quotation.citation
    yield quoted(Cited.of(cited, quotation.text), CitationStyle.MARKDOWN)
    standing = standing_words(quotation)
    place = f"characters {cited.start} to {cited.end} of version {cited.version} of article {cited.article_id}"
    yield _plain("; ".join(words for words in (surety(quotation), standing, place) if words)) + "."


def _plain(text: str) -> str:
    """Return text on one line that Markdown shows as it is."""
    return escaped_markdown(one_line(text))
