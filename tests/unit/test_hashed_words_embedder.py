"""The embedder that tests use instead of a model behaves as one."""

import numpy as np

from rag.testing import HashedWordsEmbedder


def test_the_more_words_two_texts_share_the_closer_they_are():
    query, near, far = HashedWordsEmbedder().encode_passages(
        ["when does the truce end", "The truce will end on Sunday, does it?", "Cows eat grass."]
    )
    assert query @ near > query @ far


def test_equal_texts_have_equal_vectors_of_unit_length_in_any_batch():
    embedder = HashedWordsEmbedder(dimension=8)
    alone = embedder.encode_queries(["one two"])
    among = embedder.encode_passages(["", "one two", "three " * 500])
    assert np.array_equal(alone[0], among[1])
    assert among.dtype == np.float32
    assert np.allclose(np.linalg.norm(among, axis=1), 1)


def test_no_texts_give_no_rows():
    assert HashedWordsEmbedder(dimension=8).encode_passages([]).shape == (0, 8)


def test_what_comes_after_the_window_is_not_seen():
    embedder = HashedWordsEmbedder(max_tokens=4)
    first, second = embedder.encode_passages(["one two three", "one two four"])
    assert np.array_equal(first, second)
    assert embedder.count_tokens(["one two three", ""]) == [5, 2]
