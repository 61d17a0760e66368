"""The outermost boundary of the command: what goes wrong becomes a sentence on stderr and an exit code."""

import logging
import sys
from collections.abc import Callable

from rag.errors import PullquoteError
from tui.exit_codes import ExitCode, exit_code_of
from tui.terminal_text import printable

__all__ = ["guarded"]


def guarded(command: Callable[[], object]) -> int:
    """Run the command and return its exit code; only a fault of Pullquote's own shows a traceback."""
    try:
        command()
    except PullquoteError as error:
        sys.stderr.write(f"pullquote: {printable(str(error))}\n")
        return exit_code_of(error)
    except Exception:
        logging.getLogger("pullquote").exception("This is a fault of Pullquote's own; please report it.")
        return ExitCode.FAILURE
    return ExitCode.ANSWERED
