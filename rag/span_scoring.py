"""The best spans of a passage from a reader's start and end logits: pure functions over arrays.

A span's score is the sum of its start and end logits, and the null score that of the first token, ``[CLS]``.

**Source:** Devlin et al. 2019, "BERT: Pre-training of Deep Bidirectional Transformers", sections 4.2 and 4.3.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["TokenSpan", "best_spans", "null_score"]

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TokenSpan:
    """Tokens ``first`` to ``last``, both inclusive, and the sum of their start and end logits."""

    first: int
    last: int
    score: float


def null_score(start_logits: FloatArray, end_logits: FloatArray) -> float:
    """Return the score of "no answer here", which stands at the first position."""
    return float(start_logits[0]) + float(end_logits[0])


def best_spans(
    start_logits: FloatArray,
    end_logits: FloatArray,
    *,
    allowed: npt.NDArray[np.bool_],
    max_span_tokens: int,
    top_spans: int,
) -> list[TokenSpan]:
    """Return the highest-scoring spans of one window.

    Args:
        start_logits: Shape (length,).
        end_logits: Shape (length,).
        allowed: Shape (length,): where a span may start and end.
        max_span_tokens: Longest span.
        top_spans: At most this many.

    Returns:
        Best first; equal scores by first, then by last token. Spans may overlap.
    """
    places = np.flatnonzero(allowed)
    starts = start_logits[places, np.newaxis].astype(np.float64)
    scores = starts + end_logits[places]
    lengths = places - places[:, np.newaxis] + 1
    firsts, lasts = np.nonzero((lengths >= 1) & (lengths <= max_span_tokens))
    found = scores[firsts, lasts]
    if len(found) > top_spans:
        # Everything that ties with the last one stays in, so that the order below decides between them.
        kept = np.flatnonzero(found >= np.partition(found, -top_spans)[-top_spans])
        firsts, lasts, found = firsts[kept], lasts[kept], found[kept]
    order = np.lexsort((lasts, firsts, -found))[:top_spans]
    return [TokenSpan(int(places[firsts[at]]), int(places[lasts[at]]), float(found[at])) for at in order.tolist()]
