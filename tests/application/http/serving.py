"""`pullquote serve` as a person starts it: its own process, the shipped models, a real socket."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

COMMAND = [sys.executable, "-m", "tui.cli"]


@contextmanager
def serving(
    library: Path, *arguments: str, environment: dict[str, str] | None = None
) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """Start a server on a free port, and stop it as a terminal does.

    Args:
        library: Its directory.
        arguments: More of `pullquote serve`.
        environment: Settings, beside those of the tests.
    """
    command = [*COMMAND, "--library", str(library), "serve", "--port", "0", *arguments]
    variables = {**os.environ, **(environment or {})}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=variables) as process:
        try:
            told = process.stderr.readline()
            address = re.search(r"http://\S+:\d+", told)
            assert address is not None, told + process.stderr.read()
            with httpx.Client(base_url=address[0], timeout=60) as client:
                yield process, client
        finally:
            process.kill()
