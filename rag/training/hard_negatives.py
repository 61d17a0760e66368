"""Passages that a retriever returns for a question and that do not answer it: what the reader meets in use."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from rag.fusion import reciprocal_rank_fusion
from vectorstore.articles import Vectors

__all__ = ["Asked", "bm25_weights", "holds_answer", "mine_negatives"]

RANK_CONSTANT = 60
"""Source: Cormack, Clarke and Büttcher, SIGIR 2009; the retriever's own default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, the answers that a negative must not hold, and the text it was asked of."""

    question: str
    answers: tuple[str, ...]
    context: str


def mine_negatives(
    asked: Sequence[Asked],
    passages: Sequence[str],
    *,
    question_vectors: Vectors,
    passage_vectors: Vectors,
    top_k: int = 8,
    candidates: int = 50,
) -> Iterator[list[int]]:
    """Yield for each question which of its first ``top_k`` passages do not answer it, best first.

    Args:
        asked: The questions.
        passages: The library.
        question_vectors: Shape (len(asked), dimension), unit length.
        passage_vectors: Shape (len(passages), dimension), unit length.
        top_k: How many passages of the fused ranking to look at.
        candidates: How many passages of each search are fused.

    Yields:
        Indices into ``passages``: neither part of the question's own context nor holding one of its answers.
    """
    vectorizer = CountVectorizer()
    weights = bm25_weights(vectorizer.fit_transform(passages))
    counts = vectorizer.transform([one.question for one in asked])
    for begin in range(0, len(asked), 512):
        some = slice(begin, begin + 512)
        lexical = _best((counts[some] @ weights.T).toarray(), candidates)
        dense = _best(question_vectors[some] @ passage_vectors.T, candidates)
        for one, rankings in zip(asked[some], zip(lexical, dense, strict=True), strict=True):
            fused = reciprocal_rank_fusion(rankings, rank_constant=RANK_CONSTANT)[:top_k]
            yield [index for index, _ in fused if not _answers(passages[index], one)]


def bm25_weights(counts: csr_matrix, *, k1: float = 1.2, b: float = 0.75) -> csr_matrix:
    """Return what each term adds to a passage's score, shape (passages, terms), from term counts of that shape.

    Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, with the
    inverse document frequency of Lucene, which is never negative.
    """
    weights = csr_matrix(counts, dtype=np.float64)
    lengths = np.asarray(weights.sum(axis=1)).ravel()
    frequency = np.bincount(weights.indices, minlength=weights.shape[1])
    idf = np.log1p((weights.shape[0] - frequency + 0.5) / (frequency + 0.5))
    norm = k1 * (1 - b + b * lengths / lengths.mean())
    rows = np.repeat(np.arange(weights.shape[0]), np.diff(weights.indptr))
    weights.data = idf[weights.indices] * weights.data * (k1 + 1) / (weights.data + norm[rows])
    return weights


def holds_answer(passage: str, answers: Sequence[str]) -> bool:
    """Whether one of the answers stands in the passage, whatever the case."""
    folded = passage.casefold()
    return any(answer.casefold() in folded for answer in answers)


def _answers(passage: str, one: Asked) -> bool:
    return passage in one.context or holds_answer(passage, one.answers)


def _best(scores: npt.NDArray[np.floating], count: int) -> list[list[int]]:
    return [np.argsort(-row, kind="stable")[:count].tolist() for row in scores]
