"""The line in which a question is written."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Paste
from textual.widgets import Input

from tui.terminal_text import printable

__all__ = ["QuestionInput"]

MAX_PASTED_CHARS = 1001
"""Of what is pasted, just enough to be refused as too long: the assistant reads 1,000 characters."""


class QuestionInput(Input):
    """An input that remembers what was asked, in this run and before."""

    HELP_TEXT = """\
Write a question and press Enter. The answer is a quotation: words of one of your articles, with how sure \
Pullquote is that they answer. If the articles do not say, it says so and shows the nearest passages.

A question may lean on the one before it, such as "and who asked for it?"; what was really asked is shown below it."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Ask", id="question.ask"),
        Binding("shift+tab", "screen.read", "Answers", id="question.answers"),
        Binding("up", "recall(-1)", "Earlier", show=False, id="question.earlier"),
        Binding("down", "recall(1)", "Later", show=False, id="question.later"),
    ]

    def __init__(self) -> None:
        super().__init__(placeholder="Ask your articles", select_on_focus=False)
        self._asked: list[str] = []
        self._at = 0
        self._draft = ""

    def validate_value(self, value: str) -> str:
        """Show pasted control characters instead of sending them to the terminal."""
        return printable(value)

    def on_paste(self, event: Paste) -> None:
        """Take in all lines that are pasted, as one; of what is too long to be asked, just enough to be refused."""
        event.prevent_default()
        event.stop()
        beginning = event.text[: MAX_PASTED_CHARS * 10]
        self.replace(" ".join(beginning.split())[:MAX_PASTED_CHARS], *self.selection)

    def remember(self, earlier: Sequence[str]) -> None:
        """Put questions of earlier runs, oldest first, before those of this one."""
        self._asked[:0] = earlier
        self._at += len(earlier)

    def write(self, text: str) -> None:
        """Put a text in the line, ready to be changed."""
        self.value = text
        self.cursor_position = len(self.value)
        self.focus()

    def take(self) -> str:
        """Return the question, remember it, and clear the line."""
        question = self.value.strip()
        if question and question not in self._asked[-1:]:
            self._asked.append(question)
        self._at = len(self._asked)
        self.clear()
        self.refresh_bindings()
        return question

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only the directions in which there is a question."""
        if action == "recall":
            return self._at > 0 if parameters == (-1,) else self._at < len(self._asked)
        return super().check_action(action, parameters)

    def action_recall(self, step: int) -> None:
        """Show the question before or after the one shown; after the last one comes what was being written."""
        if self._at == len(self._asked):
            self._draft = self.value
        self._at += step
        self.value = self._draft if self._at == len(self._asked) else self._asked[self._at]
        self.cursor_position = len(self.value)
        self.refresh_bindings()
