"""BM25 by hand on three passages."""

from math import log

import pytest

from vectorstore.bm25 import bm25_scores

PASSAGES = {
    1: (["truce"], ["truce", "ends"]),
    2: ([], ["strike", "goes", "on"]),
    3: ([], ["news", "of", "day"]),
}


def test_one_term_scores_as_the_formula_says() -> None:
    frequency = 0.5 + 1.0
    expected = log((3 - 1 + 0.5) / (1 + 0.5)) * frequency * 2.2 / (frequency + 1.2)
    assert bm25_scores([["truce"]], PASSAGES) == {1: pytest.approx(expected)}


def test_a_phrase_is_a_run_of_terms() -> None:
    assert list(bm25_scores([["goes", "on"]], PASSAGES)) == [2]
    assert bm25_scores([["on", "goes"]], PASSAGES) == {}


def test_a_term_in_most_passages_counts_next_to_nothing() -> None:
    passages = {number: ([], ["news"]) for number in range(3)}
    assert bm25_scores([["news"]], passages) == {number: pytest.approx(1e-6) for number in range(3)}


def test_nothing_is_found_without_terms_or_passages() -> None:
    assert bm25_scores([[]], PASSAGES) == {}
    assert bm25_scores([["truce"]], {}) == {}
