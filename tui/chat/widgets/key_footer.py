"""The keys that do something now, drawn anew only when they change."""

from textual.screen import Screen
from textual.widgets import Footer

__all__ = ["KeyFooter"]


class KeyFooter(Footer):
    """A footer that keeps its widgets while the keys stay the same: making them is most of the work of a question."""

    def __init__(self) -> None:
        super().__init__()
        self._drawn: list[tuple[str, str, bool]] | None = None

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Draw the keys if they differ from those drawn last."""
        shown = [
            (active.binding.key, active.binding.description, active.enabled)
            for active in screen.active_bindings.values()
            if active.binding.show
        ]
        if shown != self._drawn and screen.app.app_focus:
            self._drawn = shown
            super().bindings_changed(screen)
