"""Weights in fp32, for the libraries that compute in whatever their file holds."""

from pathlib import Path

import torch
from transformers import AutoModelForQuestionAnswering, AutoTokenizer

__all__ = ["in_fp32"]


def in_fp32(weights: Path, folder: Path) -> Path:
    """Save weights in fp32 and return their folder: in the fp16 of the file others take six times as long."""
    AutoModelForQuestionAnswering.from_pretrained(weights, dtype=torch.float32).save_pretrained(folder)
    AutoTokenizer.from_pretrained(weights).save_pretrained(folder)
    return folder
