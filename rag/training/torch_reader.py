"""A reader that runs in PyTorch: what measures a checkpoint before it is exported."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import torch

from rag.protocols import PassageReading, PassageText, ReadSpan
from rag.span_scoring import best_spans, null_score
from rag.training.base_model import load_tokenizer
from rag.training.features import MAX_QUESTION_TOKENS
from rag.training.model_folder import load_reader

__all__ = ["TorchReader"]

MAX_SPAN_TOKENS = 32
"""As the product's reader."""


class TorchReader:
    """Reads passages in windows with the weights of a folder in fp32; finds the single best span of each."""

    def __init__(self, folder: Path, *, max_tokens: int = 384, stride: int = 128) -> None:
        self._model = load_reader(folder)
        self._tokenizer = load_tokenizer(folder)
        self._max_tokens = max_tokens
        self._stride = stride

    def read(self, question: str, passages: Sequence[PassageText]) -> list[PassageReading]:
        """Return one reading per passage, in order; the null score of a passage is the lowest of its windows."""
        return [self._read_one(question, passage.text) for passage in passages]

    def _read_one(self, question: str, text: str) -> PassageReading:
        asked = self._tokenizer.encode(question, add_special_tokens=False).ids[:MAX_QUESTION_TOKENS]
        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        found: list[ReadSpan] = []
        nulls: list[float] = []
        for begin, ids in self._windows(encoded.ids, self._max_tokens - len(asked) - 3):
            span, score, null = self._best_span(asked, ids)
            nulls.append(null)
            start, end = encoded.offsets[begin + span[0]][0], encoded.offsets[begin + span[1]][1]
            found.append(ReadSpan(start, end, score))
        best = max(found, key=lambda one: one.score, default=None)
        return PassageReading((best,) if best else (), min(nulls, default=0.0))

    def _windows(self, ids: list[int], room: int) -> Iterator[tuple[int, list[int]]]:
        begin = 0
        while begin < len(ids):
            yield begin, ids[begin : begin + room]
            if begin + room >= len(ids):
                return
            begin += room - self._stride

    def _best_span(self, asked: list[int], ids: list[int]) -> tuple[tuple[int, int], float, float]:
        """Return the best span (inclusive tokens of the window), its score, and the null score."""
        first, separator = self._tokenizer.token_to_id("[CLS]"), self._tokenizer.token_to_id("[SEP]")
        opening = [first, *asked, separator]
        input_ids = torch.tensor([[*opening, *ids, separator]])
        types = torch.zeros_like(input_ids)
        types[0, len(opening) :] = 1
        with torch.inference_mode():
            logits = self._model(input_ids=input_ids, token_type_ids=types)
        starts, ends = logits.start_logits[0].numpy(), logits.end_logits[0].numpy()
        allowed = types[0].numpy().astype(bool)
        allowed[-1] = False
        (best,) = best_spans(starts, ends, allowed=allowed, max_span_tokens=MAX_SPAN_TOKENS, top_spans=1)
        shift = len(opening)
        return (best.first - shift, best.last - shift), best.score, null_score(starts, ends)
