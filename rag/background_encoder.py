"""Encodes the passages of one batch while its caller reads and splits the files of the next."""

import threading
from collections.abc import Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

import numpy as np

from rag.protocols import Embedder
from vectorstore.articles import Vectors

__all__ = ["BackgroundEncoder"]

TEXTS_AT_ONCE = 64
"""Passages between two looks at whether the caller has stopped: about half a second of encoding."""


class BackgroundEncoder:
    """One thread that encodes, batch after batch; leaving the ``with`` block ends it and drops what is not encoded.

    The embedder counts tokens in the caller's thread meanwhile.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="encode")
        self._is_stopped = threading.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._is_stopped.set()
        self._thread.shutdown(cancel_futures=True)

    def encode(self, texts: Sequence[str]) -> Future[Vectors]:
        """Begin to encode passages; the result has the shape (len(texts), dimension)."""
        return self._thread.submit(self._encode, texts)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        runs = [self._embedder.encode_passages(texts[:TEXTS_AT_ONCE])]
        for begin in range(TEXTS_AT_ONCE, len(texts), TEXTS_AT_ONCE):
            if self._is_stopped.is_set():
                raise CancelledError
            runs.append(self._embedder.encode_passages(texts[begin : begin + TEXTS_AT_ONCE]))
        return np.concatenate(runs)
