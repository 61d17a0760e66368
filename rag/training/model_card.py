"""The facts in a model card; what people write around them, figures above all, stays as it is."""

import re
from pathlib import Path

from rag.model_files import ModelManifest

__all__ = ["CARD", "with_facts"]

CARD = "README.md"
BEGIN, END = "<!-- facts: written by rag.training.export -->", "<!-- /facts -->"


def with_facts(card: str, manifest: ModelManifest) -> str:
    """Return the card with the facts of the manifest in place of those it holds, or at its end."""
    block = "\n".join([BEGIN, *_rows(manifest), END])
    if BEGIN in card and END in card:
        return re.sub(f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: block, card, count=1, flags=re.DOTALL)
    return f"{card.rstrip() or '# ' + manifest.name}\n\n{block}\n"


def read_card(folder: Path) -> str:
    """Return the card of a model folder; empty where there is none yet."""
    path = folder / CARD
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _rows(manifest: ModelManifest) -> list[str]:
    facts = {
        "name": manifest.name,
        "origin": manifest.origin,
        "licence": manifest.license,
        "exported": manifest.exported,
        "longest input": f"{manifest.max_tokens} tokens",
        "SHA-256 of the weights it was exported from": f"`{manifest.source_sha256}`",
        **{f"SHA-256 of {name}": f"`{digest}`" for name, digest in manifest.files.items()},
    }
    return ["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in facts.items())]
