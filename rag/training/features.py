"""Examples as numbers: ``[CLS] question [SEP] headline [SEP] passage [SEP]``, and where in them the answer stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

from rag.reader import headline_above, opening_of
from rag.training.examples import Example

__all__ = ["NULL_POSITION", "Feature", "build_features", "token_span"]

NULL_POSITION = 0
"""Where the null answer stands: on ``[CLS]``."""

MAX_QUESTION_TOKENS = 64
"""Questions are cut to this many tokens; the longest of the training data has 60."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One example as the model takes it.

    Attributes:
        tokens: int32, shape (length,).
        passage_start: Index of the passage's first token; what stands before it is the first segment.
        start: Index of the answer's first token, ``NULL_POSITION`` where the passage does not answer.
        end: Index of its last token, inclusive.
    """

    tokens: npt.NDArray[np.int32]
    passage_start: int
    start: int
    end: int


def build_features(examples: Iterable[Example], tokenizer: Tokenizer, *, max_tokens: int = 320) -> Iterator[Feature]:
    """Turn examples into features, in order; one whose answer lies beyond ``max_tokens`` is left out."""
    remaining = iter(examples)
    while some := list(islice(remaining, 1000)):
        questions = tokenizer.encode_batch([example.question for example in some], add_special_tokens=False)
        above = [headline_above(example.passage, example.headline) for example in some]
        headlines = tokenizer.encode_batch(above, add_special_tokens=False)
        passages = tokenizer.encode_batch([example.passage for example in some], add_special_tokens=False)
        for example, question, headline, passage in zip(some, questions, headlines, passages, strict=True):
            opening = opening_of(tokenizer, question.ids[:MAX_QUESTION_TOKENS], headline.ids)
            feature = _feature(example, opening, passage, max_tokens)
            if feature is not None:
                yield feature


def _feature(example: Example, opening: list[int], passage: Encoding, max_tokens: int) -> Feature | None:
    tokens = np.array([*opening, *passage.ids[: max_tokens - len(opening) - 1], opening[-1]], dtype=np.int32)
    if example.span is None:
        return Feature(tokens, len(opening), NULL_POSITION, NULL_POSITION)
    inside = token_span(passage.offsets, example.span)
    if inside is None or len(opening) + inside[1] >= len(tokens) - 1:
        return None
    return Feature(tokens, len(opening), len(opening) + inside[0], len(opening) + inside[1])


def token_span(offsets: list[tuple[int, int]], span: tuple[int, int]) -> tuple[int, int] | None:
    """Return the first and last token (inclusive) that touch a span of characters; ``None`` if none does."""
    touching = [index for index, (start, end) in enumerate(offsets) if start < span[1] and end > span[0]]
    return (touching[0], touching[-1]) if touching else None
