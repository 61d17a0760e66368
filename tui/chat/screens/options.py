"""What the person may choose for the questions to come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Select, Static

from tui.chat.choices import Choices
from tui.chat.citation_styles import CitationStyle
from tui.chat.contents import content
from tui.chat.scope import Scope
from tui.chat.themes import ThemeName
from tui.chat.widgets.key_footer import KeyFooter
from tui.terminal_text import printable

__all__ = ["OptionsScreen"]

_T = TypeVar("_T")


class OptionsScreen(ModalScreen[Choices]):
    """Takes days, source, confidence, colours and references; dismissed with None when nothing shall change."""

    CSS_PATH = "options.tcss"
    HELP_TEXT = """\
These hold from now on, in later runs too; a field that is emptied leaves it to the settings file, which \
`pullquote config path` names.

"As of" answers as on that day: from what was published by then, and what was to come then is told as coming."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "apply", "Apply", id="options.apply"),
        Binding("escape", "dismiss(None)", "Back", id="options.back"),
    ]

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        scope = choices.scope
        sure = "" if scope.min_confidence is None else f"{scope.min_confidence * 100:g}"
        self._fields = {
            "since": ("Published since", Input(str(scope.since or ""), placeholder="YYYY-MM-DD")),
            "until": ("Published until", Input(str(scope.until or ""), placeholder="YYYY-MM-DD")),
            "as_of": ("As of", Input(str(scope.as_of or ""), placeholder="YYYY-MM-DD, else today")),
            "source": ("Source", Input(printable(scope.source or ""), placeholder="politics, and what lies below it")),
            "min_confidence": ("At least so sure, in %", Input(sure, placeholder="0 to 100, else as fitted")),
        }
        self._styles = Select(
            [(style, style) for style in CitationStyle], value=choices.citation_style, allow_blank=False
        )
        self._themes = Select([(each, each) for each in ThemeName], value=choices.theme, allow_blank=False)
        self._problem = Static(id="problem")

    def compose(self) -> ComposeResult:
        """Lay out the fields."""
        with VerticalScroll(id="options", can_focus=False):
            for label, field in self._fields.values():
                field.border_title = label
                yield field
            yield Label("Copied references")
            yield self._styles
            yield Label("Colours")
            yield self._themes
        yield self._problem
        yield KeyFooter()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_apply()

    def action_apply(self) -> None:
        """Take what was chosen, or tell what cannot be read."""
        try:
            scope = Scope(
                since=self._read("since", date.fromisoformat),
                until=self._read("until", date.fromisoformat),
                as_of=self._read("as_of", date.fromisoformat),
                source=self._read("source", str),
                min_confidence=self._read("min_confidence", _share),
            )
        except ValueError:
            return
        style, theme = CitationStyle(str(self._styles.value)), ThemeName(str(self._themes.value))
        self.dismiss(Choices(scope=scope, citation_style=style, theme=theme))

    def _read(self, name: str, read: Callable[[str], _T]) -> _T | None:
        """Return what a field holds, None where it is empty.

        Raises:
            ValueError: It cannot be read; the person has been told.
        """
        label, field = self._fields[name]
        try:
            return read(field.value.strip()) if field.value.strip() else None
        except ValueError:
            self._problem.update(content((f"“{label}” takes {field.placeholder}.", "bold $text-error")))
            field.focus()
            raise


def _share(percent: str) -> float:
    share = float(percent.removesuffix("%")) / 100
    if not 0 <= share <= 1:
        raise ValueError(percent)
    return share
