"""The line in which a question is written."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Paste
from textual.widgets import Input

from rag.assistant import MAX_QUESTION_CHARS
from tui.terminal_text import printable

__all__ = ["QuestionInput"]


class QuestionInput(Input):
    """An input that remembers the questions of this run."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Ask"),
        Binding("shift+tab", "app.focus_previous", "Answers"),
        Binding("up", "recall(-1)", "Earlier"),
        Binding("down", "recall(1)", "Later"),
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
        self.replace(" ".join(event.text.split())[: MAX_QUESTION_CHARS + 1], *self.selection)

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
