"""A quotation or passage in the transcript that opens its article."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from tui.chat.messages import CitationChosen, Place

__all__ = ["CitationView"]


class CitationView(Static, can_focus=True):
    """Opens its place on Enter and on a click."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "Article")]

    def __init__(self, shown: Content, place: Place) -> None:
        super().__init__(shown)
        self._place = place

    def action_choose(self) -> None:
        """Ask for the article."""
        self.post_message(CitationChosen(self._place))

    def on_click(self) -> None:
        """Do as Enter does."""
        self.action_choose()
