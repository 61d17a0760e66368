"""The keys that do something now, in one line that a click works on too.

Textual's own footer is a widget for each key: to make them anew was half of the work of a question, and of the frame
that answers it.
"""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len
from textual.binding import ActiveBinding
from textual.content import Content
from textual.events import Click
from textual.screen import Screen
from textual.widget import Widget

__all__ = ["KeyFooter"]


class _Shown(NamedTuple):
    """A key as it is pressed, as it is called, and what it does."""

    key: str
    name: str
    told: str

    @property
    def width(self) -> int:
        """How many cells it takes."""
        return cell_len(f" {self.name} {self.told} ")


class KeyFooter(Widget):
    """Shows the keys of the screen, and the palette's at the right; drawn anew only when they change."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyFooter {
        dock: bottom;
        height: 1;
        text-wrap: nowrap;
        text-overflow: clip;
        color: $footer-description-foreground;
        background: $footer-background;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[_Shown] = []
        self._palette: list[_Shown] = []

    @property
    def told(self) -> list[str]:
        """What the keys do, in the order in which they stand."""
        return [shown.told for shown in (*self._keys, *self._palette)]

    def on_mount(self) -> None:
        """Follow what the screen offers."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)
        self._follow(self.screen)

    def render(self) -> Content:
        """Return as many keys as there is room for beside the palette's."""
        room = self.size.width - sum(shown.width for shown in self._palette)
        keys = _drawn(self._keys)
        keys = keys.truncate(room, pad=True) if room > 0 else Content()
        return Content.assemble(keys, _drawn(self._palette))

    def on_click(self, event: Click) -> None:
        """Press the key that was clicked on."""
        if (shown := self._at(event.x)) is not None:
            self.app.simulate_key(shown.key)

    def _follow(self, screen: Screen[object]) -> None:
        """Draw the keys if they differ from those drawn last."""
        if not self.app.app_focus:
            return
        offered: dict[str, ActiveBinding] = {}
        for active in screen.active_bindings.values():
            if active.binding.show and active.enabled:
                offered.setdefault(active.binding.action, active)
        palette = screen.active_bindings.get(self.app.COMMAND_PALETTE_BINDING)
        keys = [self._shown(active) for active in offered.values()]
        at_right = [self._shown(palette)] if palette is not None and palette.enabled else []
        if (keys, at_right) != (self._keys, self._palette):
            self._keys, self._palette = keys, at_right
            self.refresh()

    def _shown(self, active: ActiveBinding) -> _Shown:
        binding = active.binding
        return _Shown(binding.key, self.app.get_key_display(binding), binding.description)

    def _at(self, x: int) -> _Shown | None:
        """Return the key that stands at a column."""
        right = self.size.width - sum(shown.width for shown in self._palette)
        end, keys = (0, self._keys) if x < right else (right, self._palette)
        for shown in keys:
            end += shown.width
            if x < end:
                return shown
        return None


def _drawn(keys: list[_Shown]) -> Content:
    pieces = [((f" {shown.name} ", "bold $footer-key-foreground"), f"{shown.told} ") for shown in keys]
    return Content.assemble(*(piece for pair in pieces for piece in pair))
