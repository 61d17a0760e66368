"""The conditions of an evaluation: all that decides its answers, and the machine that decides its times."""

import hashlib
import json
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rag.assembly import CALIBRATION, build_calibration, reader_hash
from rag.protocols import Library
from rag.settings import Settings

__all__ = ["Conditions", "conditions_of", "differences"]

PACKAGES = ("pullquote", "numpy", "onnxruntime", "faiss-cpu", "tokenizers", "tiktoken", "scikit-learn")

NOT_DECISIVE = frozenset({"library", "threads", "chat"})
"""Settings that change no answer: where the library lies, how fast it is asked, how the chat looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What a report says of the run behind it.

    Attributes:
        settings: Every setting in force, as ``pullquote config show --json`` prints them.
        min_confidence: The operating point that follows from them.
        models: Name to SHA-256.
        library: Counts, and the SHA-256 of what its articles say.
        questions: File name to SHA-256.
        versions: Of Python and of the packages that compute.
        machine: Processor, how many of its cores may be used, operating system.
    """

    settings: dict[str, Any]
    min_confidence: float
    models: dict[str, str]
    library: dict[str, int | str]
    questions: dict[str, str]
    versions: dict[str, str]
    machine: dict[str, int | str]


def conditions_of(settings: Settings, library: Library, questions: Sequence[Path]) -> Conditions:
    """Return the conditions under which the settings answer the questions now."""
    own = settings.answer.min_confidence
    return Conditions(
        settings=settings.model_dump(mode="json"),
        min_confidence=build_calibration().min_confidence if own is None else own,
        models={
            f"embedder {library.embedder.name}": library.embedder.sha256,
            "reader": reader_hash(),
            "calibration": _file_hash(CALIBRATION),
        },
        library=_library(library),
        questions={path.name.encode("utf-8", "backslashreplace").decode(): _file_hash(path) for path in questions},
        versions={"python": platform.python_version(), **{name: version(name) for name in PACKAGES}},
        machine={
            "processor": platform.machine(),
            "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
            "system": platform.system(),
        },
    )


def differences(one: Conditions, other: Conditions) -> list[str]:
    """Name what differs between two runs of all that decides answers; empty where the answers must be the same."""
    found = [
        f"settings.{name}"
        for name in sorted((one.settings.keys() | other.settings.keys()) - NOT_DECISIVE)
        if one.settings.get(name) != other.settings.get(name)
    ]
    found += [name for name in ("models", "questions") if getattr(one, name) != getattr(other, name)]
    if one.library["sha256"] != other.library["sha256"]:
        found.append("library")
    if one.versions.get("pullquote") != other.versions.get("pullquote"):
        found.append("the version of pullquote")
    return found


def _library(library: Library) -> dict[str, int | str]:
    summaries = library.articles()
    said = sorted(library.article(one.id).content_hash for one in summaries)
    return {
        "articles": len(summaries),
        "passages": sum(one.passage_count for one in summaries),
        "sha256": hashlib.sha256(json.dumps(said).encode()).hexdigest(),
    }


def _file_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
