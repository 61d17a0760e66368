"""The text that readers and embedders are timed on."""

from pathlib import Path

QUESTION = "when does the new toll come into force?"
PASSAGE_CHARS = 800
"""Some 180 tokens of a BERT."""


def passages_of(articles: Path) -> list[str]:
    """Return whole passages of the articles in a folder, in order."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(articles.rglob("*.txt"))]
    return [
        text[at : at + PASSAGE_CHARS] for text in texts for at in range(0, len(text) - PASSAGE_CHARS, PASSAGE_CHARS)
    ]
