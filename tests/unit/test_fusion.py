from hypothesis import given
from hypothesis import strategies as st

from rag.fusion import reciprocal_rank_fusion

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
