"""Texts to vectors: with the model that ships with the package, or with any sentence-transformers model."""

import copy
import hashlib
import json
import math
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from tokenizers import Tokenizer

from rag.errors import ModelError
from rag.onnx_session import OnnxModel, TokenRow
from vectorstore.articles import Vectors
from vectorstore.manifest import EmbedderIdentity

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = ["OnnxEmbedder", "SentenceTransformerEmbedder"]

TEXTS_AT_ONCE = 512
"""Texts are tokenised and encoded in runs of this many, so that their tokens are never all in memory."""

UNBOUNDED_TOKENS = 8192
"""What is taken for the window of a model that names none, such as one of static word vectors."""


class OnnxEmbedder:
    """The model of a folder, in ONNX; equal text gives equal vectors to the last bit, whatever the batch.

    Nothing is read before it is needed: the manifest for the identity, the tokenizer to count, the network to encode.
    """

    def __init__(self, directory: Path, *, threads: int | None = None) -> None:
        """Remember where the model is.

        Args:
            directory: A model folder, as ``rag.training.export`` writes it.
            threads: How many texts are encoded at once; every core this process may use by default.
        """
        self._model = OnnxModel(directory, threads=threads)

    def load(self) -> None:
        """Load everything now, so that the first question does not wait for it.

        Raises:
            ModelError: A file of the model is missing or damaged; raised at first use otherwise.
        """
        self._model.load()

    @property
    def identity(self) -> EmbedderIdentity:
        """Name, hash and dimension from the manifest; the hash of all files that a vector depends on."""
        manifest = self._model.manifest
        files = json.dumps(manifest.files, sort_keys=True)
        digest = hashlib.sha256(files.encode()).hexdigest()
        return EmbedderIdentity(name=manifest.name, sha256=digest, dimension=self._dimension)

    @property
    def max_tokens(self) -> int:
        """How many tokens a text may take; what comes after is not seen."""
        return self._model.manifest.max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text takes, special tokens included, without a cut."""
        return [len(encoding.ids) for encoding in self._model.tokenizer.encode_batch_fast(list(texts))]

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode as passages are encoded; this model makes no difference between the two."""
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors, shape (len(texts), dimension), float32, unit length, in order."""
        vectors = np.empty((len(texts), self._dimension), dtype=np.float32)
        for begin in range(0, len(texts), TEXTS_AT_ONCE):
            rows = self._rows(texts[begin : begin + TEXTS_AT_ONCE])
            for place, (vector,) in enumerate(self._model.session.run(rows), start=begin):
                vectors[place] = vector
        return vectors

    def _rows(self, texts: Sequence[str]) -> Iterator[TokenRow]:
        for encoding in self._model.tokenizer.encode_batch_fast(list(texts)):
            ids = encoding.ids
            if len(ids) > self.max_tokens:
                ids = [*ids[: self.max_tokens - 1], ids[-1]]
            yield TokenRow(ids, [0] * len(ids))

    @property
    def _dimension(self) -> int:
        dimension = self._model.manifest.dimension
        if dimension is None:
            raise ModelError(
                f"The model in {self._model.directory} is not an embedder.", "Name the folder of an embedder."
            )
        return dimension


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by name or path; a name that is not on this machine is downloaded.

    Equal text gives equal vectors up to floating-point rounding. A model's own prompts for queries and passages are
    used; code that comes with a model is never run.
    """

    def __init__(self, name_or_path: str, *, threads: int | None = None) -> None:
        """Remember the model; torch is imported and the model loaded at first use.

        Args:
            name_or_path: As ``SentenceTransformer`` takes it.
            threads: Threads of torch in this whole process, set when the model loads; torch's own choice by default.
        """
        self._name_or_path = name_or_path
        self._threads = threads

    def load(self) -> None:
        """Load the model now.

        Raises:
            ModelError: No such model, or it cannot be loaded; raised at first use otherwise.
        """
        _ = self._model

    @cached_property
    def identity(self) -> EmbedderIdentity:
        """Name, hash of the weights and prompts, dimension; loads the model."""
        digest = hashlib.sha256(json.dumps(self._model.prompts, sort_keys=True).encode())
        for name, tensor in sorted(self._model.state_dict().items()):
            digest.update(name.encode())
            digest.update(tensor.float().contiguous().numpy().data)
        dimension = self._model.get_embedding_dimension()
        if dimension is None:
            raise ModelError(f"The model {self._name_or_path} does not tell its dimension.", "Choose another model.")
        return EmbedderIdentity(name=self._name_or_path, sha256=digest.hexdigest(), dimension=dimension)

    @property
    def max_tokens(self) -> int:
        """How many tokens a text may take; what comes after is not seen."""
        named = self._model.max_seq_length
        return UNBOUNDED_TOKENS if named is None or not math.isfinite(named) else int(named)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text takes, special tokens included, without a cut."""
        tokenizer = self._counter
        if isinstance(tokenizer, Tokenizer):
            return [len(encoding.ids) for encoding in tokenizer.encode_batch(list(texts))]
        return [len(tokenizer(text, truncation=False, verbose=False)["input_ids"]) for text in texts]

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors, shape (len(texts), dimension), float32, unit length, in order."""
        if not texts:
            return self._no_vectors()
        encoded = self._model.encode_query(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(encoded, dtype=np.float32)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors, shape (len(texts), dimension), float32, unit length, in order."""
        if not texts:
            return self._no_vectors()
        encoded = self._model.encode_document(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(encoded, dtype=np.float32)

    @cached_property
    def _counter(self) -> Any:
        """A tokenizer for counting alone: one that is told to cut, in order to encode, refuses a second thread."""
        return copy.deepcopy(self._model.tokenizer)

    def _no_vectors(self) -> Vectors:
        return np.empty((0, self.identity.dimension), dtype=np.float32)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        import torch
        from sentence_transformers import SentenceTransformer

        if self._threads is not None:
            torch.set_num_threads(self._threads)
        try:
            return SentenceTransformer(self._name_or_path, device="cpu", trust_remote_code=False)
        except Exception as error:  # Hub, files, weights and configuration each have errors of their own.
            raise ModelError(
                f"The sentence-transformers model {self._name_or_path!r} cannot be loaded: {error}.",
                "Give embedder.model a name from the Hugging Face hub, a path, or `bundled`.",
            ) from error
