import math

import numpy as np
import pytest

from rag.evaluation.confidence import Forced, confidence_figures, operating_figures


def forced(confidence: float, *, right: bool, answerable: bool = True) -> Forced:
    return Forced(
        confidence=confidence, f1=1.0 if right else 0.25 * answerable, is_right=right, is_answerable=answerable
    )


HAND_WORKED = [
    forced(0.95, right=True),
    forced(0.85, right=True),
    forced(0.85, right=False, answerable=False),
    forced(0.35, right=True),
    forced(0.15, right=False),
]


def test_the_calibration_error_weighs_each_bin_by_its_answers():
    figures = confidence_figures(HAND_WORKED)
    by_hand = (1 * abs(0.95 - 1.0) + 2 * abs(0.85 - 0.5) + 1 * abs(0.35 - 1.0) + 1 * abs(0.15 - 0.0)) / 5
    assert figures.calibration_error == pytest.approx(by_hand)
    assert [one.count for one in figures.reliability] == [1, 1, 2, 1]
    assert [one.share_right for one in figures.reliability] == [0.0, 1.0, 0.5, 1.0]


def test_coverage_at_a_precision_counts_the_longest_run_and_never_parts_equals():
    figures = confidence_figures(HAND_WORKED)
    assert figures.coverage_at_90 == pytest.approx(1 / 5)
    many = [forced(0.9 - 0.01 * at, right=at != 3) for at in range(20)]
    assert confidence_figures(many).coverage_at_95 == 1.0
    assert confidence_figures([forced(0.5, right=False)] * 3).coverage_at_90 == 0.0
    tied = [forced(0.9, right=True), forced(0.9, right=False)]
    assert confidence_figures(tied).coverage_at_90 == confidence_figures(tied[::-1]).coverage_at_90 == 0.0


def test_risk_is_the_share_of_wrong_answers_among_the_surest():
    points = confidence_figures(HAND_WORKED).risk_coverage
    assert (points[1].coverage, points[1].risk, points[1].confidence) == (0.2, 0.0, 0.95)
    assert points[5].risk == pytest.approx(1 / 3)
    assert points[-1].risk == pytest.approx(2 / 5)


def test_auroc_is_one_for_a_perfect_order_and_no_number_where_all_are_alike():
    assert confidence_figures([forced(0.9, right=True), forced(0.1, right=False)]).auroc == 1.0
    assert confidence_figures([forced(0.1, right=True), forced(0.9, right=False)]).auroc == 0.0
    assert math.isnan(confidence_figures([forced(0.9, right=True)]).auroc)


def test_an_operating_point_shows_what_is_sure_enough_and_refuses_the_rest():
    figures = operating_figures(HAND_WORKED, min_confidence=0.5)
    assert figures.coverage == pytest.approx(3 / 5)
    assert figures.precision == pytest.approx(2 / 3)
    assert figures.refusal_precision == 0.0
    assert figures.refusal_recall == 0.0
    assert figures.f1 == pytest.approx((1.0 + 1.0 + 0.0 + 0.0) / 4)
    higher = operating_figures(HAND_WORKED, min_confidence=0.9)
    assert (higher.refusal_precision, higher.refusal_recall) == (0.25, 1.0)


def test_a_confidence_that_is_its_own_share_right_has_hardly_an_error():
    random = np.random.default_rng(0)
    sure = random.uniform(size=20_000)
    answers = [forced(float(one), right=bool(random.uniform() < one)) for one in sure]
    assert confidence_figures(answers).calibration_error < 0.02
