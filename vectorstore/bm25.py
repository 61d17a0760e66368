"""BM25 from its formula, over texts already cut into terms: slow, for checking the fast one."""

import math
from collections.abc import Mapping, Sequence

__all__ = ["bm25_scores"]

_K1 = 1.2
_B = 0.75
_TITLE_WEIGHT = 0.5
_MOST_FREQUENT = 127.5
_GRAIN = 2.0**-30


def bm25_scores(terms: Sequence[str], passages: Mapping[int, tuple[Sequence[str], Sequence[str]]]) -> dict[int, float]:
    """Return the score of every passage that holds at least one term.

    Args:
        terms: What is looked for, each once.
        passages: Terms of the title and of the text, by passage id.

    Source: Robertson and Zaragoza, "The probabilistic relevance framework: BM25 and beyond", 2009, equation 3.15, with
    fields weighted before saturation (section 3.6.1), k1 = 1.2 and b = 0.75; the IDF that is never negative after
    Lucene's BM25Similarity. What a term adds is rounded to a multiple of 2**-30.
    """
    lengths = {passage_id: len(title) + len(text) for passage_id, (title, text) in passages.items()}
    mean_length = max(sum(lengths.values()), 1) / max(len(lengths), 1)
    scores: dict[int, float] = {}
    for term in terms:
        frequencies = {
            passage_id: min(_TITLE_WEIGHT * title.count(term) + text.count(term), _MOST_FREQUENT)
            for passage_id, (title, text) in passages.items()
        }
        held = sum(frequency > 0 for frequency in frequencies.values())
        idf = math.log(1 + (len(passages) - held + 0.5) / (held + 0.5))
        for passage_id, frequency in frequencies.items():
            if frequency > 0:
                relative_length = lengths[passage_id] / mean_length
                saturated = frequency * (_K1 + 1) / (frequency + _K1 * (1 - _B + _B * relative_length))
                scores[passage_id] = scores.get(passage_id, 0.0) + round(idf * saturated / _GRAIN) * _GRAIN
    return scores
