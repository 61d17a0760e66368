"""Which keys do what."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from tui.chat.contents import content

__all__ = ["HelpScreen"]

HELP = """\
Write a question and press Enter. The answer is a quotation: words of one of your articles, with how sure \
Pullquote is that they answer. If the articles do not say, it says so and shows the nearest passage.

Enter            ask; on an answer: open its article at the quotation
Up, Down         earlier and later questions of this run
Shift+Tab, Tab   to the answers and back
1 to 9           on an answer: open the citation with that number
Esc              cancel the running question; close what is open
F1               this help
Ctrl+Q, Ctrl+C   quit

Add articles with `pullquote add PATH` in a shell; they are found at once."""


class HelpScreen(ModalScreen[None]):
    """Shows the keys over the chat."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1", "dismiss", "Back")]

    def compose(self) -> ComposeResult:
        """Show the text."""
        with VerticalScroll(id="help"):
            yield Static(content(HELP))
        yield Footer()
