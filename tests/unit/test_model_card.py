"""The facts of a model card follow the manifest; the words around them stay."""

from pathlib import Path

import pytest

from rag.assembly import MODELS
from rag.model_files import ModelManifest, load_manifest
from rag.training.model_card import table, with_facts, with_part
from rag.training.reader_card import OPEN_FIGURES, open_rows

MANIFEST = ModelManifest(
    format_version=1,
    name="tiny",
    max_tokens=8,
    origin="a test",
    source_sha256="0" * 64,
    license="Apache-2.0",
    exported="2026-01-31",
    files={"model.onnx": "1" * 64, "tokenizer.json": "2" * 64},
)


def test_a_new_card_has_a_title_and_the_facts() -> None:
    card = with_facts("", MANIFEST)
    assert card.startswith("# tiny\n")
    assert "1" * 64 in card


def test_new_facts_take_the_place_of_old_ones_and_words_stay() -> None:
    card = "Before.\n\n" + with_facts("", MANIFEST) + "\nAfter.\n"
    newer = with_facts(card, MANIFEST.model_copy(update={"origin": "elsewhere"}))
    assert newer.startswith("Before.")
    assert newer.endswith("After.\n")
    assert "elsewhere" in newer
    assert "a test" not in newer


@pytest.mark.parametrize("name", ["embedder", "reader"])
def test_the_shipped_cards_state_the_shipped_files(name: str) -> None:
    card = (MODELS / name / "README.md").read_text(encoding="utf-8")
    assert with_facts(card, load_manifest(MODELS / name)) == card


def test_the_shipped_models_fit_into_60_mb() -> None:
    files: list[Path] = [path for path in MODELS.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 60_000_000


def test_a_part_takes_its_own_place_and_leaves_the_other_parts_alone() -> None:
    card = with_part("# Tiny\n", "alone", ["older"], writer="a test")
    card = with_part(card, "open", ["two"], writer="a test") + "\nAfter.\n"
    newer = with_part(card, "alone", table(["set", ""], [["news", ".5"]]), writer="a test")
    assert newer.startswith(
        "# Tiny\n\n<!-- alone: written by a test -->\n| set | |\n|---|---|\n| news | .5 |\n<!-- /alone"
    )
    assert "<!-- open: written by a test -->\ntwo\n<!-- /open -->" in newer
    assert "older" not in newer
    assert newer.endswith("After.\n")


def test_a_row_of_open_figures_has_a_cell_for_each_head() -> None:
    figures = dict.fromkeys(OPEN_FIGURES, 0.5) | {"auroc": None}
    (row,) = open_rows({"politics": {"whole_library": figures}})
    assert row == ["politics", "whole library", *("" if key == "auroc" else "0.500" for key in OPEN_FIGURES)]
