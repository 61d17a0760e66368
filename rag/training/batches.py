"""Features in batches of like length, in an order that the seed alone decides."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from rag.training.features import Feature

__all__ = ["Batch", "batch_order", "collate"]


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded inputs, int64, shape (batch, length), and the answers' first and last tokens, shape (batch,)."""

    input_ids: torch.Tensor
    token_type_ids: torch.Tensor
    attention_mask: torch.Tensor
    starts: torch.Tensor
    ends: torch.Tensor


def batch_order(lengths: Sequence[int], *, batch_tokens: int, seed: int) -> list[list[int]]:
    """Divide features into batches of at most about ``batch_tokens`` padded tokens, and shuffle these.

    Features are shuffled, then sorted by length within runs of some fifty batches, so that little is padding while
    the order stays random from run to run.

    Returns:
        Indices of the features of each batch; each index once; the same seed gives the same order.
    """
    random = np.random.default_rng(seed)
    shuffled = random.permutation(len(lengths))
    run = max(1, 50 * batch_tokens * len(lengths) // max(1, sum(lengths)))
    batches: list[list[int]] = []
    for begin in range(0, len(shuffled), run):
        current: list[int] = []
        for index in sorted(shuffled[begin : begin + run].tolist(), key=lambda index: lengths[index]):
            if current and (len(current) + 1) * lengths[index] > batch_tokens:
                batches.append(current)
                current = []
            current.append(index)
        batches.append(current)
    return [batches[place] for place in random.permutation(len(batches))]


def collate(features: Sequence[Feature]) -> Batch:
    """Pad features to the longest of them."""
    longest = max(len(feature.tokens) for feature in features)
    input_ids = torch.zeros((len(features), longest), dtype=torch.long)
    token_type_ids = torch.zeros_like(input_ids)
    attention_mask = torch.zeros_like(input_ids)
    for row, feature in enumerate(features):
        length = len(feature.tokens)
        input_ids[row, :length] = torch.from_numpy(feature.tokens)
        token_type_ids[row, feature.passage_start : length] = 1
        attention_mask[row, :length] = 1
    starts = torch.tensor([feature.start for feature in features])
    ends = torch.tensor([feature.end for feature in features])
    return Batch(input_ids, token_type_ids, attention_mask, starts, ends)
