import numpy as np
import pytest

from rag.evaluation.metrics import (
    best_threshold,
    bootstrap_interval,
    exact_match,
    token_f1,
)
from rag.normal_form import normalize_answer


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("The  Cat's\tpyjamas!", "cats pyjamas"),
        ("an apple a day", "apple day"),
        ("Theatre", "theatre"),
        ("the", ""),
        ("U.S.", "us"),
        ("", ""),
        ("“Éire”", "“éire”"),
    ],
)
def test_normalisation_is_that_of_the_official_script(text: str, normal: str) -> None:
    assert normalize_answer(text) == normal


def test_exact_match_takes_the_best_of_the_expected_answers() -> None:
    assert exact_match("the Sunday", ["Monday", "Sunday!"]) == 1.0
    assert exact_match("on Sunday", ["Monday", "Sunday"]) == 0.0


def test_f1_of_a_hand_worked_pair() -> None:
    # "on sunday february 1st" against "sunday february 1st": 3 shared, precision 3/4, recall 1, F1 6/7.
    assert token_f1("on Sunday, February 1st", ["Sunday, February 1st"]) == pytest.approx(6 / 7)


def test_f1_counts_a_repeated_token_as_often_as_both_hold_it() -> None:
    # "new york new york" against "new york": 2 shared, precision 1/2, recall 1, F1 2/3.
    assert token_f1("New York, New York", ["New York"]) == pytest.approx(2 / 3)


def test_f1_without_a_shared_token_is_zero_and_the_best_expected_answer_counts() -> None:
    assert token_f1("Kyiv", ["Moscow"]) == 0.0
    assert token_f1("Kyiv", ["Moscow", "in Kyiv"]) == pytest.approx(2 / 3)


def test_where_nothing_is_expected_only_the_empty_answer_is_right() -> None:
    assert (exact_match("", []), token_f1("", [])) == (1.0, 1.0)
    assert (exact_match("Kyiv", []), token_f1("Kyiv", [])) == (0.0, 0.0)
    assert (exact_match("", ["Kyiv"]), token_f1("", ["Kyiv"])) == (0.0, 0.0)


def test_an_expected_answer_that_normalises_to_nothing_does_not_reward_abstention() -> None:
    assert token_f1("", ["the", "Kyiv"]) == 0.0


def test_the_best_threshold_separates_right_answers_from_unanswerable_questions() -> None:
    margins = np.array([5.0, 3.0, 1.0, -2.0])
    answered = np.array([1.0, 0.8, 0.0, 0.0])
    abstained = np.array([0.0, 0.0, 1.0, 1.0])
    threshold = best_threshold(margins, answered, abstained)
    assert threshold.margin == 3.0
    assert threshold.score == pytest.approx(3.8 / 4)


def test_questions_of_equal_margin_are_answered_together_or_not_at_all() -> None:
    threshold = best_threshold(np.array([1.0, 1.0]), np.array([1.0, 0.0]), np.array([0.0, 1.0]))
    assert threshold.margin == np.inf
    assert threshold.score == 0.5


def test_without_questions_the_threshold_answers_nothing() -> None:
    empty = np.empty(0)
    assert best_threshold(empty, empty, empty).margin == np.inf


def test_the_bootstrap_interval_is_repeatable_and_holds_the_mean() -> None:
    scores = np.random.default_rng(1).random(200)
    interval = bootstrap_interval(scores)
    assert interval == bootstrap_interval(scores)
    assert interval.mean == pytest.approx(scores.mean())
    assert interval.low < interval.mean < interval.high
    # The interval of a mean of 200 uniform draws is about 2 * 1.96 * 0.289 / sqrt(200) = 0.08 wide.
    assert 0.06 < interval.high - interval.low < 0.10


def test_the_bootstrap_interval_of_nothing_is_not_a_number() -> None:
    assert np.isnan(bootstrap_interval(np.empty(0)).mean)
