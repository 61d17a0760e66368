"""Trains the reader: ``python -m rag.training.reader --data DIR --out DIR``; goes on where a killed run stopped."""

import argparse
import hashlib
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch

from rag.errors import PullquoteError
from rag.training.base_model import base_folder, load_tokenizer, new_reader
from rag.training.feature_file import load_features, save_features
from rag.training.features import build_features
from rag.training.loop import Pass, train_pass
from rag.training.model_folder import save_reader
from rag.training.recipe import Recipe, paragraph_pass, sentence_pass

__all__ = ["main", "train_reader"]

_log = logging.getLogger(__name__)

SENTENCES = Pass(batch_tokens=1600, learning_rate=2e-4, stop_at=0.5)
PARAGRAPHS = Pass(batch_tokens=3200, learning_rate=2e-4)


def train_reader(data: Path, out: Path, *, bf16: bool = False, compiled: bool = False) -> Path:
    """Train from the base weights, with checkpoints in ``out``, and return the folder of the finished reader.

    Raises:
        DataError: A data file is missing or malformed.
        CheckpointError: A checkpoint cannot be written, or is of another run.
        ModelError: The base weights are missing or not the expected ones.
    """
    base, recipe = base_folder(), Recipe()
    tokenizer = load_tokenizer(base)
    model = new_reader(base, seed=recipe.seed)
    for name, examples_of, settings in (
        ("sentences", sentence_pass, SENTENCES),
        ("paragraphs", paragraph_pass, PARAGRAPHS),
    ):
        saved, key = out / f"{name}-features.safetensors", _key(data, recipe)
        features = load_features(saved, key=key)
        if features is None:
            features = list(build_features(examples_of(data, base, recipe), tokenizer))
            save_features(features, saved, key=key)
        tokens = sum(len(feature.tokens) for feature in features)
        _log.info("pass over %s: %d examples, %d tokens", name, len(features), tokens)
        train_pass(model, features, replace(settings, bf16=bf16, compiled=compiled), out / f"{name}.safetensors")
        save_reader(model, base, out / name)
    return out / name


def _key(data: Path, recipe: Recipe) -> str:
    """Name the data files and the recipe."""
    digest = hashlib.sha256(repr(recipe).encode())
    for path in sorted(data.glob("train-*.jsonl.gz")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m rag.training.reader", description="Train the reader.")
    default = os.environ.get("PULLQUOTE_TRAINING_DATA")
    parser.add_argument(
        "--data", type=Path, default=default, required=default is None, help="folder of the train-*.jsonl.gz files"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder of checkpoints and of the finished reader")
    parser.add_argument("--threads", type=int, default=2, help="threads of computation")
    parser.add_argument("--bf16", action="store_true", help="compute in bfloat16, faster on CPUs that have it")
    parser.add_argument("--compile", action="store_true", help="fuse operations first; takes a C++ compiler")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(options.threads)
    try:
        print(train_reader(options.data, options.out, bf16=options.bf16, compiled=options.compile))  # noqa: T201 (the command's result)
    except PullquoteError as error:
        print(error, file=sys.stderr)  # noqa: T201 (the command's message)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
