"""Our measures against well-kept libraries, and against slow, obvious code."""

import math
from collections.abc import Sequence

import ir_measures
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import RR, R, nDCG
from scipy.stats import bootstrap
from sklearn.calibration import calibration_curve

from rag.evaluation.comparison import mcnemar
from rag.evaluation.confidence import Forced, confidence_figures
from rag.evaluation.metrics import bootstrap_interval
from rag.evaluation.retrieval import ndcg, rank_of, recall, reciprocal_rank

SOURCES = ("a", "b", "c", "d", "e", "f")


@given(
    found=st.lists(st.sampled_from(SOURCES), max_size=12),
    wanted=st.sets(st.sampled_from([*SOURCES, "elsewhere"]), min_size=1, max_size=3),
    k=st.integers(1, 8),
)
def test_retrieval_measures_agree_with_trec_eval(found: Sequence[str], wanted: set[str], k: int):
    # trec_eval knows no duplicates: the wanted ones become one document, and each document is ranked once.
    ranking = dict.fromkeys("wanted" if source in wanted else source for source in found)
    run = [ir_measures.ScoredDoc("q", document, -float(at)) for at, document in enumerate(ranking)]
    qrels = [ir_measures.Qrel("q", "wanted", 1)]
    theirs = ir_measures.calc_aggregate([RR, nDCG, R @ k], qrels, run or [ir_measures.ScoredDoc("q", "none", 0.0)])
    # Duplicates that stand before a wanted one never push it down; those that come after do not count.
    rank = rank_of(found, wanted)
    assert reciprocal_rank(rank) == pytest.approx(theirs[RR])
    assert ndcg(rank) == pytest.approx(theirs[nDCG])
    assert recall(rank, k=k) == theirs[R @ k]


# None at the edge of a bin, where scikit-learn takes the lower one and we the upper.
LEVELS = st.lists(
    st.tuples(st.sampled_from([0.0, 0.05, 0.31, 0.55, 0.91, 0.97]), st.booleans()), min_size=1, max_size=40
)


def forced(answers: Sequence[tuple[float, bool]]) -> list[Forced]:
    return [Forced(confidence=sure, f1=float(right), is_right=right, is_answerable=True) for sure, right in answers]


@given(answers=LEVELS)
def test_reliability_agrees_with_scikit_learn(answers):
    figures = confidence_figures(forced(answers))
    shares, confidences = calibration_curve(
        [right for _, right in answers], [sure for sure, _ in answers], n_bins=10, strategy="uniform"
    )
    assert [one.share_right for one in figures.reliability] == pytest.approx(shares.tolist())
    assert [one.confidence for one in figures.reliability] == pytest.approx(confidences.tolist())
    counts = [one.count for one in figures.reliability]
    assert figures.calibration_error == pytest.approx(np.average(np.abs(shares - confidences), weights=counts))


@given(answers=LEVELS)
def test_coverage_at_a_precision_is_the_best_of_every_threshold(answers):
    figures = confidence_figures(forced(answers))
    for precision, ours in ((0.90, figures.coverage_at_90), (0.95, figures.coverage_at_95)):
        best = 0.0
        for threshold in {sure for sure, _ in answers}:
            shown = [right for sure, right in answers if sure >= threshold]
            if sum(shown) / len(shown) >= precision:
                best = max(best, len(shown) / len(answers))
        assert ours == pytest.approx(best)


def test_risk_and_coverage_follow_their_definition():
    random = np.random.default_rng(7)
    answers = [(float(sure), bool(random.uniform() < sure)) for sure in random.uniform(size=200)]
    ordered = sorted(answers, reverse=True)
    for point in confidence_figures(forced(answers)).risk_coverage:
        surest = ordered[: round(point.coverage * 200)]
        assert point.risk == pytest.approx(1 - sum(right for _, right in surest) / len(surest))


@given(became_right=st.integers(0, 30), became_wrong=st.integers(0, 30))
def test_mcnemar_is_the_sum_of_the_binomial_tail(became_right: int, became_wrong: int):
    count, fewer = became_right + became_wrong, min(became_right, became_wrong)
    tail = sum(math.comb(count, at) for at in range(fewer + 1)) / 2**count
    assert mcnemar(became_right, became_wrong) == pytest.approx(min(1.0, 2 * tail))


def test_the_bootstrap_interval_agrees_with_scipy():
    scores = np.random.default_rng(3).uniform(size=300)
    ours = bootstrap_interval(scores, samples=5000)
    theirs = bootstrap((scores,), np.mean, method="percentile", n_resamples=5000, random_state=1).confidence_interval
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=2e-3)
