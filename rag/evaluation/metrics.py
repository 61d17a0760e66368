"""How near an answer comes to the expected ones, and what that says of a whole question set.

Source: the official evaluation scripts of SQuAD 1.1 and 2.0 (Rajpurkar et al. 2016, 2018), whose definitions
these functions follow: an answer counts as the best of its comparisons with the expected answers, and a question
without expected answers is answered rightly by the empty text alone.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rag.normal_form import normalize_answer

__all__ = [
    "RIGHT_F1",
    "Interval",
    "Threshold",
    "best_threshold",
    "bootstrap_interval",
    "exact_match",
    "token_f1",
]

RIGHT_F1 = 0.5
"""A quotation is right when it shares this much (token F1) with an expected answer: it names what was asked for, though
it may hold a word more or less."""


def exact_match(answer: str, expected: Sequence[str]) -> float:
    """Return 1.0 if the answer equals one of the expected ones after normalisation, else 0.0.

    Nothing expected means that the right answer is the empty text.
    """
    return _best_of(_pair_exact, answer, expected)


def token_f1(answer: str, expected: Sequence[str]) -> float:
    """Return the best harmonic mean of token precision and recall over the expected answers, in [0, 1].

    Nothing expected means that the right answer is the empty text.
    """
    return _best_of(_pair_f1, answer, expected)


def _best_of(compare: Callable[[str, str], float], answer: str, expected: Sequence[str]) -> float:
    meaningful = [text for text in expected if normalize_answer(text)] or [""]
    return max(compare(answer, text) for text in meaningful)


def _pair_exact(answer: str, expected: str) -> float:
    return float(normalize_answer(answer) == normalize_answer(expected))


def _pair_f1(answer: str, expected: str) -> float:
    answer_tokens = normalize_answer(answer).split()
    expected_tokens = normalize_answer(expected).split()
    if not answer_tokens or not expected_tokens:
        return float(answer_tokens == expected_tokens)
    shared = (Counter(answer_tokens) & Counter(expected_tokens)).total()
    return 2 * shared / (len(answer_tokens) + len(expected_tokens))


MOST_VALUES_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Threshold:
    """The margin below which to abstain, and the mean score over all questions that this gives."""

    margin: float
    score: float


def best_threshold(
    margins: npt.NDArray[np.float64],
    answered_scores: npt.NDArray[np.float64],
    abstained_scores: npt.NDArray[np.float64],
) -> Threshold:
    """Find the margin from which on answering, and abstaining below, gives the best mean score.

    Args:
        margins: How sure each answer is, shape (n,); higher is surer.
        answered_scores: What answering scores for each question, shape (n,).
        abstained_scores: What abstaining scores for each question, shape (n,).

    Returns:
        The best threshold; of equally good ones the highest, which abstains most. Infinity answers nothing.
    """
    if margins.size == 0:
        return Threshold(np.inf, 0.0)
    order = np.argsort(-margins, kind="stable")
    gains = np.cumsum((answered_scores - abstained_scores)[order])
    sorted_margins = margins[order]
    is_last_of_ties = np.append(sorted_margins[:-1] != sorted_margins[1:], True)
    totals = np.concatenate([[0.0], gains[is_last_of_ties]]) + abstained_scores.sum()
    candidates = np.concatenate([[np.inf], sorted_margins[is_last_of_ties]])
    best = int(np.argmax(totals))
    return Threshold(float(candidates[best]), float(totals[best] / margins.size))


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean and the 95 % interval around it."""

    mean: float
    low: float
    high: float


def bootstrap_interval(scores: npt.NDArray[np.float64], *, samples: int = 1000, seed: int = 0) -> Interval:
    """Return the mean of per-question scores, shape (n,), with its percentile bootstrap interval.

    The same scores and seed give the same interval; no scores give NaN.

    Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.
    """
    if scores.size == 0:
        return Interval(np.nan, np.nan, np.nan)
    low, high = np.percentile(_resampled_means(scores, samples, np.random.default_rng(seed)), [2.5, 97.5])
    return Interval(float(scores.mean()), float(low), float(high))


def _resampled_means(
    scores: npt.NDArray[np.float64], samples: int, random: np.random.Generator
) -> npt.NDArray[np.float64]:
    """Return the means of so many samples drawn with replacement, shape (samples,).

    Where few values come often, as with 0 and 1, how often each is drawn is drawn at once: the same distribution, and
    ten thousand scores take milliseconds.
    """
    values, counts = np.unique(scores, return_counts=True)
    if len(values) <= MOST_VALUES_COUNTED:
        means: npt.NDArray[np.float64] = random.multinomial(scores.size, counts / scores.size, samples) @ values
        return means / scores.size
    return np.array([random.choice(scores, scores.size).mean() for _ in range(samples)])
