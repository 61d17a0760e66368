"""The chat in tmux, from start to answer to article to quit: ``make chat-terminal``, where tmux is installed."""

import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rag.assembly import fill_library
from rag.settings import load_settings

ROOT = Path(__file__).parents[3]
SOCKET = "pullquote-chat"
DEADLINE_S = 60.0


def tmux(*arguments: str) -> str:
    """Run tmux on a server of its own, without the person's settings."""
    command = ["tmux", "-L", SOCKET, "-f", "/dev/null", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def wait_for(*wanted: str) -> str:
    """Return the screen once it shows one of these."""
    until = time.monotonic() + DEADLINE_S
    while not any(text in (shown := tmux("capture-pane", "-p")) for text in wanted):
        if time.monotonic() > until:
            raise SystemExit(f"None of {wanted} came:\n{shown}")
        time.sleep(0.1)
    return shown


def main() -> None:
    """Start, ask, open the article, quit."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        fill_library(load_settings(library=library), [ROOT / "seeds"])
        program = shlex.join([sys.executable, "-m", "tui.cli", "--library", str(library)])
        shell = (
            f"cd {shlex.quote(str(ROOT))}; PULLQUOTE_CHAT__SESSIONS={shlex.quote(folder)} {program}; echo ended $?; cat"
        )
        tmux("new-session", "-d", "-x", "100", "-y", "30", shell)
        try:
            wait_for("1 article")
            tmux("send-keys", "when does the truce end?", "Enter")
            assert "February 1st" in wait_for("% sure")
            tmux("send-keys", "BTab")
            wait_for("Copy")
            tmux("send-keys", "1")
            wait_for("Energy war")
            tmux("send-keys", "C-c")
            wait_for("ended 0")
        finally:
            tmux("kill-server")
    sys.stdout.write("The chat runs in tmux.\n")


if __name__ == "__main__":
    main()
