"""The turns of the session, the latest last; of a long session only the last ones are drawn until more are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.layout import DockArrangeResult
from textual.widget import Widget
from textual.widgets import Static

from tui.chat.contents import content
from tui.chat.messages import EarlierTurnsWanted, Place
from tui.chat.widgets.citation import CitationView
from tui.chat.widgets.turn import Turn

__all__ = ["Transcript"]

SHOWN_TURNS = 12
"""How many turns are drawn; the rest stay in the session, so that a long one takes no more memory and time."""


class EarlierTurns(Static, can_focus=True):
    """Tells how many turns are not drawn, and asks for them."""

    HELP_TEXT = "Earlier questions of this session, which are not drawn now."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "want", "Show earlier", id="transcript.earlier")]

    def action_want(self) -> None:
        """Ask for earlier turns."""
        self.post_message(EarlierTurnsWanted())

    def on_click(self) -> None:
        """Do as Enter does."""
        self.action_want()


class Transcript(VerticalScroll, can_focus=False):
    """Shows what the library has to say, then the turns."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        self._head = Static(content(("Opening the library…", "dim")), id="library")
        self._earlier = EarlierTurns()
        self._earlier.display = False
        self._earlier_count = 0
        self._followed: Turn | None = None
        super().__init__(self._head, self._earlier, id=id)

    @property
    def turns(self) -> list[Turn]:
        """The turns that are drawn."""
        return list(self.query_children(Turn))

    @property
    def pending(self) -> list[Turn]:
        """The turns that still wait for their end."""
        return [turn for turn in self.turns if turn.is_pending]

    @property
    def latest(self) -> CitationView | None:
        """The first citation of the last turn that has any."""
        cited = (turn.query(CitationView) for turn in reversed(self.turns))
        return next((citations.first() for citations in cited if citations), None)

    @property
    def recorded_count(self) -> int:
        """How many of the session's turns are drawn."""
        return sum(turn.record is not None for turn in self.turns)

    def tell(self, shown: Content) -> None:
        """Show what there is to say of the library."""
        self._head.update(shown)

    async def add(self, turn: Turn) -> None:
        """Draw and follow one more turn, and let the oldest go that are too many and have ended."""
        self.follow(turn)
        surplus = self.turns[: 1 - SHOWN_TURNS]
        with self.app.batch_update():
            await self.mount(turn)
            await self.remove_children([old for old in surplus if not old.is_pending])

    async def add_earlier(self, turns: Sequence[Turn]) -> None:
        """Draw turns before the first one."""
        await self.mount_all(turns, after=self._earlier)

    async def clear(self) -> None:
        """Draw no turns."""
        await self.remove_children(Turn)

    def count_earlier(self, count: int) -> None:
        """Tell how many turns of the session are not drawn."""
        if count == self._earlier_count:
            return
        self._earlier_count = count
        self._earlier.display = count > 0
        self._earlier.update(content((f"{count:,} earlier questions; Enter shows the last of them.", "dim")))

    def neighbour(self, place: Place | None, step: int) -> CitationView | None:
        """Return the citation that stands so many after the one with this place; the last one if none has it."""
        citations = list(self.query(CitationView))
        at = next((at for at, citation in enumerate(citations) if citation.place is place), None)
        if at is None:
            return citations[-1] if citations else None
        return citations[at + step] if 0 <= at + step < len(citations) else None

    def follow(self, turn: Turn) -> None:
        """Keep the turn in view, its question first, until its end has been laid out."""
        self._followed = turn

    def arrange(self, size: Size, optimal: bool = False) -> DockArrangeResult:
        """Lay out the turns, and scroll to the one that is followed before they are drawn, which spares a layout."""
        arranged = super().arrange(size, optimal)
        followed = self._followed
        placed = next((placed for placed in arranged.placements if placed.widget is followed), None)
        if followed is not None and placed is not None:
            if not followed.is_pending:
                self._followed = None
            y = max(0, min(placed.region.y, arranged.total_region.bottom - size.height))
            self.set_reactive(Widget.scroll_y, float(y))
            self.set_reactive(Widget.scroll_target_y, float(y))
            self.vertical_scrollbar.position = y
        return arranged
