"""Starts the servers that are measured, each in a process of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["memory_mb", "ours", "txtais"]

UNLIMITED = {"PULLQUOTE_API__REQUESTS_PER_MINUTE": "1000000"}
"""All clients are one address here; what is measured is the work, not the limit."""


@contextmanager
def ours(library: Path) -> Iterator[tuple[int, int, float]]:
    """Start `pullquote serve`, and yield its process, its port and the seconds until it was ready."""
    command = [sys.executable, "-m", "tui.cli", "--library", str(library), "serve", "--port"]
    with _server(command, "/readyz", UNLIMITED) as server:
        yield server


@contextmanager
def txtais(configuration: Path) -> Iterator[tuple[int, int, float]]:
    """Start txtai's own HTTP server, and yield the same."""
    command = [sys.executable, "-m", "uvicorn", "txtai.api:app", "--log-level", "error", "--port"]
    with _server(command, "/openapi.json", {"CONFIG": str(configuration), "HF_HUB_OFFLINE": "1"}) as server:
        yield server


@contextmanager
def _server(command: list[str], ready: str, environment: dict[str, str]) -> Iterator[tuple[int, int, float]]:
    port = _free_port()
    began = time.perf_counter()
    with subprocess.Popen(
        [*command, str(port)], stderr=subprocess.DEVNULL, env={**os.environ, **environment}
    ) as process:
        try:
            _wait(f"http://127.0.0.1:{port}{ready}", process)
            yield process.pid, port, time.perf_counter() - began
        finally:
            process.terminate()


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=60).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.01)
        else:
            return
    raise SystemExit(f"The server for {address} did not come up.")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def memory_mb(pid: int) -> float:
    """Return what a process holds in memory now."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
