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
from transformers import BertForQuestionAnswering

from rag.errors import DataError, PullquoteError
from rag.training.base_model import base_folder, load_tokenizer, new_reader
from rag.training.feature_file import load_features, save_features
from rag.training.features import Feature, build_features
from rag.training.loop import train_pass
from rag.training.model_folder import load_reader, save_reader
from rag.training.plans import PLANS, Stage
from rag.training.recipe import WRITTEN, Recipe

__all__ = ["main", "train_reader"]

_log = logging.getLogger(__name__)


def train_reader(
    plan: Sequence[Stage],
    data: Path,
    out: Path,
    *,
    init: Path | None = None,
    bf16: bool = False,
    compiled: bool = False,
) -> Path:
    """Follow a plan, with checkpoints in ``out``, and return the folder of the finished reader.

    Args:
        plan: The passes to make, in order; at least one.
        data: Folder of the ``train-*.jsonl.gz`` files.
        out: Each stage leaves a reader in a folder of its name.
        init: A reader to start from; the base model's weights with a fresh head otherwise.
        bf16: As in ``Pass``.
        compiled: As in ``Pass``.

    Raises:
        DataError: A data file is missing or malformed, or holds no question.
        CheckpointError: A checkpoint cannot be written, or is of another run.
        ModelError: The weights to start from are missing or not the expected ones.
    """
    base = base_folder()
    model, origin = _start(base, init, plan[0].recipe.seed)
    folder = out
    for stage in plan:
        features = _features(stage, data, base, out)
        settings = replace(stage.settings, bf16=bf16, compiled=compiled)
        train_pass(model, features, settings, out / f"{stage.name}.safetensors", origin=origin)
        folder = save_reader(model, base, out / stage.name)
    return folder


def _start(base: Path, init: Path | None, seed: int) -> tuple[BertForQuestionAnswering, str]:
    """Return the model to begin with and what names its weights."""
    if init is None:
        return new_reader(base, seed=seed), ""
    return load_reader(init), hashlib.sha256((init / "model.safetensors").read_bytes()).hexdigest()


def _features(stage: Stage, data: Path, base: Path, out: Path) -> list[Feature]:
    """Return what a stage shows, from the disk where an earlier run left it."""
    saved, key = out / f"{stage.name}-features.safetensors", _key(data, stage.recipe)
    features = load_features(saved, key=key)
    if features is None:
        features = list(build_features(stage.examples(data, base, stage.recipe), load_tokenizer(base)))
        if not features:
            raise DataError(f"The training files in {data} hold no question.", "Name another folder with --data.")
        save_features(features, saved, key=key)
    tokens = sum(len(feature.tokens) for feature in features)
    _log.info("pass over %s: %d examples, %d tokens", stage.name, len(features), tokens)
    return features


def _key(data: Path, recipe: Recipe) -> str:
    """Name the data files, what was written for the project, and the recipe."""
    digest = hashlib.sha256(repr(recipe).encode())
    for path in [*sorted(data.glob("train-*.jsonl.gz")), *sorted(WRITTEN.glob("*.jsonl"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(options.threads)
    try:
        folder = train_reader(
            PLANS[options.plan],
            options.data,
            options.out,
            init=options.init,
            bf16=options.bf16,
            compiled=options.compile,
        )
    except PullquoteError as error:
        print(error, file=sys.stderr)  # noqa: T201 (the command's message)
        return 1
    print(folder)  # noqa: T201 (the command's result)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m rag.training.reader", description="Train the reader.")
    data = os.environ.get("PULLQUOTE_TRAINING_DATA")
    parser.add_argument(
        "--data", type=Path, default=data, required=data is None, help="folder of the train-*.jsonl.gz files"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder of checkpoints and of the finished reader")
    parser.add_argument("--plan", choices=sorted(PLANS), default="full", help="which passes to make")
    parser.add_argument("--init", type=Path, help="folder of a reader to start from instead of the base model")
    parser.add_argument("--threads", type=int, default=2, help="threads of computation")
    parser.add_argument("--bf16", action="store_true", help="compute in bfloat16, faster on CPUs that have it")
    parser.add_argument("--compile", action="store_true", help="fuse operations first; takes a C++ compiler")
    return parser


if __name__ == "__main__":
    sys.exit(main())
