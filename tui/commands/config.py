"""``pullquote config show`` and ``config path``."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rag.settings import load_settings, settings_path
from tui.printing import line, print_json, print_lines

__all__ = ["run_config_path", "run_config_show"]


def run_config_show(directory: Path | None, *, is_json: bool) -> None:
    """Show every setting as it is in force, whatever it comes from."""
    settings = load_settings(library=directory).model_dump(mode="json")
    if is_json:
        print_json(settings)
    else:
        print_lines(line(f"{name} = {value}") for name, value in _dotted(settings))


def run_config_path(*, is_json: bool) -> None:
    """Show where the settings file is looked for, and whether it is there."""
    path = settings_path()
    if is_json:
        print_json({"path": str(path), "exists": path.is_file()})
    else:
        print_lines([line(str(path), "" if path.is_file() else " (not there: all settings are the defaults)")])


def _dotted(settings: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in settings.items():
        if isinstance(value, Mapping) and value:
            yield from _dotted(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", "unset" if value is None else value
