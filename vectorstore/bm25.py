"""BM25 from its formula, over texts already cut into terms: slow, for checking the fast one."""

import math
from collections.abc import Mapping, Sequence

from vectorstore.lexical import TEXT_WEIGHT, TITLE_WEIGHT

__all__ = ["bm25_scores"]

_K1 = 1.2
_B = 0.75
_LEAST_IDF = 1e-6


def bm25_scores(
    phrases: Sequence[Sequence[str]], passages: Mapping[int, tuple[Sequence[str], Sequence[str]]]
) -> dict[int, float]:
    """Return the score of every passage that holds at least one phrase.

    Args:
        phrases: What is looked for, each a run of terms; one without terms is found nowhere.
        passages: Terms of the title and of the text, by passage id.

    Source: https://www.sqlite.org/fts5.html#the_bm25_function for the formula, with k1 = 1.2 and b = 0.75 and column
    weights on the frequencies alone; its implementation (fts5_aux.c) for the least IDF, 1e-6, that a phrase in more
    than half of all passages gets. After Robertson and Zaragoza, The Probabilistic Relevance Framework (2009).
    """
    lengths = {passage_id: len(title) + len(text) for passage_id, (title, text) in passages.items()}
    scores: dict[int, float] = {}
    for phrase in phrases:
        frequencies = {
            passage_id: TITLE_WEIGHT * _count(phrase, title) + TEXT_WEIGHT * _count(phrase, text)
            for passage_id, (title, text) in passages.items()
        }
        found = {passage_id: frequency for passage_id, frequency in frequencies.items() if frequency}
        idf = math.log((len(passages) - len(found) + 0.5) / (len(found) + 0.5))
        for passage_id, frequency in found.items():
            relative_length = lengths[passage_id] * len(passages) / sum(lengths.values())
            saturated = frequency * (_K1 + 1) / (frequency + _K1 * (1 - _B + _B * relative_length))
            scores[passage_id] = scores.get(passage_id, 0.0) + max(idf, _LEAST_IDF) * saturated
    return scores


def _count(phrase: Sequence[str], terms: Sequence[str]) -> int:
    width = len(phrase)
    return sum(terms[at : at + width] == phrase for at in range(len(terms) - width + 1)) if width else 0
