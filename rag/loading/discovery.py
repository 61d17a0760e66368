"""Which files of a path can become articles."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.errors import LoadError

__all__ = ["READABLE", "SUFFIXES", "FoundFile", "discover"]

SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".html", ".htm"})
"""Endings of the files that are read, in lower case."""

READABLE = "Pullquote reads .txt, .md and .html files."


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A file that may become an article.

    Attributes:
        source: Its POSIX path relative to the folder that was named; for a file that was named, its name.
        origin: Its absolute path, without symbolic links.
    """

    path: Path
    source: str
    origin: str


def discover(path: Path) -> list[FoundFile]:
    """Return the file, or the files below the folder, by path; the same folder gives the same order.

    Hidden files and folders, files of other formats and symbolic links are left out: what a link leads to inside
    the folder is found there, and what lies outside was not named. A subfolder that may not be opened is returned
    as if it were a file, so that ``load`` refuses it by name.

    Raises:
        LoadError: The path does not exist, its format is not read, or there is no article below it.
    """
    try:
        resolved = path.resolve(strict=True)
    except (OSError, RuntimeError, ValueError) as error:
        raise LoadError(f"There is no file or folder {_shown(path)}.", "Check how it is written.") from error
    if not resolved.is_dir():
        if resolved.suffix.lower() not in SUFFIXES:
            raise LoadError(f"{_shown(path)} is not in a format that Pullquote reads.", READABLE)
        return [_found(resolved, resolved.parent)]
    files = [_found(file, resolved) for file in _files_below(resolved)]
    if not files:
        raise LoadError(f"The folder {_shown(path)} holds no article.", READABLE)
    return files


def _files_below(folder: Path) -> Iterator[Path]:
    """Yield readable files, those of a folder before those of its subfolders, then the folders that do not open."""
    unopened: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=unopened.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(parent, name)
            if not name.startswith(".") and file.suffix.lower() in SUFFIXES and not file.is_symlink():
                yield file
    yield from (Path(error.filename) for error in unopened)


def _found(file: Path, folder: Path) -> FoundFile:
    return FoundFile(path=file, source=_shown(file.relative_to(folder)), origin=_shown(file))


def _shown(path: Path) -> str:
    r"""Return the path as text that can be stored: bytes of a name that are not UTF-8 become ``\xNN``."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
