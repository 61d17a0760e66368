"""Reads passages for a question: cuts them into windows, runs the network, and maps its spans to the text."""

import unicodedata
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Encoding, Tokenizer

from rag.onnx_session import FloatArray, OnnxModel, TokenRow
from rag.protocols import PassageReading, PassageText, ReadSpan
from rag.span_scoring import best_spans, null_score

__all__ = ["MAX_QUESTION_TOKENS", "OnnxReader", "distinct_spans", "headline_above", "opening_of"]

MAX_QUESTION_TOKENS = 128
"""A longer question is cut. Some hundred words, a third of the window; the longest of training has sixty tokens."""

MAX_HEADLINE_TOKENS = 32
"""A longer headline is cut: some twenty words."""

OVERLAP_TOKENS = 128
"""What two windows of one passage share. **Source:** the ``doc_stride`` of BERT's ``run_squad.py``."""

SPANS_PER_WINDOW = 20
"""Taken from a window before overlapping ones are dropped. **Source:** the ``n_best_size`` of the same."""


@dataclass(frozen=True, slots=True)
class _Window:
    """Tokens ``[first, last)`` of a passage, behind an opening that holds the question."""

    first: int
    last: int
    row: TokenRow
    opening: int


class OnnxReader:
    """The reader of a folder, in ONNX; a passage gives the same numbers whatever is read beside it.

    A passage is read below its article's headline, which tells what it is about and is never quoted itself. Nothing is
    loaded before it is needed.
    """

    def __init__(
        self,
        directory: Path,
        *,
        threads: int | None = None,
        max_span_tokens: int = 32,
        spans_per_passage: int = 3,
    ) -> None:
        """Remember where the model is.

        Args:
            directory: A model folder, as ``rag.training.export`` writes it.
            threads: How many windows are read at once; every core this process may use by default.
            max_span_tokens: Longest span, in tokens of the model.
            spans_per_passage: At most this many spans of a passage are returned.
        """
        self._model = OnnxModel(directory, threads=threads)
        self._max_span_tokens = max_span_tokens
        self._spans_per_passage = spans_per_passage

    def load(self) -> None:
        """Load everything now, so that the first question does not wait for it.

        Raises:
            ModelError: A file of the model is missing or damaged; raised at first use otherwise.
        """
        self._model.load()

    @property
    def max_question_tokens(self) -> int:
        """``MAX_QUESTION_TOKENS``."""
        return MAX_QUESTION_TOKENS

    def count_question_tokens(self, question: str) -> int:
        """Return how many tokens of the model the question takes, without a cut."""
        return len(self._model.tokenizer.encode(question, add_special_tokens=False).ids)

    def read(self, question: str, passages: Sequence[PassageText]) -> Generator[PassageReading, None, None]:
        """Yield one reading per passage, in order; spans of a reading do not overlap.

        A passage without a token gives no spans and the null score 0.
        """
        asked = self._model.tokenizer.encode(question, add_special_tokens=False).ids[:MAX_QUESTION_TOKENS]
        encodings = self._model.tokenizer.encode_batch([passage.text for passage in passages], add_special_tokens=False)
        openings = self._openings(asked, passages)
        windows = [list(self._windows(*one)) for one in zip(openings, encodings, strict=True)]
        rows = [window.row for of_passage in windows for window in of_passage]
        with closing(self._model.session.run(rows)) as outputs:
            for passage, encoding, of_passage in zip(passages, encodings, windows, strict=True):
                # Each passage takes as many outputs of the one iterator as it has windows.
                yield self._reading(passage.text, encoding, zip(of_passage, outputs, strict=False))

    def _openings(self, question: list[int], passages: Sequence[PassageText]) -> Iterator[list[int]]:
        """Yield what stands before each passage."""
        tokenizer = self._model.tokenizer
        headlines = [headline_above(passage.text, passage.title) for passage in passages]
        for headline in tokenizer.encode_batch(headlines, add_special_tokens=False):
            yield opening_of(tokenizer, question, headline.ids)

    def _windows(self, opening: list[int], passage: Encoding) -> Iterator[_Window]:
        """Yield windows over a passage, each but the last as long as the model takes."""
        separator = opening[-1]
        room = self._model.manifest.max_tokens - len(opening) - 1
        first, ids = 0, passage.ids
        while first < len(ids):
            inside = ids[first : first + room]
            tokens = [*opening, *inside, separator]
            types = [0] * len(opening) + [1] * (len(inside) + 1)
            yield _Window(first, first + len(inside), TokenRow(tokens, types), len(opening))
            if first + room >= len(ids):
                return
            first += room - OVERLAP_TOKENS

    def _reading(
        self, text: str, encoding: Encoding, read: Iterable[tuple[_Window, list[FloatArray]]]
    ) -> PassageReading:
        """Gather the windows of a passage.

        **Source:** the null score is the lowest of all windows, as in BERT's ``run_squad.py`` for SQuAD 2: a window
        that does not hold the answer must not outweigh the one that does.
        """
        spans: list[ReadSpan] = []
        nulls: list[float] = []
        for window, (starts, ends) in read:
            nulls.append(null_score(starts, ends))
            spans += self._spans(text, encoding, window, starts, ends)
        return PassageReading(distinct_spans(spans, top_spans=self._spans_per_passage), min(nulls, default=0.0))

    def _spans(
        self, text: str, encoding: Encoding, window: _Window, starts: FloatArray, ends: FloatArray
    ) -> Iterator[ReadSpan]:
        allowed = np.zeros(len(starts), dtype=np.bool_)
        allowed[window.opening : -1] = True
        for span in best_spans(
            starts, ends, allowed=allowed, max_span_tokens=self._max_span_tokens, top_spans=SPANS_PER_WINDOW
        ):
            shift = window.first - window.opening
            start, end = _characters(text, encoding, span.first + shift, span.last + shift)
            if start < end:
                yield ReadSpan(start, end, span.score)


def headline_above(passage: str, title: str) -> str:
    """Return the headline that a passage is read below: none where the passage begins with it itself."""
    return "" if passage.startswith(title) else title


def opening_of(tokenizer: Tokenizer, question: list[int], headline: list[int]) -> list[int]:
    """Return what a reader takes in before a passage: ``[CLS] question [SEP]``, and ``headline [SEP]`` if there is one.

    It is the first segment; training builds it here too.
    """
    first, separator = tokenizer.encode("").ids
    return [first, *question, separator, *([*headline[:MAX_HEADLINE_TOKENS], separator] if headline else [])]


def distinct_spans(spans: Iterable[ReadSpan], *, top_spans: int) -> tuple[ReadSpan, ...]:
    """Return the best spans of which none overlaps a better one, best first; equal scores by start, then by end."""
    kept: list[ReadSpan] = []
    for span in sorted(spans, key=lambda span: (-span.score, span.start, span.end)):
        if len(kept) == top_spans:
            break
        if all(span.end <= better.start or better.end <= span.start for better in kept):
            kept.append(span)
    return tuple(kept)


def _characters(text: str, encoding: Encoding, first: int, last: int) -> tuple[int, int]:
    """Return the code points ``[start, end)`` of tokens, completed to whole words with their accents."""
    words, offsets = encoding.word_ids, encoding.offsets
    while first > 0 and words[first - 1] == words[first]:
        first -= 1
    while last + 1 < len(words) and words[last + 1] == words[last]:
        last += 1
    start, end = offsets[first][0], offsets[last][1]
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return start, end
