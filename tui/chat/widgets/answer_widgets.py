"""What an answer is shown as: quotations that open their articles, or why there is none and what lies nearest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.chat.citation_styles import Cited
from tui.chat.contents import abstention_content, brief_content, content, passage_content, quotation_content
from tui.chat.messages import Place
from tui.chat.widgets.citation import CitationView

if TYPE_CHECKING:
    from rag.answers import Answer, Quotation
    from rag.articles import StoredPassage

__all__ = ["answer_widgets"]


def answer_widgets(answer: Answer, nearest: Sequence[StoredPassage]) -> list[Widget]:
    """Return the widgets of an answer; ``nearest`` are the passages to offer where the articles do not say."""
    widgets: list[Widget] = []
    if answer.quotation is not None:
        widgets.append(_quotation_view(quotation_content(1, answer.quotation), answer.quotation))
    elif answer.abstention is not None:
        widgets.append(Static(abstention_content(answer.abstention)))
        widgets += _nearest_views(nearest)
    if answer.also_reported:
        widgets.append(Static(content(("Also reported", "bold"))))
    for number, quotation in enumerate(answer.also_reported, start=2):
        widgets.append(_quotation_view(brief_content(number, quotation), quotation))
    return widgets


def _quotation_view(shown: Content, quotation: Quotation) -> CitationView:
    cited = quotation.citation
    place = Place(article_id=cited.article_id, version=cited.version, start=cited.start, end=cited.end)
    words = Cited(text=quotation.text, title=cited.title, source=cited.source, url=cited.url, published=cited.published)
    return CitationView(shown, place, words)


def _nearest_views(nearest: Sequence[StoredPassage]) -> list[Widget]:
    """Return a heading and the passages; nothing where none was found."""
    if not nearest:
        return []
    heading = "The nearest passage" if len(nearest) == 1 else "The nearest passages"
    views: list[Widget] = [Static(content((heading, "dim")))]
    for number, near in enumerate(nearest, start=1):
        place = Place(article_id=near.article_id, version=near.version, start=near.start, end=near.end)
        views.append(CitationView(passage_content(number, near), place, Cited.of(near, near.text)))
    return views
