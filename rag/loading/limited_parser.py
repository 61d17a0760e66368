"""Parses untrusted markup in another process, within a limit of time; some pages of 3 MB take minutes."""

import atexit
import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

from rag.errors import LoadError
from rag.loading.parsed import ParsedArticle
from rag.loading.parser_worker import Format

__all__ = ["LimitedParser"]

PACKAGE_ROOT = Path(__file__).parents[2]


class LimitedParser:
    """Starts the process with the first request and keeps it for the next; replaces it when it had to be ended."""

    def __init__(self, *, time_limit_s: float) -> None:
        self._time_limit_s = time_limit_s
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        atexit.register(self.close)

    def parse(self, text: str, *, markup: Format, name: str) -> ParsedArticle:
        """Return what the text says; ``name`` is what errors call the file.

        Raises:
            LoadError: It took longer than the limit, or broke the parser.
        """
        with self._lock:
            process = self._process or self._start()
            ender = threading.Timer(self._time_limit_s, process.kill)
            ender.start()
            try:
                reply = _ask(process, json.dumps({"format": markup, "text": text}))
            finally:
                ender.cancel()
            if not reply:
                self._end()
                message = f"{name} could not be read within {self._time_limit_s:g} seconds and 2 GB of memory."
                raise LoadError(message, "Save the article alone, or as plain text.")
            return ParsedArticle(**json.loads(reply))

    def close(self) -> None:
        """End the process, if there is one; the next request starts another."""
        with self._lock:
            self._end()

    def _start(self) -> subprocess.Popen[str]:
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from rag.loading.parser_worker import main; main()"],
            cwd=PACKAGE_ROOT,  # So that the process finds the same `rag`, installed or not.
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="ascii",
        )
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _ask(process: subprocess.Popen[str], request: str) -> str:
    """Return the line that answers the request; empty if the process ended instead."""
    requests, replies = _pipes(process)
    try:
        requests.write(request + "\n")
        requests.flush()
    except BrokenPipeError:
        return ""
    return replies.readline()


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    if process.stdin is None or process.stdout is None:
        raise ValueError("the process was started without pipes")
    return process.stdin, process.stdout
