"""``pullquote stats``, ``reindex``, ``compact``, ``prune``, ``backup`` and ``restore``."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from rag.settings import load_settings
from rag.upkeep import (
    LibraryStatistics,
    back_up_library,
    compact_library,
    prune_library,
    reindex_library,
    restore_library,
    survey_library,
)
from tui.exit_codes import ExitCode
from tui.printing import line, print_json, print_lines

__all__ = ["run_backup", "run_compact", "run_prune", "run_reindex", "run_restore", "run_stats"]


def run_stats(directory: Path | None, *, is_json: bool) -> ExitCode:
    """Show what the library holds, and the recall of its index."""
    statistics, recall = survey_library(load_settings(library=directory))
    recalled = f"Finds {recall:.1%} of the ten nearest passages."
    return _told({**asdict(statistics), "recall": recall}, *_held(statistics), recalled, is_json=is_json)


def run_reindex(directory: Path | None, *, is_json: bool) -> ExitCode:
    """Build the index anew, from new vectors if need be."""
    with _progress() as on_progress:
        done = reindex_library(load_settings(library=directory), on_progress=on_progress)
    told = f"The {done.kind} index holds {done.passages:,} passages, encoded by {done.embedder}."
    return _told(asdict(done), told, is_json=is_json)


def run_compact(directory: Path | None, *, is_json: bool) -> ExitCode:
    """Give back disk space."""
    done = compact_library(load_settings(library=directory))
    told = f"The library took {_megabytes(done.before_bytes)} and takes {_megabytes(done.after_bytes)}."
    return _told(asdict(done), told, is_json=is_json)


def run_prune(directory: Path | None, *, keep: int, is_json: bool) -> ExitCode:
    """Remove earlier versions of all articles."""
    count = prune_library(load_settings(library=directory), keep=keep)
    return _told({"pruned_versions": count}, f"Removed {count:,} earlier versions.", is_json=is_json)


def run_backup(directory: Path | None, file: Path, *, is_json: bool) -> ExitCode:
    """Copy the library to a file."""
    size = back_up_library(load_settings(library=directory), file)
    told = f"Wrote {_megabytes(size)} to {file}."
    return _told({"file": str(file), "size_bytes": size}, told, is_json=is_json)


def run_restore(directory: Path | None, file: Path, *, replaces: bool, is_json: bool) -> ExitCode:
    """Make the library of a backup."""
    statistics = restore_library(load_settings(library=directory), file, replaces=replaces)
    return _told(asdict(statistics), *_held(statistics), is_json=is_json)


def _told(value: object, *lines: str, is_json: bool) -> ExitCode:
    if is_json:
        print_json(value)
    else:
        print_lines(line(text) for text in lines)
    return ExitCode.ANSWERED


def _held(statistics: LibraryStatistics) -> Iterator[str]:
    yield (
        f"Articles: {statistics.articles:,}; versions: {statistics.versions:,}; passages: {statistics.passages:,},"
        f" encoded by {statistics.embedder}."
    )
    yield f"Database {_megabytes(statistics.database_bytes)}, indexes {_megabytes(statistics.index_bytes)} on the disk."
    index = statistics.index
    yield f"The {index.kind} index of {index.passages:,} passages takes {_megabytes(index.memory_bytes)} of memory."


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.1f} MB"


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Show on stderr how many passages are encoded."""
    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    columns = (TextColumn("Encoding passages"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)
        yield lambda done, count: progress.update(task, completed=done, total=count)
