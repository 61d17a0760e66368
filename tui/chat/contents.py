"""What the widgets show, as Textual content: text of articles and questions is shown, never obeyed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from tui.answer_words import NOT_SAID, one_line, sentence_parts, standing_words, surety
from tui.terminal_text import printable

if TYPE_CHECKING:
    from rag.answers import Abstention, Quotation
    from rag.articles import StoredArticle, StoredPassage
    from rag.errors import PullquoteError
    from tui.chat.citation_styles import Described

__all__ = [
    "abstention_content",
    "brief_content",
    "content",
    "failure_content",
    "heading_content",
    "passage_content",
    "question_content",
    "quotation_content",
    "reading_words",
]

PASSAGE_CHARS = 240
"""How much of a near passage is shown below an abstention: about three lines of a narrow terminal."""


def content(*pieces: str | tuple[str, str]) -> Content:
    """Return text pieces, each plain or with a style, as content that no markup and no control character steers."""
    return Content.assemble(
        *(printable(piece) if isinstance(piece, str) else (printable(piece[0]), piece[1]) for piece in pieces)
    )


def question_content(question: str, *, query: str | None = None) -> Content:
    """Return the question, and what was really asked where it is not what was typed."""
    shown = content(("> ", "bold $text-accent"), (question, "bold"))
    if query is None or query == " ".join(question.split()):
        return shown
    return shown.append(content(("\n  asked as: ", "dim"), (query, "italic"), ("  (F2 edits it)", "dim")))


def quotation_content(number: int, quotation: Quotation) -> Content:
    """Return the answer: the quotation, its sentence with the span marked, what is known of it, and where it stands."""
    before, span, after = sentence_parts(quotation.citation)
    return content(
        (f"{number}  ", "bold"),
        (f"“{span}”", "bold $text-success"),
        (f"  {surety(quotation)}\n", "dim"),
        *_standing(quotation),
        before,
        (span, "bold underline"),
        f"{after}\n",
        *_origin(quotation.citation),
    )


def brief_content(number: int, quotation: Quotation) -> Content:
    """Return what is also reported: the quotation, what is known of it, and where it stands."""
    return content(
        (f"{number}  ", "bold"),
        (f"“{one_line(quotation.text)}”", "bold"),
        (f"  {surety(quotation)}\n", "dim"),
        *_standing(quotation),
        *_origin(quotation.citation),
    )


def abstention_content(abstention: Abstention) -> Content:
    """Return that the articles do not say, and why."""
    return content((f"{NOT_SAID}\n", "bold"), abstention.message)


def passage_content(number: int, passage: StoredPassage) -> Content:
    """Return how a near passage begins, and where it stands."""
    text = one_line(passage.text).strip()
    shown = text if len(text) <= PASSAGE_CHARS else f"{text[:PASSAGE_CHARS].rstrip()}…"
    return content((f"{number}  ", "bold"), f"{shown}\n", *_origin(passage))


def reading_words(passages: Sequence[StoredPassage]) -> str:
    """Return how many passages are still to be read, and of which articles."""
    if not passages:
        return "Weighing what was read…"
    titles = dict.fromkeys(one_line(passage.title) or passage.source for passage in passages)
    return f"Reading {len(passages)}: {'; '.join(titles)}…"


def failure_content(error: PullquoteError) -> Content:
    """Return what went wrong and what mends it."""
    return content((f"{error.message}\n", "bold $text-error"), error.remedy)


def heading_content(article: StoredArticle) -> Content:
    """Return an article's headline and where it comes from."""
    return content(*_origin(article))


def _standing(quotation: Quotation) -> tuple[tuple[str, str], ...]:
    words = standing_words(quotation)
    return ((f"{words}\n", "$text-warning"),) if words else ()


def _origin(described: Described) -> tuple[tuple[str, str], ...]:
    """Return the pieces that tell headline, source and day."""
    about = "about " if described.published_origin == "inferred" else ""
    day = f", {about}{described.published[:10]}" if described.published else ""
    return (one_line(described.title) or "Untitled", "italic"), (f"\n{one_line(described.source)}{day}", "dim")
