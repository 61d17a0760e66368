"""Between the screen and the engine: thread workers that call the engine and post what happened as messages."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from textual.dom import DOMNode
from textual.message import Message
from textual.worker import get_current_worker

from rag.errors import PullquoteError
from tui.chat.engine import Engine
from tui.chat.library_messages import (
    AdditionFailed,
    AdditionProgressed,
    ArticlesAdded,
    ArticlesListed,
    ArticlesRemoved,
    ArticlesRestored,
    ListingFailed,
    RemovalFailed,
)
from tui.chat.messages import (
    ArticleFailed,
    ArticleOpened,
    LibraryFailed,
    LibraryOpened,
    PassageRead,
    PassagesFound,
    Place,
    QueryPrepared,
    QuestionAnswered,
    QuestionCancelled,
    QuestionFailed,
)

if TYPE_CHECKING:
    from pathlib import Path

    from rag.articles import StoredArticle
    from rag.events import AskEvent
    from tui.chat.scope import Scope
    from tui.chat.sessions.values import SessionTurn

__all__ = ["Bridge"]


class Bridge:
    """Does the engine's work in threads of its own; the listener of each call gets the messages.

    The library is opened and the models are loaded by the first call that needs them, and by each later one until
    that has worked, so that a person can mend what is wrong and ask again.
    """

    def __init__(self, open_engine: Callable[[bool], Engine]) -> None:
        """Take what opens the engine; it is told whether to make a library where none stands."""
        self._open_engine = open_engine
        self._opening = Lock()
        self._engine: Engine | None = None

    def open_library(self, listener: DOMNode) -> None:
        """Post ``LibraryOpened`` or ``LibraryFailed``."""
        self._start(listener, lambda engine: iter([LibraryOpened(engine.library.counts().articles)]), LibraryFailed)

    def ask(self, question: str, scope: Scope, turns: Sequence[SessionTurn], listener: DOMNode) -> None:
        """Post how far the question is, then ``QuestionAnswered`` or ``QuestionFailed``."""

        def asked(engine: Engine) -> Iterator[Message]:
            yield from _told(engine.assistant.ask(question, scope.ask_options(turns)))

        self._start(listener, asked, QuestionFailed)

    def cancel(self, listener: DOMNode) -> None:
        """Let the listener's question go, and post ``QuestionCancelled``; a step that has begun is not cut short."""
        listener.workers.cancel_node(listener)
        listener.post_message(QuestionCancelled())

    def open_article(self, place: Place, listener: DOMNode) -> None:
        """Post ``ArticleOpened`` or ``ArticleFailed``."""

        def opened(engine: Engine) -> Iterator[Message]:
            yield ArticleOpened(engine.library.article(place.article_id, version=place.version), place)

        self._start(listener, opened, ArticleFailed)

    def list_articles(self, listener: DOMNode) -> None:
        """Post ``ArticlesListed`` or ``ListingFailed``."""
        self._start(listener, lambda engine: iter([ArticlesListed(engine.library.articles())]), ListingFailed)

    def add(self, paths: Sequence[Path], listener: DOMNode) -> None:
        """Post ``AdditionProgressed`` for each file, then ``ArticlesAdded``; or ``AdditionFailed``."""
        self._start(listener, lambda engine: _adding(engine, paths), AdditionFailed, create=True)

    def stop_adding(self, listener: DOMNode) -> None:
        """Let the listener's addition go after the step it is in; what was stored stays."""
        listener.workers.cancel_node(listener)

    def remove(self, article_ids: Sequence[int], listener: DOMNode) -> None:
        """Post ``ArticlesRemoved`` or ``RemovalFailed``."""

        def removed(engine: Engine) -> Iterator[Message]:
            versions = engine.librarian.versions(article_ids)
            yield ArticlesRemoved(engine.librarian.remove(article_ids), versions)

        self._start(listener, removed, RemovalFailed)

    def restore(self, articles: Sequence[StoredArticle], listener: DOMNode) -> None:
        """Post ``ArticlesRestored`` or ``RemovalFailed``."""
        self._start(
            listener, lambda engine: iter([ArticlesRestored(engine.librarian.restore(articles))]), RemovalFailed
        )

    def close(self) -> None:
        """Close the library; nothing may be under way."""
        if self._engine is not None:
            self._engine.library.close()

    def _start(
        self,
        listener: DOMNode,
        work: Callable[[Engine], Iterator[Message]],
        failed: Callable[[PullquoteError], Message],
        *,
        create: bool = False,
    ) -> None:
        """Do the work in a thread, and post each message it gives until the listener lets it go."""

        def run() -> None:
            worker = get_current_worker()
            try:
                for message in work(self._opened(create)):
                    if worker.is_cancelled:
                        return
                    listener.post_message(message)
            except PullquoteError as error:
                if not worker.is_cancelled:
                    listener.post_message(failed(error))

        listener.run_worker(run, thread=True)

    def _opened(self, create: bool) -> Engine:
        with self._opening:
            if self._engine is not None and not self._engine.is_current():
                self._engine = None  # not closed: another thread may still be reading from it
            if self._engine is None:
                self._engine = self._open_engine(create)
                gc.freeze()  # A full collection walks all that was loaded, and the screen stands still meanwhile.
            return self._engine


def _told(events: Iterator[AskEvent]) -> Iterator[Message]:
    """Translate what the assistant reports."""
    from rag import events as reported

    for event in events:
        match event:
            case reported.QueryPrepared(query=query):
                yield QueryPrepared(query)
            case reported.PassagesRetrieved(passages=retrieved):
                yield PassagesFound(tuple(found.passage for found in retrieved))
            case reported.PassageRead(passage=found):
                yield PassageRead(found.passage)
            case reported.Answered(answer=answer):
                yield QuestionAnswered(answer)


def _adding(engine: Engine, paths: Sequence[Path]) -> Iterator[Message]:
    """Translate what the librarian reports."""
    from rag.librarian import AdditionFinished, FileRefused, FilesFound

    done = total = 0
    for event in engine.librarian.add(paths):
        if isinstance(event, AdditionFinished):
            yield ArticlesAdded(event)
            return
        if isinstance(event, FilesFound):
            total = event.count
        else:
            done += 1
        yield AdditionProgressed(done, total, event if isinstance(event, FileRefused) else None)
