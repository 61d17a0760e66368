"""``pullquote serve``."""

from pathlib import Path
from pkgutil import resolve_name

__all__ = ["run_serve"]

# The fronts import nothing of each other. The command only starts the server, which is a program of its own, so it
# knows its name and nothing else, as an entry point would.
SERVER = "api.server:run_server"


def run_serve(directory: Path | None, *, host: str, port: int) -> None:
    """Serve the library in the directory, or in the settings', until Ctrl+C; port 0 takes any free one."""
    resolve_name(SERVER)(directory, host=host, port=port)
