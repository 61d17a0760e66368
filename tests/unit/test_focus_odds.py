"""What an article in focus is worth is fitted on what comes first in it, and on nothing else."""

import math

import numpy as np
import pytest

from rag.calibration import FEATURES
from rag.evaluation.question_sets import ExpectedAnswer
from rag.training.calibration import fit
from rag.training.candidate_reads import CandidateReads


def read(margin: float, *, is_right: bool, is_in_focus: bool = False) -> CandidateReads:
    expected = ExpectedAnswer(id="q", question="why?", answers=("it",), article=None, also=(), type="why")
    features = np.zeros((1, len(FEATURES)))
    features[0, 0] = margin
    return CandidateReads(expected, None, features, np.array([float(is_right)]), np.array([is_in_focus]))


ALONE = [read(margin, is_right=at % 2 == 0) for margin in (0.0, 1.0) for at in range(40)]
"""Half is right, whatever the margin: the confidence is one half."""


@pytest.mark.parametrize("right", [2, 5, 8])
def test_the_odds_are_those_of_being_right_in_the_article_in_focus(right):
    inside = [read(0.5, is_right=at < right, is_in_focus=True) for at in range(10)]
    outside = [read(0.5, is_right=False) for _ in range(30)]
    assert fit(ALONE, [*inside, *outside]).focus_odds == pytest.approx(math.log(right / (10 - right)), abs=0.01)


def test_without_conversations_an_article_in_focus_is_worth_nothing():
    assert fit(ALONE).focus_odds == 0.0
