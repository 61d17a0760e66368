"""The command itself, with the real models, in a real terminal: a pseudo-terminal of this process."""

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from select import select
from time import monotonic

import pytest

from rag.settings import Settings
from tests.application.chat.scripted import TRUCE

DEADLINE_S = 60.0
COMMAND = "from tui.cli import main; main()"
CRASHING = f"from tui.chat.app import ChatApp; ChatApp.action_help = lambda self: 1 / 0; {COMMAND}"
RESTORED = b"\x1b[?1049l"
"""The terminal goes back from the alternate screen."""


class Terminal:
    """A process in a pseudo-terminal."""

    def __init__(self, process: subprocess.Popen[bytes], master: int) -> None:
        self.process = process
        self.master = master
        self.written = b""

    def wait_for(self, *wanted: bytes) -> None:
        """Read until one of these was written."""
        until = monotonic() + DEADLINE_S
        while not any(text in self.written for text in wanted):
            assert monotonic() < until, self.written[-2000:]
            self._read(0.1)

    def press(self, keys: bytes) -> None:
        self.written = b""
        os.write(self.master, keys)

    def ended(self) -> int:
        """Read to the end, and return the exit code."""
        until = monotonic() + DEADLINE_S
        while self.process.poll() is None:
            assert monotonic() < until
            self._read(0.1)
        self._read(0.1)
        return self.process.returncode

    def _read(self, timeout_s: float) -> None:
        if select([self.master], [], [], timeout_s)[0]:
            try:
                self.written += os.read(self.master, 1 << 16)
            except OSError:  # Linux tells so that nobody writes any more
                return


@contextmanager
def terminal(
    settings: Settings, sessions: Path, *arguments: str, program: str = COMMAND, **environment: str
) -> Iterator[Terminal]:
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-c", program, "--library", str(settings.library), *arguments],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=os.environ | {"TERM": "xterm-256color", "PULLQUOTE_CHAT__SESSIONS": str(sessions)} | environment,
        start_new_session=True,
    )
    os.close(slave)
    opened = Terminal(process, master)
    try:
        yield opened
    finally:
        process.kill()
        process.wait()
        os.close(opened.master)


def test_from_start_to_answer_to_article_to_quit(sample_settings: Settings, tmp_path: Path) -> None:
    with terminal(sample_settings, tmp_path, "--ask", TRUCE) as opened:
        opened.wait_for(b"% sure", b"do not say")
        assert b"February" in opened.written
        opened.press(b"\x1b[Z")
        opened.wait_for(b"Copy")
        opened.press(b"1")
        opened.wait_for(b"Energy war")
        opened.press(b"\x03")
        assert opened.ended() == 0
        assert RESTORED in opened.written
    (kept,) = tmp_path.rglob("*.jsonl")
    assert TRUCE in kept.read_text()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_restores_the_terminal(sample_settings: Settings, tmp_path: Path, number: signal.Signals) -> None:
    with terminal(sample_settings, tmp_path) as opened:
        opened.wait_for(b"Opening the library", b"Ask your articles")
        opened.process.send_signal(number)
        assert opened.ended() == 0
        assert RESTORED in opened.written


def test_without_colour_only_greys_are_written(sample_settings: Settings, tmp_path: Path) -> None:
    with terminal(sample_settings, tmp_path, COLORTERM="truecolor", NO_COLOR="1") as opened:
        opened.wait_for(b"1 article")
        colours = re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", opened.written)
    assert colours
    assert [colour for colour in colours if len(set(colour)) > 1] == []


def test_a_crash_restores_the_terminal_and_names_the_log(sample_settings: Settings, tmp_path: Path) -> None:
    with terminal(sample_settings, tmp_path, program=CRASHING) as opened:
        opened.wait_for(b"Ask your articles")
        opened.press(b"\x1bOP")
        assert opened.ended() == 5
        after = opened.written.partition(RESTORED)[2].decode()
    assert "Traceback" not in after
    log = Path(after.partition("The log ")[2].partition(" says how")[0].replace("\r\n", ""))
    assert "ZeroDivisionError" in log.read_text()


def test_a_server_of_terminals_in_a_browser_shows_it_through_pipes(sample_settings: Settings, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "--library", str(sample_settings.library)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ
        | {"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver", "PULLQUOTE_CHAT__SESSIONS": str(tmp_path)},
    )
    assert process.stdout is not None
    try:
        served = Terminal(process, process.stdout.fileno())
        served.wait_for(b"1 article")
        process.send_signal(signal.SIGTERM)
        assert served.ended() == 0
    finally:
        process.kill()
        process.communicate()
