"""From the shell to an answer, beside what importing sentence-transformers alone takes."""

import sys
from collections.abc import Iterator
from pathlib import Path

from rag.settings import Settings
from tests.benchmarks.timing import Row, alternate, command, compared

PULLQUOTE = Path(sys.executable).with_name("pullquote")


def rows(sample: Settings, *, rounds: int) -> Iterator[Row]:
    """Time whole processes."""
    ask = command([PULLQUOTE, "--library", sample.library, "ask", "when does the truce end?"])
    importing = command([sys.executable, "-c", "import sentence_transformers"])
    helping = command([PULLQUOTE, "--help"])
    yield compared(
        "pullquote ask, cold", *alternate(ask, importing, rounds=rounds), named="import sentence_transformers"
    )
    yield compared(
        "pullquote --help", *alternate(helping, importing, rounds=rounds), named="import sentence_transformers"
    )
