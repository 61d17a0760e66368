"""``pullquote mcp``."""

from pathlib import Path
from pkgutil import resolve_name

__all__ = ["run_mcp"]

# As with the HTTP server: started by its name, and not imported.
SERVER = "api.mcp_stdio:run_mcp"


def run_mcp(directory: Path | None) -> None:
    """Serve the library in the directory, or in the settings', over standard input and output."""
    resolve_name(SERVER)(directory)
