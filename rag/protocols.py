"""The seams of the core: what each part takes and gives, whoever implements it; the library's is laid below."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.articles import Passage
from vectorstore.articles import Vectors
from vectorstore.manifest import EmbedderIdentity
from vectorstore.protocols import Library

__all__ = ["Embedder", "Library", "PassageReading", "PassageText", "ReadSpan", "Reader", "Splitter"]


class Splitter(Protocol):
    """Cuts a text into passages."""

    def split(self, text: str) -> list[Passage]:
        """Return the passages of a text in order; together they hold every character that is not white space."""
        ...


class Embedder(Protocol):
    """Turns text into vectors of unit length, float32; equal text gives equal vectors, whatever the batch.

    One thread may count tokens while another encodes.
    """

    @property
    def identity(self) -> EmbedderIdentity:
        """What the library records, so that vectors of two models are never compared."""
        ...

    @property
    def max_tokens(self) -> int:
        """How many tokens of its own the model takes in, special tokens included; what comes after is not seen."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens of its own each text takes, special tokens included, without a cut."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return shape (len(texts), dimension); no texts give shape (0, dimension)."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return shape (len(texts), dimension); no texts give shape (0, dimension)."""
        ...


@dataclass(frozen=True, slots=True)
class PassageText:
    """What a reader reads of a passage: its article's headline and its own text."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadSpan:
    """A span ``[start, end)`` of the passage's text (code points) and the sum of its start and end logits."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class PassageReading:
    """What a reader found in one passage.

    Attributes:
        spans: Best first, at most as many as were asked for; empty for an empty passage.
        null_score: The score, on the same scale, of "this passage does not answer".
    """

    spans: tuple[ReadSpan, ...]
    null_score: float


class Reader(Protocol):
    """Finds the spans of passages that answer a question; scores are comparable across passages."""

    @property
    def max_question_tokens(self) -> int:
        """How many tokens of a question it takes in; what comes after is not read."""
        ...

    def count_question_tokens(self, question: str) -> int:
        """Return how many tokens of its own a question takes, without a cut."""
        ...

    def read(self, question: str, passages: Sequence[PassageText]) -> Generator[PassageReading, None, None]:
        """Yield one reading per passage, in order, as soon as it is read; closing it gives up the rest."""
        ...
