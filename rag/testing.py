"""Real, tiny implementations of the Protocols, for tests that need no model."""

import hashlib
import re
from collections.abc import Generator, Mapping, Sequence

import numpy as np

from rag.protocols import PassageReading, PassageText, ReadSpan
from vectorstore.articles import Vectors
from vectorstore.manifest import EmbedderIdentity

__all__ = ["HashedWordsEmbedder", "PhraseReader"]


class HashedWordsEmbedder:
    """An Embedder that adds up one fixed random direction a word.

    Equal texts have equal vectors, and the more words two texts share, the closer they are; case does not count.
    A token is a word or a mark, and every text takes two more for its ends, as with a BERT.
    """

    def __init__(self, *, dimension: int = 64, max_tokens: int = 256) -> None:
        self._dimension = dimension
        self._max_tokens = max_tokens

    @property
    def identity(self) -> EmbedderIdentity:
        """Differs with the dimension."""
        name = f"hashed-words-{self._dimension}"
        return EmbedderIdentity(name=name, sha256=hashlib.sha256(name.encode()).hexdigest(), dimension=self._dimension)

    @property
    def max_tokens(self) -> int:
        """As given."""
        return self._max_tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count words and marks, and two for the ends."""
        return [len(_words(text)) + 2 for text in texts]

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode as passages are encoded."""
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Encode what the window holds; all texts without words are equal."""
        rows = [self._encode(text) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(rows), self._dimension)

    def _encode(self, text: str) -> Vectors:
        """Return the sum of the directions of the words, at unit length, shape (dimension,)."""
        words = _words(text)[: self._max_tokens - 2] or [""]
        total: Vectors = np.sum([self._direction(word) for word in words], axis=0)
        return total / np.linalg.norm(total)

    def _direction(self, word: str) -> Vectors:
        seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8])
        return np.random.default_rng(seed).standard_normal(self._dimension).astype(np.float32)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+|[^\w\s]", text.lower())


class PhraseReader:
    """A Reader that knows its answers: each phrase, wherever whole words are it, with its score over a null score of 0.

    The question does not matter, and so neither does what stands beside a passage.
    """

    def __init__(self, scores: Mapping[str, float]) -> None:
        self._scores = scores

    @property
    def max_question_tokens(self) -> int:
        """A hundred."""
        return 100

    def count_question_tokens(self, question: str) -> int:
        """Count words and marks."""
        return len(_words(question))

    def read(self, question: str, passages: Sequence[PassageText]) -> Generator[PassageReading, None, None]:
        """Find the phrases, best first."""
        for passage in passages:
            yield PassageReading(tuple(sorted(self._spans(passage), key=_worst_last)), 0.0)

    def _spans(self, passage: PassageText) -> list[ReadSpan]:
        return [
            ReadSpan(found.start(), found.end(), score)
            for phrase, score in self._scores.items()
            for found in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", passage.text)
        ]


def _worst_last(span: ReadSpan) -> tuple[float, int, int]:
    return -span.score, span.start, span.end
