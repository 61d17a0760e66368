"""``pullquote add``."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from rag.articles import Standing
from rag.assembly import build_embedder, build_librarian, open_library
from rag.librarian import AddEvent, AdditionFinished, ArticleStored, FileRefused, FilesFound
from rag.settings import load_settings
from tui.exit_codes import ExitCode
from tui.printing import line, print_json, print_lines

__all__ = ["run_add"]


def run_add(
    directory: Path | None,
    paths: list[Path],
    *,
    source: str | None,
    published: str | None,
    is_dry_run: bool,
    is_json: bool,
) -> ExitCode:
    """Add files and folders; fails only when every file was refused."""
    settings = load_settings(library=directory)
    embedder = build_embedder(settings)
    with closing(open_library(settings, embedder=embedder, create=True)) as library:
        librarian = build_librarian(settings, library=library, embedder=embedder)
        finished = _watched(librarian.add(paths, source=source, published=published, is_dry_run=is_dry_run))
    if is_json:
        print_json({"dry_run": is_dry_run, **asdict(finished)})
    else:
        print_lines(_closing_lines(finished, is_dry_run=is_dry_run))
    stored = finished.added + finished.updated + finished.unchanged
    return ExitCode.USAGE if finished.refused and not stored else ExitCode.ANSWERED


def _watched(events: Iterator[AddEvent]) -> AdditionFinished:
    """Show progress and refusals on stderr while the files are read, and return the closing count."""
    console = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)
    columns = (TextColumn("Reading articles"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)
        for event in events:
            match event:
                case FilesFound(count=count):
                    progress.update(task, total=count)
                case ArticleStored():
                    progress.advance(task)
                case FileRefused():
                    progress.advance(task)
                    progress.console.print(_refusal(event))
                case AdditionFinished():
                    return event
    raise AssertionError("adding ends in AdditionFinished")


def _refusal(refused: FileRefused) -> Text:
    return line(("refused ", "bold red"), f"{refused.reason} {refused.remedy}")


def _closing_lines(finished: AdditionFinished, *, is_dry_run: bool) -> Iterator[Text]:
    counts = {
        Standing.ADDED: finished.added,
        Standing.UPDATED: finished.updated,
        Standing.UNCHANGED: finished.unchanged,
        "refused": len(finished.refused),
    }
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    yield line(f"{told}.{' Nothing was stored: this was a dry run.' if is_dry_run else ''}")
