"""A model folder that is missing, damaged or of another format is refused by name, with its remedy."""

import json
import shutil
from pathlib import Path

import pytest

from rag.assembly import MODELS
from rag.embedder import OnnxEmbedder, SentenceTransformerEmbedder
from rag.errors import ModelError
from rag.protocols import PassageText
from rag.reader import OnnxReader


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MODELS / "embedder", tmp_path / "embedder"))


def encode(folder: Path) -> None:
    OnnxEmbedder(folder, threads=1).encode_queries(["truce"])


def change_manifest(folder: Path, **changes: object) -> None:
    path = folder / "model.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


@pytest.mark.parametrize("name", ["model.json", "model.onnx", "tokenizer.json"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError, match=name) as raised:
        encode(folder)
    assert "pip install --force-reinstall pullquote" in raised.value.remedy


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
@pytest.mark.parametrize("damage", ["truncated", "one bit", "empty"])
def test_a_damaged_file_is_named(folder: Path, name: str, damage: str) -> None:
    path = folder / name
    content = bytearray(path.read_bytes())
    if damage == "one bit":
        content[len(content) // 2] ^= 1
    else:
        del content[0 if damage == "empty" else len(content) // 2 :]
    path.write_bytes(content)
    with pytest.raises(ModelError, match=rf"{name} is damaged"):
        encode(folder)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"name": 3}', "\x00"])
def test_a_damaged_manifest_is_named(folder: Path, content: str) -> None:
    (folder / "model.json").write_text(content)
    with pytest.raises(ModelError, match=r"model\.json is damaged"):
        encode(folder)


def test_a_manifest_of_another_format_is_refused(folder: Path) -> None:
    change_manifest(folder, format_version=2)
    with pytest.raises(ModelError, match="format"):
        encode(folder)


def test_a_network_that_does_not_run_is_refused_without_a_traceback_of_onnxruntime(folder: Path) -> None:
    import hashlib

    (folder / "model.onnx").write_bytes(b"not a network")
    files = json.loads((folder / "model.json").read_text())["files"]
    change_manifest(folder, files={**files, "model.onnx": hashlib.sha256(b"not a network").hexdigest()})
    with pytest.raises(ModelError, match=r"cannot run .*model\.onnx"):
        encode(folder)


def test_a_reader_is_not_taken_for_an_embedder() -> None:
    with pytest.raises(ModelError, match="not an embedder"):
        encode(MODELS / "reader")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="nowhere"):
        list(OnnxReader(tmp_path / "nowhere").read("why?", [PassageText("", "Because.")]))


def test_a_model_that_sentence_transformers_does_not_find_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no-model") as raised:
        SentenceTransformerEmbedder(str(tmp_path / "no-model")).load()
    assert "embedder.model" in raised.value.remedy


def test_making_an_embedder_or_a_reader_loads_nothing(tmp_path: Path) -> None:
    OnnxEmbedder(tmp_path / "nowhere")
    OnnxReader(tmp_path / "nowhere")
    SentenceTransformerEmbedder("nowhere/nothing")
