"""The keys that a person may change: each thing the chat does has a name, to which the settings may give other keys."""

import re
from collections.abc import Mapping

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import Keys

from rag.errors import SettingsError
from tui.chat.app import ChatApp
from tui.chat.screens.add import AddScreen
from tui.chat.screens.chat import ChatScreen
from tui.chat.screens.help import HelpScreen
from tui.chat.screens.library import LibraryScreen
from tui.chat.screens.options import OptionsScreen
from tui.chat.screens.prompt import ConfirmScreen, PromptScreen
from tui.chat.screens.sessions import SessionsScreen
from tui.chat.widgets.article_pane import ArticlePane
from tui.chat.widgets.article_search import ArticleSearch
from tui.chat.widgets.citation import CitationView
from tui.chat.widgets.question_input import QuestionInput
from tui.chat.widgets.row_list import RowList
from tui.chat.widgets.transcript import EarlierTurns

__all__ = ["check_keys", "named_bindings"]

_OWNERS: tuple[type[App[None]] | type[DOMNode], ...] = (
    ChatApp,
    ChatScreen,
    QuestionInput,
    EarlierTurns,
    CitationView,
    ArticlePane,
    ArticleSearch,
    LibraryScreen,
    RowList,
    AddScreen,
    SessionsScreen,
    OptionsScreen,
    PromptScreen,
    ConfirmScreen,
    HelpScreen,
)
_NAMES = {key.value for key in Keys}
_MODIFIERS = re.compile(r"((ctrl|shift|alt|super|meta|hyper)\+)*")


def named_bindings() -> dict[str, Binding]:
    """Return every binding that has a name, by that name."""
    own = [binding for owner in _OWNERS for binding in owner.__dict__.get("BINDINGS", ())]
    return {binding.id: binding for binding in own if isinstance(binding, Binding) and binding.id}


def check_keys(keys: Mapping[str, str]) -> None:
    """Take the keys of the settings, or name the first that cannot be.

    Raises:
        SettingsError: There is no such name, or no such key.
    """
    known = named_bindings()
    for name, text in keys.items():
        if name not in known:
            remedy = f"The names are: {', '.join(sorted(known))}."
            raise SettingsError(f"The setting chat.keys names {name}, which the chat does not have.", remedy)
        for key in text.split(","):
            plain = _MODIFIERS.sub("", key.strip(), count=1)
            if not (plain in _NAMES or (len(plain) == 1 and plain.isprintable() and plain != " ")):
                remedy = "Write keys as ctrl+y, f7, enter or a single character."
                raise SettingsError(f"The setting chat.keys gives {name} the key {key!r}, which there is not.", remedy)
