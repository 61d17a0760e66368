"""Features on disk, so that a run that goes on need not look for its hard negatives again."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from rag.training.checkpoints import replace_file
from rag.training.features import Feature

__all__ = ["load_features", "save_features"]


def save_features(features: Sequence[Feature], path: Path, *, key: str) -> None:
    """Write features under a key that names what they were built from.

    Raises:
        CheckpointError: The file cannot be written.
    """
    arrays = {
        "tokens": np.concatenate([feature.tokens for feature in features]),
        "lengths": np.array([len(feature.tokens) for feature in features]),
        "marks": np.array([[feature.passage_start, feature.start, feature.end] for feature in features]),
    }
    with replace_file(path) as beside:
        save_file(arrays, beside, metadata={"key": key})


def load_features(path: Path, *, key: str) -> list[Feature] | None:
    """Return the features of a file, or ``None`` where it is missing, damaged or built from something else."""
    try:
        with safe_open(path, framework="np") as file:
            if file.metadata() != {"key": key}:
                return None
            tokens, lengths, marks = (file.get_tensor(name) for name in ("tokens", "lengths", "marks"))
    except (OSError, SafetensorError):
        return None
    parts = np.split(tokens, np.cumsum(lengths)[:-1])
    return [Feature(part, *mark) for part, mark in zip(parts, marks.tolist(), strict=True)]
