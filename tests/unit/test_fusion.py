from hypothesis import given
from hypothesis import strategies as st

from rag.fusion import reciprocal_rank_fusion, weighted_fusion
from vectorstore.articles import Hit

rankings = st.lists(st.lists(st.integers(0, 20), unique=True, max_size=12), max_size=4)


def test_a_passage_that_both_searches_rank_high_comes_first():
    fused = reciprocal_rank_fusion([[1, 2, 3], [2, 4]], rank_constant=60)
    assert [identifier for identifier, _ in fused] == [2, 1, 4, 3]


def test_scores_are_the_sums_of_reciprocal_ranks():
    fused = dict(reciprocal_rank_fusion([[7, 8], [8]], rank_constant=10))
    assert fused == {7: 1 / 11, 8: 1 / 12 + 1 / 11}


def test_equal_scores_come_by_lower_id():
    assert [found for found, _ in reciprocal_rank_fusion([[9, 1], [1, 9]], rank_constant=60)] == [1, 9]


def test_nothing_found_gives_nothing():
    assert reciprocal_rank_fusion([], rank_constant=60) == []
    assert reciprocal_rank_fusion([[], []], rank_constant=60) == []


@given(rankings)
def test_one_ranking_alone_keeps_its_order_and_every_id_comes_once(many):
    fused = [identifier for identifier, _ in reciprocal_rank_fusion(many, rank_constant=60)]
    assert sorted(fused) == sorted({identifier for ranking in many for identifier in ranking})
    for ranking in many:
        alone = [identifier for identifier, _ in reciprocal_rank_fusion([ranking], rank_constant=60)]
        assert alone == ranking


def test_cosines_and_shares_of_the_best_bm25_score_add_up_by_weight():
    fused = weighted_fusion([Hit(1, 0.8), Hit(2, 0.4)], [Hit(2, 10.0), Hit(1, 5.0)], dense_weight=0.5)
    assert fused == [(2, 0.5 * 0.4 + 0.5), (1, 0.5 * 0.8 + 0.25)]


def test_a_passage_found_by_words_alone_counts_with_the_least_cosine():
    fused = dict(weighted_fusion([Hit(1, 0.8), Hit(2, 0.4)], [Hit(3, 7.0)], dense_weight=0.75))
    assert fused[3] == 0.75 * 0.4 + 0.25
    assert fused[2] == 0.75 * 0.4


def test_one_search_alone_keeps_its_order():
    assert weighted_fusion([Hit(4, 0.3), Hit(2, 0.1)], [], dense_weight=0.5) == [(4, 0.15), (2, 0.05)]
    assert weighted_fusion([], [Hit(4, 3.0), Hit(2, 1.5)], dense_weight=0.5) == [(4, 0.5), (2, 0.25)]
    assert weighted_fusion([], [Hit(9, 0.0), Hit(4, 0.0)], dense_weight=0.5) == [(4, 0.0), (9, 0.0)]
    assert weighted_fusion([], [], dense_weight=0.5) == []
