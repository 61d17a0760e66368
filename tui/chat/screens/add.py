"""Adding articles: a path, what lies below it, how far the reading is, and what was refused."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, ProgressBar, Static

from tui.chat.bridge import Bridge
from tui.chat.contents import content, failure_content
from tui.chat.library_messages import AdditionFailed, AdditionProgressed, ArticlesAdded
from tui.chat.paths import path_of, paths_beginning
from tui.chat.widgets.key_footer import KeyFooter
from tui.chat.widgets.row_list import RowList
from tui.terminal_text import printable

__all__ = ["AddScreen"]

SHOWN_REFUSALS = 200


class AddScreen(ModalScreen[None]):
    """Reads files and folders into the library."""

    CSS_PATH = "add.tcss"
    HELP_TEXT = """\
Write the path of a file or folder with articles and press Enter; a folder is read with all below it. \
Tab completes the path with the first one shown; Down goes to the list of them.

What was read stays in the library when you stop. A file that was read before and has not changed is left alone."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete", id="add.complete"),
        Binding("down", "list", "List", show=False, id="add.list"),
        Binding("escape", "back", "Back", id="add.back"),
    ]

    @dataclass
    class PathsFound(Message):
        """These paths begin as the one that is being written."""

        paths: list[str]

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._paths: list[str] = []
        self._refused: list[str] = []
        self._is_adding = False
        self._input = Input(placeholder="Path of a file or folder, then Enter", select_on_focus=False)
        self._list = RowList(id="paths")
        self._bar = ProgressBar(show_eta=False)
        self._told = Static(id="addition")

    def compose(self) -> ComposeResult:
        """Lay out path, paths, progress and refusals."""
        with Vertical(id="add"):
            yield self._input
            yield self._list
            yield self._bar
            yield VerticalScroll(self._told, id="additions", can_focus=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        """Begin where the chat was started."""
        self._bar.display = False
        self._input.focus()
        self._find("")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._find(event.value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip() and not self._is_adding:
            self._is_adding, self._refused = True, []
            self._told.update(content(("Reading…", "dim")))
            self._bridge.add([path_of(event.value)], self)
            self.refresh_bindings()

    def on_add_screen_paths_found(self, message: PathsFound) -> None:
        """Show where the path may lead."""
        self._paths = message.paths
        self._list.show([("", path, "") for path in message.paths])

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        self._write(self._paths[event.index])

    def on_addition_progressed(self, message: AdditionProgressed) -> None:
        """Show how far it is."""
        self._bar.display = True
        self._bar.update(total=message.total, progress=message.done)
        if (refused := message.refused) is not None:
            self._refused.append(f"{refused.reason} {refused.remedy}")
            self._tell("")

    def on_articles_added(self, message: ArticlesAdded) -> None:
        """Tell what came of it."""
        done = message.finished
        self._end()
        self._tell(
            f"{done.added:,} added, {done.updated:,} updated, {done.unchanged:,} unchanged, "
            f"{len(done.refused):,} refused. Esc goes back.\n"
        )

    def on_addition_failed(self, message: AdditionFailed) -> None:
        """Tell what mends it."""
        self._end()
        self._told.update(failure_content(message.error))

    def action_complete(self) -> None:
        """Write the path at the cursor of the list."""
        if self._paths:
            self._write(self._paths[self._list.cursor])

    def action_list(self) -> None:
        """Go to the list."""
        self._list.focus()

    def action_back(self) -> None:
        """Stop adding, or go from the list to the path, or else back."""
        if self._is_adding:
            self._bridge.stop_adding(self)
            self._end()
            self._tell("Stopped. What was read is in the library.\n")
        elif self.focused is self._list:
            self._input.focus()
        else:
            self.dismiss()

    def _write(self, path: str) -> None:
        self._input.value = path
        self._input.cursor_position = len(path)
        self._input.focus()

    def _find(self, text: str) -> None:
        """List the paths that begin so, in a thread: a folder may be large or far away."""
        self.run_worker(partial(self._list_paths, text), thread=True, group="paths", exclusive=True)

    def _list_paths(self, text: str) -> None:
        self.post_message(self.PathsFound(paths_beginning(text)))

    def _end(self) -> None:
        self._is_adding = False
        self._bar.display = False
        self._find(self._input.value)

    def _tell(self, summary: str) -> None:
        refused = "\n".join(printable(line) for line in self._refused[:SHOWN_REFUSALS])
        more = len(self._refused) - SHOWN_REFUSALS
        self._told.update(
            content((summary, "bold"), (refused, "$text-error"), f"\nand {more:,} more" if more > 0 else "")
        )
