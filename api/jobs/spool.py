"""Jobs on disk: what was sent, until it is worked off, and then what became of it.

``ID.jsonl`` holds what was sent, an article or a file a line, below a line that counts them. ``ID.json`` holds how the
job ended. Each is written aside, forced to disk and put in place whole; ids are our own, never a client's.
"""

import base64
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from api.additions import Posted, PostedFile
from api.article_schemas import Job
from rag.articles import Article, DateCertainty, DateOrigin
from rag.errors import LibraryFullError

__all__ = ["FINISHED_KEPT", "Spool"]

FINISHED_KEPT = 100
"""Jobs that ended, of which one may still ask; older ones are forgotten."""


class Spool:
    """The jobs in one directory."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def accept(self, job_id: str, posted: Sequence[Posted]) -> None:
        """Keep a job's articles; when this returns they are on disk.

        Raises:
            LibraryFullError: They cannot be written.
        """
        lines = [json.dumps({"total": len(posted)}), *(json.dumps(_written(one)) for one in posted)]
        self._write(f"{job_id}.jsonl", lines)

    def waiting(self) -> dict[str, int]:
        """Return the ids of the jobs that are not worked off, oldest first, and how many articles each has."""
        found = {}
        for path in sorted(self._directory.glob("*.jsonl")):
            with path.open(encoding="ascii") as file:
                found[path.stem] = int(json.loads(file.readline())["total"])
        return found

    def posted(self, job_id: str) -> Iterator[Posted]:
        """Yield the articles of a job that is not worked off, in order."""
        with (self._directory / f"{job_id}.jsonl").open(encoding="ascii") as file:
            file.readline()
            for line in file:
                yield _read(json.loads(line))

    def finish(self, job: Job) -> None:
        """Keep how a job ended, and drop what was sent; forget the oldest of many that ended."""
        self._write(f"{job.id}.json", [job.model_dump_json()])
        (self._directory / f"{job.id}.jsonl").unlink(missing_ok=True)
        for path in sorted(self._directory.glob("*.json"))[:-FINISHED_KEPT]:
            path.unlink(missing_ok=True)

    def finished(self) -> list[Job]:
        """Return the jobs that ended, oldest first."""
        paths = sorted(self._directory.glob("*.json"))
        return [Job.model_validate_json(path.read_bytes()) for path in paths]

    def _write(self, name: str, lines: Sequence[str]) -> None:
        aside = self._directory / f"{name}.part"
        try:
            self._directory.mkdir(exist_ok=True)
            with aside.open("w", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in lines)
                file.flush()
                os.fsync(file.fileno())
            aside.replace(self._directory / name)
            _sync_directory(self._directory)
        except OSError as error:
            with suppress(OSError):
                aside.unlink()
            message = f"The job cannot be kept in {self._directory}: {error.strerror}; nothing was added."
            raise LibraryFullError(message, "Free some space beside the library, or send less at once.") from error


def _written(posted: Posted) -> dict[str, Any]:
    if isinstance(posted, Article):
        return {"article": asdict(posted)}
    content = base64.b64encode(posted.content).decode("ascii")
    return {"file": {"name": posted.name, "origin": posted.origin, "content": content}}


def _read(line: dict[str, Any]) -> Posted:
    if "file" in line:
        file = line["file"]
        return PostedFile(name=file["name"], origin=file["origin"], content=base64.b64decode(file["content"]))
    article = line["article"]
    origin, certainty = article.pop("published_origin"), article.pop("published_certainty")
    return Article(
        **article,
        published_origin=None if origin is None else DateOrigin(origin),
        published_certainty=None if certainty is None else DateCertainty(certainty),
    )


def _sync_directory(directory: Path) -> None:
    if os.name == "posix":
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
