from dataclasses import replace

import pytest

from rag.errors import DataError
from rag.evaluation.comparison import compare
from rag.evaluation.report import Report
from tests.unit.evaluated import SCORES, report_of


@pytest.fixture(scope="module")
def before() -> Report:
    return report_of(scores=SCORES)


@pytest.fixture(scope="module")
def after() -> Report:
    return report_of(scores={"Ada Ray": 6.0})


def test_a_report_does_not_differ_from_itself(before):
    comparison = compare(before, before)
    assert (comparison.questions, comparison.left_out, comparison.conditions, comparison.changed) == (4, 0, (), ())
    assert comparison.p_value == 1.0
    assert all(one.difference.mean == one.difference.low == one.difference.high == 0.0 for one in comparison.measures)


def test_the_questions_that_changed_are_named_first_those_that_became_right_or_wrong(before, after):
    comparison = compare(before, after)
    turned = {change.id: (change.was_right, change.is_right) for change in comparison.changed}
    assert turned["ends"] == (True, False)
    assert turned["painter"] == (False, True)
    assert turned["began"] == (False, False)
    assert [change.was_right != change.is_right for change in comparison.changed] == [True, True, False, False]
    assert (comparison.became_right, comparison.became_wrong, comparison.p_value) == (1, 1, 1.0)
    assert comparison.as_json()["changed"][0]["wanted"] == ("Sunday",)


def test_differences_are_of_what_comes_after_over_what_was_before(before):
    worse = replace(before, asked=tuple(replace(one, answer=_unanswered(one)) for one in before.asked))
    measures = {one.measure: one for one in compare(before, worse).measures}
    assert measures["answered"].difference.mean < 0
    assert measures["answered"].after == 0.0
    assert {one.measure: one for one in compare(worse, before).measures}["answered"].difference.mean > 0


def test_what_stands_in_one_report_only_or_with_another_answer_is_left_out(before):
    first, second, *rest = before.asked
    other = replace(before, asked=(replace(first, expected=replace(first.expected, answers=("Monday",))), *rest))
    comparison = compare(before, other)
    assert (comparison.questions, comparison.left_out) == (2, 2)
    assert second.expected.id not in {change.id for change in comparison.changed}


def test_other_conditions_are_named(before):
    conditions = replace(
        before.conditions, models={"reader": "other"}, settings={**before.conditions.settings, "reader": {}}
    )
    assert compare(before, replace(before, conditions=conditions)).conditions == ("settings.reader", "models")


def test_reports_without_a_common_question_cannot_be_compared(before):
    with pytest.raises(DataError, match="no question in common"):
        compare(before, replace(before, asked=()))


def _unanswered(one):
    return {**one.answer, "answered": False, "answer": None}
