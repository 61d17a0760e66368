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
    expected = log(1 + (3 - 1 + 0.5) / (1 + 0.5)) * frequency * 2.2 / (frequency + 1.2)
    assert bm25_scores(["truce"], PASSAGES) == {1: pytest.approx(expected)}


def test_terms_add_up() -> None:
    both, one, other = (bm25_scores(terms, PASSAGES)[2] for terms in (["goes", "on"], ["goes"], ["on"]))
    assert both == one + other


def test_a_term_in_all_passages_still_counts() -> None:
    passages = {number: ([], ["news"]) for number in range(3)}
    assert bm25_scores(["news"], passages) == {number: pytest.approx(log(1 + 0.5 / 3.5)) for number in range(3)}


def test_nothing_is_found_without_terms_or_passages() -> None:
    assert bm25_scores([], PASSAGES) == {}
    assert bm25_scores(["truce"], {}) == {}
    assert bm25_scores(["truce"], {1: ([], [])}) == {}
