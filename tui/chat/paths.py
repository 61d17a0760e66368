"""What a path that is being written may become."""

import os
from pathlib import Path

__all__ = ["path_of", "paths_beginning"]

MAX_PATHS = 500


def path_of(text: str) -> Path:
    """Return the path that was written, ``~`` standing for the home directory."""
    return Path(text.strip()).expanduser()


def paths_beginning(text: str) -> list[str]:
    """Return the files and folders whose path begins so, folders first with a slash at the end; no hidden ones.

    A folder that cannot be read has none.
    """
    folder, beginning = os.path.split(os.path.expanduser(text.lstrip()))  # noqa: PTH111 - a Path loses the last slash
    try:
        with os.scandir(folder or ".") as entries:
            found = [
                (not entry.is_dir(), entry.name)
                for entry in entries
                if entry.name.startswith(beginning) and (beginning or not entry.name.startswith("."))
            ]
    except (OSError, ValueError):
        return []
    return [os.path.join(folder, name) + ("" if is_file else "/") for is_file, name in sorted(found)[:MAX_PATHS]]  # noqa: PTH118
