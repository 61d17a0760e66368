"""``pullquote ask``."""

from contextlib import closing
from datetime import date
from pathlib import Path

from rag.articles import ArticleFilter
from rag.assembly import build_assistant, build_embedder, open_library
from rag.assistant import AskOptions
from rag.settings import load_settings
from tui.answer_view import answer_lines
from tui.exit_codes import ExitCode
from tui.printing import print_json, print_lines

__all__ = ["run_ask"]


def run_ask(
    directory: Path | None,
    question: str,
    *,
    since: date | None,
    until: date | None,
    source: str | None,
    min_confidence: float | None,
    top_k: int | None,
    clock: date | None,
    shows_all: bool,
    is_json: bool,
) -> ExitCode:
    """Answer one question from the library in the directory, or in the settings'."""
    settings = load_settings(library=directory)
    embedder = build_embedder(settings)
    options = AskOptions(
        article_filter=ArticleFilter(since=since, until=until, source=source),
        min_confidence=min_confidence,
        top_k=top_k,
        clock=clock,
    )
    with closing(open_library(settings, embedder=embedder)) as library:
        answer = build_assistant(settings, library=library, embedder=embedder).answer(question, options)
    if is_json:
        print_json(answer.as_json())
    else:
        print_lines(answer_lines(answer, shows_all=shows_all))
    return ExitCode.NOT_SAID if answer.quotation is None else ExitCode.ANSWERED
