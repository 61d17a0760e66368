"""A quotation or passage in the transcript that opens its article."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from tui.chat.citation_styles import Cited
from tui.chat.messages import CitationChosen, CitationCopied, Place, SourceWanted

__all__ = ["CitationView"]


class CitationView(Static, can_focus=True):
    """Opens its place on Enter and on a click."""

    HELP_TEXT = """\
A quotation: words of one of your articles, with how sure Pullquote is that they answer, and how many articles say so. \
Below an answer stands what else is reported; where the articles do not say, the nearest passages.

Type any other letter to write the next question."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Article", id="citation.open"),
        Binding("y", "copy", "Copy", id="citation.copy"),
        Binding("o", "source", "Source", id="citation.source"),
    ]

    def __init__(self, shown: Content, place: Place, cited: Cited) -> None:
        super().__init__(shown)
        self.place = place
        self._cited = cited

    def action_choose(self) -> None:
        """Ask for the article."""
        self.post_message(CitationChosen(self.place))

    def action_copy(self) -> None:
        """Ask for the words with their reference."""
        self.post_message(CitationCopied(self._cited))

    def action_source(self) -> None:
        """Ask for where the article came from."""
        self.post_message(SourceWanted(self._cited.url))

    def on_click(self) -> None:
        """Do as Enter does."""
        self.action_choose()
