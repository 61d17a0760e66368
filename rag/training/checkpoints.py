"""Where a training run stands, on disk: safetensors and JSON, replaced as a whole or not at all."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file

from rag.errors import CheckpointError

__all__ = ["Checkpoint", "load_checkpoint", "replace_file", "save_checkpoint"]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A point of a run.

    Attributes:
        run: What identifies the run; one of other settings or data has another.
        step: How many batches were learned.
        tensors: The weights, the optimizer's moments, the random state.
    """

    run: str
    step: int
    tensors: dict[str, torch.Tensor]


def save_checkpoint(checkpoint: Checkpoint, path: Path) -> None:
    """Put a checkpoint in place of the last one.

    Raises:
        CheckpointError: It could not be written; the last one still stands.
    """
    metadata = {"position": json.dumps({"run": checkpoint.run, "step": checkpoint.step})}
    with replace_file(path) as beside:
        save_file(checkpoint.tensors, beside, metadata=metadata)


@contextmanager
def replace_file(path: Path) -> Iterator[Path]:
    """Give a path to write to; when all is written and on the disk, put it in place of ``path``.

    Raises:
        CheckpointError: Something could not be written; what stood at ``path`` still stands.
    """
    beside = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield beside
        _flush(beside)
        beside.replace(path)
        _flush(path.parent)
    except (OSError, SafetensorError) as error:
        beside.unlink(missing_ok=True)
        raise CheckpointError(
            f"{path} could not be written ({error}); what stood there still stands.",
            "Make room on the disk and start the same command again; it goes on from there.",
        ) from error


def load_checkpoint(path: Path, *, run: str) -> Checkpoint | None:
    """Return the last checkpoint of this run, or ``None`` if there is none yet.

    Raises:
        CheckpointError: It cannot be read, or belongs to a run of other settings or data.
    """
    if not path.exists():
        return None
    try:
        with safe_open(path, framework="pt") as file:
            position = json.loads(file.metadata()["position"])
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (not a dict)
    except (OSError, SafetensorError, KeyError, TypeError, ValueError) as error:
        raise CheckpointError(
            f"The checkpoint {path} cannot be read ({error}).", "Remove it to start the run afresh."
        ) from error
    if position["run"] != run:
        raise CheckpointError(
            f"The checkpoint {path} belongs to a run of other settings or data.",
            "Remove it to start afresh, or name another folder with --out.",
        )
    return Checkpoint(run, int(position["step"]), tensors)


def _flush(path: Path) -> None:
    """Have the system write a file or folder to the disk before anything else is done."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
