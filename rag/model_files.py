"""The folder of a shipped model: its manifest, and files that are read only when their SHA-256 is the recorded one."""

import hashlib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rag.errors import ModelError

__all__ = [
    "FORMAT_VERSION",
    "MANIFEST",
    "NETWORK",
    "REMEDY",
    "TOKENIZER",
    "ModelManifest",
    "load_manifest",
    "read_file",
]

FORMAT_VERSION = 1
"""Raised when an older Pullquote could no longer use a model folder."""

MANIFEST = "model.json"
NETWORK = "model.onnx"
TOKENIZER = "tokenizer.json"

REMEDY = "Reinstall Pullquote: `pip install --force-reinstall pullquote`."


class ModelManifest(BaseModel):
    """What ``model.json`` says of a model; written last, so that it always describes whole files."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    format_version: int
    """``FORMAT_VERSION`` of the Pullquote that wrote it."""
    name: str
    """Name of the model, for people."""
    max_tokens: int = Field(ge=8)
    """Longest input, special tokens included."""
    dimension: int | None = Field(default=None, ge=1)
    """Length of a vector, of an embedder."""
    origin: str
    """Where its weights come from."""
    source_sha256: str
    """SHA-256 of the weights it was exported from."""
    license: str
    """SPDX identifier."""
    exported: str
    """ISO 8601 day."""
    files: dict[str, str]
    """SHA-256 of each file."""


def load_manifest(directory: Path) -> ModelManifest:
    """Read the manifest of a model folder.

    Raises:
        ModelError: It is missing, is not a manifest, or is of another format.
    """
    path = directory / MANIFEST
    try:
        manifest = ModelManifest.model_validate_json(_content(path))
    except ValidationError as error:
        raise ModelError(f"The model's manifest {path} is damaged.", REMEDY) from error
    if manifest.format_version != FORMAT_VERSION or not manifest.files.keys() >= {NETWORK, TOKENIZER}:
        raise ModelError(f"The model in {directory} is not of a format that this Pullquote reads.", REMEDY)
    return manifest


def read_file(directory: Path, name: str, *, manifest: ModelManifest) -> bytes:
    """Return the content of one file of a model folder, checked; 22 MB take some 15 ms.

    Raises:
        ModelError: It is missing, or its SHA-256 is not the recorded one.
    """
    path = directory / name
    content = _content(path)
    if hashlib.sha256(content).hexdigest() != manifest.files[name]:
        raise ModelError(f"The model file {path} is damaged: its SHA-256 is not the recorded one.", REMEDY)
    return content


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(f"The model file {path} cannot be read: {error.strerror}.", REMEDY) from error
