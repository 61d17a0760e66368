"""Write the references from the code: docs/commands.md from --help, docs/settings.md from the settings.

Run as ``python docs/generate.py``; with ``--check`` it writes nothing and fails when a reference is stale.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from rag.settings import Settings

DOCS = Path(__file__).parent
WRITTEN_BY = "<!-- Written by `make docs` from the code; change it there. -->\n"


def commands() -> str:
    """Return the reference of the commands: what each prints for --help."""
    from tui.cli import app

    names = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
    calls = [[], *([name] for name in sorted(names)), ["config"], ["config", "show"], ["config", "path"]]
    parts = [f"# Commands\n\n{WRITTEN_BY}"]
    for call in calls:
        title = " ".join(["pullquote", *call])
        parts.append(f"## {title}\n\n```text\n{help_text(call)}\n```\n")
    return "\n".join(parts)


def help_text(call: list[str]) -> str:
    """Return what a command prints for --help, on a plain terminal of 100 columns."""
    environment = {"PATH": os.environ["PATH"], "COLUMNS": "100", "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
    program = Path(sys.executable).with_name("pullquote")
    printed = subprocess.run(
        [program, *call, "--help"], env=environment, capture_output=True, text=True, encoding="utf-8", check=True
    ).stdout
    return "\n".join(line.rstrip() for line in printed.splitlines()).strip("\n")


def settings() -> str:
    """Return the reference of the settings: a row each, with its variable, default and meaning."""
    rows = [f"| `{name}` | `{variable}` | `{default}` | {meaning} |" for name, variable, default, meaning in rows_of()]
    head = (
        f"# Settings\n\n{WRITTEN_BY}\n"
        "Read from the environment, then from the TOML file that `pullquote config path` names; "
        "`pullquote config show`\nshows what is in force. An unknown setting is an error.\n\n"
        "| setting | environment variable | default | meaning |\n|---|---|---|---|\n"
    )
    return head + "\n".join(rows) + "\n"


def rows_of() -> Iterator[tuple[str, str, str, str]]:
    """Yield name, variable, default and meaning of every setting."""
    for name, field in Settings.model_fields.items():
        if isinstance(field.default, BaseModel):
            for inner_name, inner in type(field.default).model_fields.items():
                variable = f"PULLQUOTE_{name}__{inner_name}".upper()
                default = "unset" if inner.default is None else str(inner.default)
                yield f"{name}.{inner_name}", variable, default, (inner.description or "").replace("\n", " ")
        else:
            default = "the user's data directory" if name == "library" else str(field.default)
            yield name, f"PULLQUOTE_{name}".upper(), default, (field.description or "").replace("\n", " ")


def main() -> int:
    """Write or check every reference; return 1 when a check finds one stale."""
    is_check = "--check" in sys.argv[1:]
    stale = []
    for path, text in ((DOCS / "commands.md", commands()), (DOCS / "settings.md", settings())):
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
            if not is_check:
                path.write_text(text, encoding="utf-8")
    if is_check and stale:
        print(f"Stale: {', '.join(stale)}. Run `make docs` and commit what it writes.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
