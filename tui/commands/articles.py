"""``pullquote articles``, ``show`` and ``remove``."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer
from rich.text import Text

from rag.articles import ArticleSummary, DateCertainty, DateOrigin, StoredArticle
from rag.assembly import build_embedder, open_library
from rag.settings import load_settings
from tui.exit_codes import ExitCode
from tui.printing import line, print_json, print_lines

__all__ = ["run_articles", "run_remove", "run_show"]


def run_articles(directory: Path | None, *, is_json: bool) -> ExitCode:
    """List every article, by id."""
    settings = load_settings(library=directory)
    with closing(open_library(settings, embedder=build_embedder(settings))) as library:
        summaries = library.articles()
    if is_json:
        print_json([asdict(summary) for summary in summaries])
    else:
        print_lines(_summary_lines(summaries))
    return ExitCode.ANSWERED


def run_show(
    directory: Path | None,
    article_id: int,
    *,
    span: tuple[int, int] | None,
    version: int | None,
    is_json: bool,
) -> ExitCode:
    """Show one version of an article, with the span ``[start, end)`` marked."""
    settings = load_settings(library=directory)
    with closing(open_library(settings, embedder=build_embedder(settings))) as library:
        article = library.article(article_id, version=version)
    start, end = span if span is not None else (0, 0)
    if end > len(article.text):
        raise typer.BadParameter(f"The text ends at character {len(article.text)}.", param_hint="--span")
    if is_json:
        shown: dict[str, Any] = asdict(article)
        shown["span"] = {"start": start, "end": end, "text": article.text[start:end]} if span is not None else None
        print_json(shown)
    else:
        print_lines(_article_lines(article, start, end))
    return ExitCode.ANSWERED


def run_remove(directory: Path | None, article_ids: list[int], *, is_json: bool) -> ExitCode:
    """Remove articles, or none of them if one id is unknown."""
    settings = load_settings(library=directory)
    with closing(open_library(settings, embedder=build_embedder(settings))) as library:
        removed = library.remove(article_ids)
    if is_json:
        print_json([{"id": article.id, "source": article.source, "title": article.title} for article in removed])
    else:
        print_lines(line(f"Removed {article.id}: {article.title} ({article.source})") for article in removed)
    return ExitCode.ANSWERED


def _summary_lines(summaries: list[ArticleSummary]) -> Iterator[Text]:
    width = len(str(summaries[-1].id)) if summaries else 1
    for summary in summaries:
        published = _dated(
            summary.published and summary.published[:10], summary.published_origin, summary.published_certainty
        )
        yield line(
            (f"{summary.id:>{width}}", "bold"), f"  {published:<12}  {summary.title}", (f"  {summary.source}", "dim")
        )
    if not summaries:
        yield line("The library is empty. Add articles with `pullquote add PATH`.")


def _dated(published: str | None, origin: DateOrigin | None, certainty: DateCertainty | None) -> str:
    """Return a date, with a mark where the article does not state it, or it is not sure."""
    if published is None:
        return "date unknown"
    if origin is DateOrigin.INFERRED:
        return f"{published}?" if certainty is DateCertainty.LIKELY else f"{published}??"
    return f"{published}?" if certainty is DateCertainty.UNSURE else published


def _article_lines(article: StoredArticle, start: int, end: int) -> Iterator[Text]:
    published = _dated(article.published, article.published_origin, article.published_certainty)
    yield line((article.title, "bold"))
    yield line((f"{article.source}, version {article.version}, {published}", "dim"))
    yield line()
    before, after = article.text[:start], article.text[end:]
    # Where styles do not show, in a pipe, the marks still tell where the span stands.
    marks = ("»", "«") if end > start else ("", "")
    yield line(before, (marks[0], "bold"), (article.text[start:end], "bold reverse"), (marks[1], "bold"), after)
