"""A torch network to an int8 ONNX file: export, quantise, optimise."""

import contextlib
import io
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
import torch
from tokenizers import Encoding
from transformers import BertForQuestionAnswering, BertModel

from rag.training.quantisation import quantise

__all__ = ["Logits", "MeanVector", "export_fp32", "export_int8"]

INPUTS = ("input_ids", "attention_mask", "token_type_ids")

SLOW_FUSIONS = ["SkipLayerNormFusion", "BiasGeluFusion"]
"""Their kernels are slower than the operations apart, the first six times (onnxruntime 1.32, AVX-512)."""


class MeanVector(torch.nn.Module):
    """A BERT whose token vectors are averaged and brought to unit length, as all-MiniLM-L6-v2 was trained."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        """Return vectors, shape (batch, dimension)."""
        read = self.bert(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)
        mask = attention_mask.unsqueeze(-1).to(torch.float32)
        mean = (read.last_hidden_state * mask).sum(1) / mask.sum(1)
        return torch.nn.functional.normalize(mean, dim=1)


class Logits(torch.nn.Module):
    """A reader: logits of a span's first and of its last token."""

    def __init__(self, reader: BertForQuestionAnswering) -> None:
        super().__init__()
        self.reader = reader

    @property
    def bert(self) -> BertModel:
        """The network below its head."""
        bert: BertModel = self.reader.bert
        return bert

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return two tensors of shape (batch, length)."""
        read = self.reader(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)
        return read.start_logits, read.end_logits


class _Int8Embedding(torch.nn.Module):
    """A table of vectors in int8, each row with a scale of its own."""

    codes: torch.Tensor
    scales: torch.Tensor

    def __init__(self, table: torch.nn.Embedding) -> None:
        super().__init__()
        scales = table.weight.detach().abs().amax(dim=1, keepdim=True).clamp(min=1e-9) / 127
        self.register_buffer("scales", scales)
        self.register_buffer("codes", torch.round(table.weight.detach() / scales).to(torch.int8))

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Return the rows with these ids."""
        return self.codes[ids].to(torch.float32) * self.scales[ids]


def export_fp32(network: torch.nn.Module, path: Path, *, outputs: Sequence[str]) -> None:
    """Write a network as ONNX with dynamic batch and length axes."""
    ids = torch.tensor([[101, 2043, 102], [101, 102, 0]])
    mask = torch.tensor([[1, 1, 1], [1, 1, 0]])
    axes = {0: torch.export.Dim("batch"), 1: torch.export.Dim("length")}
    # The exporter reports its steps on stdout and warns of its own deprecated parts.
    with warnings.catch_warnings(action="ignore"), contextlib.redirect_stdout(io.StringIO()):
        torch.onnx.export(
            network.eval(),
            (ids, mask, torch.zeros_like(ids)),
            path,
            input_names=INPUTS,
            output_names=outputs,
            dynamic_shapes=(axes, axes, axes),
            dynamo=True,
            external_data=False,
        )


def export_int8(
    network: MeanVector | Logits, path: Path, *, outputs: Sequence[str], samples: Sequence[Encoding]
) -> None:
    """Write a network as ONNX in int8, optimised for any CPU; its table of words is replaced on the way.

    Args:
        network: What to export.
        path: Where to write.
        outputs: Names for what it returns.
        samples: Inputs as in use, on which activations are measured.
    """
    bert = network.bert
    bert.embeddings.register_module("word_embeddings", _Int8Embedding(bert.embeddings.word_embeddings))
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        exported, quantised = Path(folder) / "fp32.onnx", Path(folder) / "int8.onnx"
        export_fp32(network, exported, outputs=outputs)
        quantise(exported, quantised, samples=[_feeds(sample) for sample in samples])
        _optimise(quantised, path)


def _feeds(encoding: Encoding) -> dict[str, np.typing.NDArray[np.int64]]:
    rows = (encoding.ids, encoding.attention_mask, encoding.type_ids)
    return {name: np.array([row], dtype=np.int64) for name, row in zip(INPUTS, rows, strict=True)}


def _optimise(source: Path, target: Path) -> None:
    """Fuse operations once and for all; what would hold for this processor alone (layouts) is left out."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(target)
    options.log_severity_level = 3
    onnxruntime.InferenceSession(source, options, disabled_optimizers=SLOW_FUSIONS)
