"""``pullquote doctor``."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.text import Text

from rag.doctor import Check, Severity, examine
from rag.settings import load_settings
from tui.exit_codes import ExitCode, exit_code_of
from tui.printing import line, print_json, print_lines

__all__ = ["run_doctor"]

_STYLES = {Severity.OK: "green", Severity.WARNING: "yellow", Severity.ERROR: "bold red"}


def run_doctor(directory: Path | None, *, is_json: bool) -> ExitCode:
    """Run every check; the exit code is that of the first error."""
    checks = list(examine(load_settings(library=directory)))
    if is_json:
        print_json([_as_json(check) for check in checks])
    else:
        print_lines(_check_lines(checks))
    failed = [check for check in checks if check.severity is Severity.ERROR]
    if not failed:
        return ExitCode.ANSWERED
    return exit_code_of(failed[0].error) if failed[0].error is not None else ExitCode.MODELS


def _as_json(check: Check) -> dict[str, str | None]:
    return {"name": check.name, "severity": check.severity, "message": check.message, "remedy": check.remedy}


def _check_lines(checks: Sequence[Check]) -> Iterator[Text]:
    for check in checks:
        yield line((f"{check.severity:<8}", _STYLES[check.severity]), (f"{check.name:<13}", "bold"), check.message)
        if check.remedy is not None:
            yield line(" " * 21, check.remedy)
