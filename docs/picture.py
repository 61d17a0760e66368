"""Draw docs/answer.svg from what the command really prints: ``make picture``."""

import io
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parent.parent
PULLQUOTE = Path(sys.executable).with_name("pullquote")
QUESTIONS = ("when does the truce end?", "who is the german chancellor?")
WIDTH = 96


def printed(library: Path, *arguments: str) -> str:
    """Return what the command prints on a colour terminal, escape sequences included."""
    environment = {"FORCE_COLOR": "1", "COLUMNS": str(WIDTH), "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [PULLQUOTE, "--library", library, *arguments], env=environment, capture_output=True, check=False, cwd=ROOT
    )
    return done.stdout.decode()


def main() -> None:
    """Ask the sample library and draw the transcript."""
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        printed(library, "add", "seeds")
        for question in QUESTIONS:
            console.print(Text(f"$ pullquote ask {shlex.quote(question)}", style="bold"))
            console.print(Text.from_ansi(printed(library, "ask", question)))
            console.print()
    drawn = console.export_svg(title="pullquote")
    # The drawing asks for a font from elsewhere; what a machine has will do.
    without_fonts = re.sub(r"@font-face \{.*?\}", "", drawn, flags=re.DOTALL)
    (ROOT / "docs" / "answer.svg").write_text(without_fonts, encoding="utf-8")


if __name__ == "__main__":
    main()
