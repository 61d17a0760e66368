"""What has the focus, explained beside it, with the keys that do something there."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from tui.chat.contents import content
from tui.chat.widgets.key_footer import KeyFooter

__all__ = ["HelpScreen"]


class HelpScreen(ModalScreen[None]):
    """Shows the help of the widget that has the focus: its ``HELP_TEXT``, or that of what it stands in."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1", "dismiss", "Back", id="help.back")]

    def __init__(self, text: str, keys: list[tuple[str, str]]) -> None:
        super().__init__()
        width = max((len(key) for key, _ in keys), default=0)
        rows = [f"{key:<{width}}  {told}" for key, told in keys]
        self._shown = content(f"{text}\n\n", "\n".join(rows))

    @classmethod
    def about(cls, screen: Screen[object]) -> HelpScreen:
        """Return the help for what has the focus on a screen."""
        focused = screen.focused or screen
        texts = [getattr(node, "HELP_TEXT", "") for node in focused.ancestors_with_self]
        keys: dict[str, str] = {}
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.id and binding.description and active.enabled:
                keys.setdefault(screen.app.get_key_display(binding), binding.tooltip or binding.description)
        return cls(next((text for text in texts if text), ""), list(keys.items()))

    def compose(self) -> ComposeResult:
        """Show the text."""
        with VerticalScroll(id="help"):
            yield Static(self._shown)
        yield KeyFooter()
