"""What the process that parses untrusted markup does.

Reads requests from standard input, one JSON object a line, and answers each with one line. A parser that fails
ends the process; the one that asked starts another.
"""

import contextlib
import importlib
import json
import sys
from dataclasses import asdict
from typing import Literal

__all__ = ["Format", "main"]

Format = Literal["markdown", "web_page"]

MAX_MEMORY_BYTES = 2 * 1024**3


def main() -> None:
    """Answer requests ``{"format", "text"}`` with the fields of a ParsedArticle until the input ends."""
    _limit_memory()
    for line in sys.stdin:
        request = json.loads(line)
        parser = importlib.import_module(f"rag.loading.{request['format']}")
        sys.stdout.write(json.dumps(asdict(parser.parse(request["text"]))) + "\n")
        sys.stdout.flush()


def _limit_memory() -> None:
    """Have the system refuse memory above the limit, where it can."""
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
