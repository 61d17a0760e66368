"""The only door to onnxruntime: a shipped model that runs on rows of tokens, several at a time.

Every row is a run of its own, on one thread, and as many rows run at once as there are threads. A row gives the same
numbers to the last bit whatever stands beside it, nothing is padded, and no thread waits for another in the middle.
Decision: docs/decisions/004-model-quantisation.md.
"""

import os
from collections.abc import Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from rag.errors import ModelError
from rag.model_files import NETWORK, REMEDY, TOKENIZER, ModelManifest, load_manifest, read_file

if TYPE_CHECKING:
    import onnxruntime  # type: ignore[import-untyped]

__all__ = ["FloatArray", "OnnxModel", "OnnxSession", "TokenRow", "load_tokenizer", "usable_cores"]

FloatArray = npt.NDArray[np.float32]

ERRORS_ONLY = 3
"""onnxruntime's severity below which it says nothing; its warnings on stderr tell a person nothing."""


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One input: the tokens' ids, and of each whether it belongs to the first segment (0) or the second (1)."""

    ids: list[int]
    type_ids: list[int]


def usable_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def load_tokenizer(directory: Path, *, manifest: ModelManifest) -> Tokenizer:
    """Return the tokenizer of a model folder, which neither cuts nor pads.

    Raises:
        ModelError: Its file is missing or damaged.
    """
    return Tokenizer.from_buffer(read_file(directory, TOKENIZER, manifest=manifest))


class OnnxSession:
    """The network of a model folder, loaded; it may be used from several threads at once."""

    def __init__(self, directory: Path, *, manifest: ModelManifest, threads: int | None = None) -> None:
        """Load the network.

        Args:
            directory: A model folder.
            manifest: Its manifest.
            threads: How many rows run at once; every core this process may use by default.

        Raises:
            ModelError: Its file is missing or damaged, or onnxruntime cannot run it.
        """
        self._session = _open_session(read_file(directory, NETWORK, manifest=manifest), directory / NETWORK)
        self._pool = ThreadPoolExecutor(usable_cores() if threads is None else threads, thread_name_prefix="onnx")

    def run(self, rows: Iterable[TokenRow]) -> Generator[list[FloatArray], None, None]:
        """Yield the network's outputs for each row, in order, without a batch axis; rows must not be empty.

        All rows are queued at once; those that no thread has begun are dropped when the generator is closed.
        """
        yield from self._pool.map(self._run_one, rows)

    def _run_one(self, row: TokenRow) -> list[FloatArray]:
        ids = np.array([row.ids], dtype=np.int64)
        feeds = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.array([row.type_ids], dtype=np.int64),
        }
        return [output[0] for output in self._session.run(None, feeds)]


class OnnxModel:
    """A model folder of which each part is loaded when it is first needed."""

    def __init__(self, directory: Path, *, threads: int | None) -> None:
        """Remember where the model is; ``threads`` as of ``OnnxSession``."""
        self.directory = directory
        self._threads = threads

    def load(self) -> None:
        """Load everything now, so that the first question does not wait for it.

        Raises:
            ModelError: A file of the model is missing or damaged; raised at first use otherwise.
        """
        _ = self.tokenizer, self.session

    @cached_property
    def manifest(self) -> ModelManifest:
        """What the folder says of itself."""
        return load_manifest(self.directory)

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """Neither cuts nor pads."""
        return load_tokenizer(self.directory, manifest=self.manifest)

    @cached_property
    def session(self) -> OnnxSession:
        """The network, ready to run."""
        return OnnxSession(self.directory, manifest=self.manifest, threads=self._threads)


def _open_session(network: bytes, path: Path) -> "onnxruntime.InferenceSession":
    import onnxruntime  # Slow to import; commands that ask nothing do without.

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.log_severity_level = ERRORS_ONLY
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # The file holds the graph as onnxruntime optimised it at export.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    try:
        return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises a dozen classes that share no other base.
        raise ModelError(f"onnxruntime cannot run the model {path}: {error}.", REMEDY) from error
