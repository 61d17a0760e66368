"""A reader's folder: ``config.json``, ``model.safetensors`` (fp16), ``tokenizer.json``."""

import shutil
from pathlib import Path

import torch
from transformers import BertForQuestionAnswering

from rag.errors import ModelError

__all__ = ["load_reader", "save_reader"]


def save_reader(model: BertForQuestionAnswering, base: Path, folder: Path) -> Path:
    """Write weights as fp16 with their configuration and the base model's tokenizer, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rounded = BertForQuestionAnswering(model.config)
    rounded.load_state_dict(model.state_dict())
    torch.nn.Module.half(rounded)
    rounded.save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(base / name, folder / name)
    return folder


def load_reader(folder: Path) -> BertForQuestionAnswering:
    """Return the reader of a folder in fp32, ready to read.

    Raises:
        ModelError: The folder holds no reader.
    """
    if not (folder / "config.json").exists() or not (folder / "model.safetensors").exists():
        raise ModelError(
            f"The folder {folder} holds no reader.",
            "Name a folder with config.json, model.safetensors and tokenizer.json.",
        )
    reader: BertForQuestionAnswering = BertForQuestionAnswering.from_pretrained(
        folder, dtype=torch.float32, local_files_only=True
    )
    reader.train(mode=False)
    return reader
