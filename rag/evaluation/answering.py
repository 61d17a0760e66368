"""How well the whole chain answers a question set: the same assistant that every front asks, and what came of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from rag.answers import Answer
from rag.assistant import Assistant
from rag.evaluation.metrics import exact_match, token_f1
from rag.evaluation.question_sets import ExpectedAnswer

__all__ = ["RIGHT_F1", "AnsweringFigures", "Outcome", "evaluate", "expected_calibration_error", "figures_of"]

RIGHT_F1 = 0.5
"""A quotation is right when it shares this much (token F1) with an expected answer: it names what was asked for, though
it may hold a word more or less."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question with what was expected and what was answered."""

    expected: ExpectedAnswer
    answer: Answer

    @property
    def text(self) -> str:
        """The quotation, or the empty text of an abstention."""
        return self.answer.quotation.text if self.answer.quotation is not None else ""

    @property
    def is_right(self) -> bool:
        """Whether a right quotation was shown, or rightly none."""
        return token_f1(self.text, self.expected.answers) >= RIGHT_F1

    def described(self) -> str:
        """Return one line for a report of what went wrong."""
        wanted = " | ".join(self.expected.answers) or "(nothing)"
        reason = self.answer.abstention.reason if self.answer.abstention is not None else ""
        got = f"{self.text!r}" if self.text else f"nothing ({reason})"
        return f"{self.expected.id}: {self.expected.question} -> {got}, wanted {wanted}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweringFigures:
    """What a question set says of the chain; all in [0, 1].

    Attributes:
        exact_match: Over answerable questions; an abstention counts 0.
        f1: Token F1 over answerable questions; an abstention counts 0.
        precision: Of the quotations shown, the share that is right.
        refusal_precision: Of the abstentions, the share on questions that the articles do not answer.
        refusal_recall: Of the questions that the articles do not answer, the share abstained on.
        recall_at_5: Of the answerable questions, the share with an expected article among the first five passages.
        calibration_error: Expected calibration error of the confidences shown, ten bins.
    """

    questions: int
    exact_match: float
    f1: float
    precision: float
    refusal_precision: float
    refusal_recall: float
    recall_at_5: float
    calibration_error: float


def evaluate(assistant: Assistant, questions: Iterable[ExpectedAnswer]) -> list[Outcome]:
    """Ask every question."""
    return [Outcome(expected, assistant.answer(expected.question)) for expected in questions]


def figures_of(outcomes: Sequence[Outcome], sources: dict[int, str]) -> AnsweringFigures:
    """Return the figures of a run.

    Args:
        outcomes: At least one, of answerable and unanswerable questions.
        sources: Article id to source.
    """
    answerable = [outcome for outcome in outcomes if outcome.expected.is_answerable]
    unanswerable = [outcome for outcome in outcomes if not outcome.expected.is_answerable]
    shown = [outcome for outcome in outcomes if outcome.text]
    refused = [outcome for outcome in outcomes if not outcome.text]
    confidences = [outcome.answer.quotation.confidence for outcome in shown if outcome.answer.quotation is not None]
    return AnsweringFigures(
        questions=len(outcomes),
        exact_match=_mean(exact_match(outcome.text, outcome.expected.answers) for outcome in answerable),
        f1=_mean(token_f1(outcome.text, outcome.expected.answers) for outcome in answerable),
        precision=_mean(outcome.is_right for outcome in shown),
        refusal_precision=_mean(not outcome.expected.is_answerable for outcome in refused),
        refusal_recall=_mean(not outcome.text for outcome in unanswerable),
        recall_at_5=_mean(_is_retrieved(outcome, sources, top_k=5) for outcome in answerable),
        calibration_error=expected_calibration_error(confidences, [outcome.is_right for outcome in shown]),
    )


def expected_calibration_error(confidences: Sequence[float], rights: Sequence[bool], *, bins: int = 10) -> float:
    """Return the mean distance between confidence and share right over bins of equal width, weighted by their counts.

    Nothing to judge gives 0. Source: Guo et al., "On calibration of modern neural networks", ICML 2017, equation 3.
    """
    if not confidences:
        return 0.0
    levels, right = np.asarray(confidences), np.asarray(rights, dtype=np.float64)
    bin_of = np.minimum((levels * bins).astype(int), bins - 1)
    distances = [abs((levels - right)[bin_of == index].sum()) for index in range(bins)]
    return float(sum(distances) / len(levels))


def _is_retrieved(outcome: Outcome, sources: dict[int, str], *, top_k: int) -> bool:
    found = {sources[hit.article_id] for hit in outcome.answer.trace.hits[:top_k]}
    return not found.isdisjoint(outcome.expected.answering_articles)


def _mean(values: Iterable[float]) -> float:
    """Return the mean, 0 of nothing."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
