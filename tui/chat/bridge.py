"""Between the screen and the engine: thread workers that call the engine and post what happened as messages."""

from collections.abc import Callable
from functools import partial
from threading import Lock

from textual.dom import DOMNode
from textual.message import Message
from textual.worker import get_current_worker

from rag.errors import PullquoteError
from rag.events import Answered, AskEvent, PassagesRetrieved
from tui.chat.engine import Engine
from tui.chat.messages import (
    ArticleFailed,
    ArticleOpened,
    LibraryFailed,
    LibraryOpened,
    PassagesFound,
    Place,
    QuestionAnswered,
    QuestionCancelled,
    QuestionFailed,
)

__all__ = ["Bridge"]


class Bridge:
    """Does the engine's work in threads of its own; the listener of each call gets the messages.

    The library is opened and the models are loaded by the first call that needs them, and by each later one until
    that has worked, so that a person can mend what is wrong and ask again.
    """

    def __init__(self, open_engine: Callable[[], Engine]) -> None:
        self._open_engine = open_engine
        self._opening = Lock()
        self._engine: Engine | None = None

    def open_library(self, listener: DOMNode) -> None:
        """Post ``LibraryOpened`` or ``LibraryFailed``."""
        listener.run_worker(partial(self._open_library, listener), thread=True)

    def ask(self, question: str, listener: DOMNode) -> None:
        """Post ``PassagesFound``, then ``QuestionAnswered``; or ``QuestionFailed``."""
        listener.run_worker(partial(self._ask, question, listener), thread=True)

    def cancel(self, listener: DOMNode) -> None:
        """Let the listener's question go, and post ``QuestionCancelled``; a step that has begun is not cut short."""
        listener.workers.cancel_node(listener)
        listener.post_message(QuestionCancelled())

    def open_article(self, place: Place, listener: DOMNode) -> None:
        """Post ``ArticleOpened`` or ``ArticleFailed``."""
        listener.run_worker(partial(self._open_article, place, listener), thread=True)

    def close(self) -> None:
        """Close the library; nothing may be under way."""
        if self._engine is not None:
            self._engine.library.close()

    def _open_library(self, listener: DOMNode) -> None:
        try:
            count = len(self._opened().library.articles())
        except PullquoteError as error:
            listener.post_message(LibraryFailed(error))
        else:
            listener.post_message(LibraryOpened(count))

    def _ask(self, question: str, listener: DOMNode) -> None:
        worker = get_current_worker()
        try:
            for event in self._opened().assistant.ask(question):
                if worker.is_cancelled:
                    return
                if (message := _message_of(event)) is not None:
                    listener.post_message(message)
        except PullquoteError as error:
            listener.post_message(QuestionFailed(error))

    def _open_article(self, place: Place, listener: DOMNode) -> None:
        try:
            article = self._opened().library.article(place.article_id, version=place.version)
        except PullquoteError as error:
            listener.post_message(ArticleFailed(error))
        else:
            listener.post_message(ArticleOpened(article, place))

    def _opened(self) -> Engine:
        with self._opening:
            if self._engine is None:
                self._engine = self._open_engine()
            return self._engine


def _message_of(event: AskEvent) -> Message | None:
    match event:
        case PassagesRetrieved(passages=retrieved):
            return PassagesFound(tuple(found.passage for found in retrieved))
        case Answered(answer=answer):
            return QuestionAnswered(answer)
        case _:
            return None
