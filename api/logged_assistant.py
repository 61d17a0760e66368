"""An assistant that writes what it is asked into the log, for who wants that."""

import logging
from collections.abc import Generator

from rag.assistant import AskOptions, Assistant
from rag.events import AskEvent
from rag.retriever import RetrievedPassage

__all__ = ["LoggedAssistant"]

_LOGGER = logging.getLogger("pullquote.questions")


class LoggedAssistant(Assistant):
    """Answers as another assistant does."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def ask(self, question: str, options: AskOptions | None = None) -> Generator[AskEvent, None, None]:
        """Log the question, and answer it."""
        _LOGGER.info("asked", extra={"fields": {"question": question}})
        return self._assistant.ask(question, options)

    def search(self, query: str, options: AskOptions | None = None) -> list[RetrievedPassage]:
        """Log the query, and search for it."""
        _LOGGER.info("searched", extra={"fields": {"query": query}})
        return self._assistant.search(query, options)
