"""What is installed, what is wrong, and what mends it: one check a part, each run even when another fails."""

import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version

import numpy as np

from rag.assembly import build_assistant, build_embedder, build_reader, open_library
from rag.errors import LibraryNotFoundError, PullquoteError
from rag.protocols import PassageText
from rag.settings import Settings, settings_path

__all__ = ["Check", "Severity", "examine"]

_LEAST_FREE_BYTES = 200_000_000
"""Below this, adding a few thousand articles may fill the disk: an article takes some 10 to 20 kB in the library."""


_LEAST_RECALL = 0.98
"""Source: docs/decisions/016."""


class Severity(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What one check found.

    Attributes:
        remedy: What mends it; None when nothing is wrong.
        error: The error behind it, if one was raised.
    """

    name: str
    severity: Severity
    message: str
    remedy: str | None = None
    error: PullquoteError | None = None


def examine(settings: Settings) -> Iterator[Check]:
    """Run every check on what the settings name."""
    for name, check in _CHECKS.items():
        try:
            yield check(settings)
        except LibraryNotFoundError as error:
            yield Check(name=name, severity=Severity.WARNING, message=error.message, remedy=error.remedy)
        except PullquoteError as error:
            yield Check(name=name, severity=Severity.ERROR, message=error.message, remedy=error.remedy, error=error)


def _check_installation(settings: Settings) -> Check:
    packages = ("pullquote", "faiss-cpu", "onnxruntime", "sentence-transformers", "tiktoken", "textual", "fastapi")
    versions = ", ".join(f"{package} {version(package)}" for package in packages)
    return Check(name="installation", severity=Severity.OK, message=f"Python {platform.python_version()}, {versions}.")


def _check_settings(settings: Settings) -> Check:
    path = settings_path()
    where = f"read from {path}" if path.is_file() else f"the defaults and the environment ({path} is not there)"
    return Check(name="settings", severity=Severity.OK, message=f"All settings are valid: {where}.")


def _check_embedder(settings: Settings) -> Check:
    embedder = build_embedder(settings)
    (query,) = embedder.encode_queries(["when does the truce end?"])
    near, far = embedder.encode_passages(["The truce ends on Sunday.", "The museum bought a painting."]) @ query
    identity = embedder.identity
    named = f"{identity.name}, {identity.dimension} dimensions, SHA-256 {identity.sha256[:12]}…"
    if not np.isfinite([near, far]).all() or near <= far:
        return Check(
            name="embedder",
            severity=Severity.ERROR,
            message=f"{named}, does not tell a near text from a far one.",
            remedy="Reinstall Pullquote: `pip install --force-reinstall pullquote`.",
        )
    return Check(name="embedder", severity=Severity.OK, message=f"{named}, works.")


def _check_reader(settings: Settings) -> Check:
    passage = "The truce ends on Sunday."
    (reading,) = build_reader(settings).read("When does the truce end?", [PassageText("", passage)])
    found = [passage[span.start : span.end] for span in reading.spans]
    if not found or "Sunday" not in found[0]:
        return Check(
            name="reader",
            severity=Severity.ERROR,
            message=f"The reader does not find the day in {passage!r}.",
            remedy="Reinstall Pullquote: `pip install --force-reinstall pullquote`.",
        )
    return Check(name="reader", severity=Severity.OK, message="The reader works.")


def _check_library(settings: Settings) -> Check:
    embedder = build_embedder(settings)
    library = open_library(settings, embedder=embedder)
    try:
        summaries = library.articles()
        if not summaries:
            return Check(
                name="library",
                severity=Severity.WARNING,
                message=f"The library in {settings.library} is empty.",
                remedy="Add articles with `pullquote add PATH`.",
            )
        build_assistant(settings, library=library, embedder=embedder).answer("what happened?")
        index, recall = library.upkeep.statistics().index, library.upkeep.probe_recall()
    finally:
        library.close()
    message = (
        f"{len(summaries):,} articles in {index.passages:,} passages answer from {settings.library};"
        f" the {index.kind} index takes {index.memory_bytes / 1e6:,.1f} MB and finds {recall:.1%} of the nearest."
    )
    if recall < _LEAST_RECALL:
        return Check(
            name="library",
            severity=Severity.WARNING,
            message=message,
            remedy="Build the index anew with `pullquote reindex`.",
        )
    return Check(name="library", severity=Severity.OK, message=message)


def _check_disk(settings: Settings) -> Check:
    path = settings.library.absolute()
    existing = next(folder for folder in (path, *path.parents) if folder.exists())
    free_bytes = shutil.disk_usage(existing).free
    message = f"{free_bytes / 1e9:,.1f} GB are free at {existing}."
    if free_bytes < _LEAST_FREE_BYTES:
        return Check(
            name="disk", severity=Severity.WARNING, message=message, remedy="Free some before adding articles."
        )
    return Check(name="disk", severity=Severity.OK, message=message)


_CHECKS: dict[str, Callable[[Settings], Check]] = {
    "installation": _check_installation,
    "settings": _check_settings,
    "embedder": _check_embedder,
    "reader": _check_reader,
    "library": _check_library,
    "disk": _check_disk,
}
