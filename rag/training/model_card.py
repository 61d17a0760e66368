"""The parts of a model card that programs write, between marks; what people write around them stays as it is."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from rag.model_files import ModelManifest

__all__ = ["CARD", "read_card", "table", "with_facts", "with_part"]

CARD = "README.md"


def with_part(card: str, name: str, lines: Iterable[str], *, writer: str) -> str:
    """Return the card with these lines in place of the part of this name, or with the part at its end."""
    begin, end = f"<!-- {name}: written by {writer} -->", f"<!-- /{name} -->"
    part = "\n".join([begin, *lines, end])
    if begin in card and end in card:
        return re.sub(f"{re.escape(begin)}.*?{re.escape(end)}", lambda _: part, card, count=1, flags=re.DOTALL)
    return f"{card.rstrip()}\n\n{part}\n"


def with_facts(card: str, manifest: ModelManifest) -> str:
    """Return the card with the facts of the manifest; a new card gets a title."""
    rows = table(["", ""], _facts(manifest).items())
    return with_part(card if card.strip() else f"# {manifest.name}", "facts", rows, writer="rag.training.export")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a Markdown table."""
    return [_row(heads), "|---" * len(heads) + "|", *map(_row, rows)]


def read_card(folder: Path) -> str:
    """Return the card of a model folder; empty where there is none yet."""
    path = folder / CARD
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _row(cells: Sequence[str]) -> str:
    return "|" + "".join(f" {cell} |" if cell else " |" for cell in cells)


def _facts(manifest: ModelManifest) -> dict[str, str]:
    return {
        "name": manifest.name,
        "origin": manifest.origin,
        "licence": manifest.license,
        "exported": manifest.exported,
        "longest input": f"{manifest.max_tokens} tokens",
        "SHA-256 of the weights it was exported from": f"`{manifest.source_sha256}`",
        **{f"SHA-256 of {name}": f"`{digest}`" for name, digest in manifest.files.items()},
    }
