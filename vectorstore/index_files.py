"""A derived index on disk: a file named after its checksum, and a manifest that is written last and names it.

Any number of derived indexes stand beside the database, each under its own name. An index is first written beside
(``stage``), which may take long and needs no lock, then put in place of the one before (``publish``); at any moment the
manifest on disk belongs to a whole file. An index file is untrusted input: it is read only after its SHA-256 was found
equal to the manifest's, through the same open file.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol
from uuid import uuid4

from vectorstore.changes import Commit
from vectorstore.manifest import IndexManifest

__all__ = ["ByteSink", "IndexFiles", "StagedFile", "UnusableIndexError"]


class UnusableIndexError(Exception):
    """A saved index cannot be used; the text is the reason. Never leaves this package."""


class ByteSink(Protocol):
    """What an index is written to."""

    def write(self, data: bytes, /) -> int:
        """Take all of the bytes and return how many there were."""
        ...


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A whole file beside its place, synced."""

    path: Path
    sha256: str


class IndexFiles:
    """Where one derived index of a library is kept."""

    def __init__(
        self,
        directory: Path,
        *,
        name: str,
        suffix: str,
        format_version: int,
        built_with: Mapping[str, str | int],
    ) -> None:
        """Remember the names.

        Args:
            directory: The library's.
            name: Begins the names of all its files; the manifest is ``<name>.json``.
            suffix: Ends the name of the index file.
            format_version: An index of another version is not used.
            built_with: An index that was built with anything else is not used.
        """
        self._directory = directory
        self._name = name
        self._suffix = suffix
        self._format_version = format_version
        self._built_with = dict(built_with)

    def load_manifest(self) -> IndexManifest | None:
        """Return the manifest of the saved index, or ``None`` when nothing was saved yet.

        Raises:
            UnusableIndexError: It cannot be read, or the index is of another format or built with something else.
        """
        try:
            manifest = IndexManifest.from_json(self._manifest_path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, RecursionError) as error:
            raise UnusableIndexError("its manifest cannot be read") from error
        if manifest.format_version != self._format_version:
            raise UnusableIndexError("its format is another version's")
        for name, value in self._built_with.items():
            if manifest.built_with.get(name) != value:
                raise UnusableIndexError(f"it was built with another {name}")
        return manifest

    @contextmanager
    def verified(self, manifest: IndexManifest) -> Iterator[BinaryIO]:
        """Lend the file of a manifest, at its beginning, once its checksum was found right.

        Raises:
            UnusableIndexError: It is missing or damaged, or the caller cannot read it (``OSError``, ``ValueError``).
        """
        try:
            with self._path(manifest.sha256).open("rb") as file:
                _read_ahead(file)
                if hashlib.file_digest(file, "sha256").hexdigest() != manifest.sha256:
                    raise UnusableIndexError("its checksum is wrong")
                file.seek(0)
                yield file
        except (OSError, ValueError) as error:
            raise UnusableIndexError(f"its file cannot be read ({error})") from error

    def stage(self, write: Callable[[ByteSink], object]) -> StagedFile:
        """Write a whole index beside its place.

        Raises:
            OSError: Nothing was written.
        """
        path = self._directory / f"{self._name}-{uuid4().hex}.part"
        return StagedFile(path, _write_synced(path, write))

    def publish(self, staged: StagedFile, *, kind: str, count: int, commit: Commit) -> None:
        """Put a staged index, level with a commit, in place of the one before; the caller keeps other savers out.

        Raises:
            OSError: What was saved before is as it was.
        """
        manifest = IndexManifest(
            format_version=self._format_version,
            built_with=self._built_with,
            kind=kind,
            generation=commit.generation,
            commit=commit.token,
            count=count,
            sha256=staged.sha256,
        )
        encoded = manifest.to_json().encode()
        path = self._path(staged.sha256)
        staged.path.replace(path)
        described = self.stage(lambda sink: sink.write(encoded))
        _sync_directory(self._directory)
        described.path.replace(self._manifest_path)
        _sync_directory(self._directory)
        for old in self._directory.glob(f"{self._name}-*"):
            if old != path:
                old.unlink(missing_ok=True)

    @property
    def _manifest_path(self) -> Path:
        return self._directory / f"{self._name}.json"

    def _path(self, sha256: str) -> Path:
        return self._directory / f"{self._name}-{sha256[:16]}{self._suffix}"


class _HashingSink:
    """Passes bytes on to a file and hashes them."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def write(self, data: bytes, /) -> int:
        self.digest.update(data)
        return self._file.write(data)


def _write_synced(path: Path, write: Callable[[ByteSink], object]) -> str:
    """Write a whole file, and return its SHA-256 once it is on the disk."""
    try:
        with path.open("wb") as file:
            sink = _HashingSink(file)
            write(sink)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return sink.digest.hexdigest()


def _read_ahead(file: BinaryIO) -> None:
    """Ask the system for the whole file at once; from a disk it comes in a third of the time that pieces take."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_WILLNEED)


def _sync_directory(directory: Path) -> None:
    if os.name == "nt":  # Windows opens no directory; os.replace is durable there without.
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
