"""The saved dense index on disk: a FAISS file, and beside it a manifest that is written last and names it.

Every save writes a new ``vectors-<generation>.faiss`` and then puts the manifest in place of the old one, so that at
any moment the manifest on disk belongs to a whole file. An index file is untrusted input: it is read only after its
SHA-256 was found equal to the manifest's, through the same open file.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from vectorstore.changes import Commit
from vectorstore.dense_index import METRIC, DenseIndex
from vectorstore.manifest import EmbedderIdentity, IndexManifest

__all__ = ["INDEX_FORMAT_VERSION", "UnusableIndexError", "load_index", "load_manifest", "save_index"]

INDEX_FORMAT_VERSION = 1

_MANIFEST_NAME = "vectors.json"


class UnusableIndexError(Exception):
    """The saved index cannot be used; the text is the reason. Never leaves this package."""


def load_manifest(directory: Path, *, embedder: EmbedderIdentity) -> IndexManifest | None:
    """Return the manifest of the saved index, or ``None`` when nothing was saved yet.

    Raises:
        UnusableIndexError: It cannot be read, or belongs to another embedder, metric or format.
    """
    try:
        manifest = IndexManifest.from_json((directory / _MANIFEST_NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        raise UnusableIndexError("its manifest cannot be read") from error
    if manifest.format_version != INDEX_FORMAT_VERSION:
        raise UnusableIndexError("its format is another version's")
    if (manifest.embedder_sha256, manifest.dimension) != (embedder.sha256, embedder.dimension):
        raise UnusableIndexError("its vectors are another embedder's")
    if manifest.metric != METRIC:
        raise UnusableIndexError("its metric is another")
    return manifest


def load_index(directory: Path, manifest: IndexManifest) -> DenseIndex:
    """Verify the index file of a manifest, then read it.

    Raises:
        UnusableIndexError: It is missing or damaged.
    """
    try:
        with _index_path(directory, manifest.generation).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != manifest.sha256:
                raise UnusableIndexError("its checksum is wrong")
            file.seek(0)
            index = DenseIndex.load(file, dimension=manifest.dimension)
    except (OSError, ValueError) as error:
        raise UnusableIndexError(f"its file cannot be read ({error})") from error
    if len(index) != manifest.count:
        raise UnusableIndexError(f"it holds {len(index)} vectors, not {manifest.count}")
    return index


def save_index(directory: Path, index: DenseIndex, *, embedder: EmbedderIdentity, commit: Commit) -> None:
    """Save an index that is level with a commit; the caller keeps other savers out.

    Raises:
        OSError: Nothing was saved; what was saved before is as it was.
    """
    path = _index_path(directory, commit.generation)
    sha256 = _write_durably(path, index.save)
    manifest = IndexManifest(
        format_version=INDEX_FORMAT_VERSION,
        embedder_name=embedder.name,
        embedder_sha256=embedder.sha256,
        dimension=embedder.dimension,
        metric=METRIC,
        generation=commit.generation,
        commit=commit.token,
        count=len(index),
        sha256=sha256,
    )
    encoded = manifest.to_json().encode()
    _write_durably(directory / _MANIFEST_NAME, lambda file: file.write(encoded))
    for old in directory.glob("vectors-*.faiss*"):
        if old != path:
            old.unlink(missing_ok=True)


def _index_path(directory: Path, generation: int) -> Path:
    return directory / f"vectors-{generation}.faiss"


def _write_durably(path: Path, write: Callable[[BinaryIO], object]) -> str:
    """Write a whole file beside, put it in place, and return its SHA-256 once both are on the disk."""
    beside = path.with_name(path.name + ".part")
    try:
        with beside.open("w+b") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    beside.replace(path)
    _sync_directory(path.parent)
    return sha256


def _sync_directory(directory: Path) -> None:
    if os.name == "nt":  # Windows opens no directory; os.replace is durable there without.
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
