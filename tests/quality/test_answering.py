"""How well the shipped parts answer. Floors stand a little below what was measured.

The confidence was fitted on these questions: the floors hold what was reached, and what to expect of other questions
are the figures of each set left out in turn, in the reader's model card.
"""

from pathlib import Path

import pytest

from rag.assistant import Assistant
from rag.evaluation.answering import AnsweringFigures, figures_of
from rag.evaluation.asking import AskedQuestion, ask_question
from rag.evaluation.question_sets import read_question_set
from rag.protocols import Library

QUESTIONS = Path(__file__).parent.parent / "questions"
NEWS_SETS = ("politics", "economy", "sport-weather", "science-courts")

TRUCE_FLOORS = {
    "has_answer_exact": 0.34,
    "has_answer_f1": 0.38,
    "precision": 0.75,
    "refusal_precision": 0.42,
    "refusal_recall": 0.93,
    "recall_at_5": 1.0,
}
"""Measured on 2026-11-29: .371, .406, .800, .446, .967, 1.0."""

NEWS_FLOORS = {
    "has_answer_exact": 0.55,
    "has_answer_f1": 0.60,
    "precision": 0.70,
    "refusal_precision": 0.52,
    "refusal_recall": 0.71,
    "recall_at_5": 0.97,
}
"""Measured on 2026-11-29: .584, .633, .732, .545, .738, .991."""


def assert_above(floors: dict[str, float], asked: list[AskedQuestion]) -> None:
    """Fail with the figures and every question that went wrong."""
    figures: AnsweringFigures = figures_of(asked)
    means = {name: getattr(figures, name).mean for name in floors}
    missed = {name: mean for name, mean in means.items() if mean < floors[name]}
    wrong = "\n".join(one.described() for one in asked if not one.is_right)
    assert not missed, f"{missed} below the floors {floors}\n{wrong}"


def asked_of(assistant: Assistant, library: Library, *names: str) -> list[AskedQuestion]:
    """Ask the first turns of question sets; none of these sets has follow-ups."""
    placed = [one for name in names for one in read_question_set(QUESTIONS / f"{name}.jsonl")[0]]
    return [ask_question(assistant, library, one, history=()) for one in placed]


@pytest.fixture(scope="session")
def truce(sample_assistant: Assistant, sample_library: Library) -> list[AskedQuestion]:
    return asked_of(sample_assistant, sample_library, "truce")


@pytest.fixture(scope="session")
def news(news_assistant: Assistant, news_library: Library) -> list[AskedQuestion]:
    return asked_of(news_assistant, news_library, *NEWS_SETS)


def test_questions_on_the_sample_article_reach_the_floors(truce):
    assert_above(TRUCE_FLOORS, truce)


def test_questions_on_a_library_of_confusable_news_reach_the_floors(news):
    assert_above(NEWS_FLOORS, news)


def test_every_quotation_is_verbatim_with_its_sentence(news, truce):
    assert any(one.is_answered for one in news)
    assert [one.described() for one in (*news, *truce) if not one.is_verbatim] == []


def test_the_first_passage_is_of_the_right_article_far_more_often_than_the_last(news):
    answerable = [one for one in news if one.expected.is_answerable]

    def share(place: int) -> float:
        right = [one.passages[place].source in one.expected.answering_articles for one in answerable]
        return sum(right) / len(right)

    assert share(0) > 0.6
    assert share(-1) < 0.3


def test_the_surer_half_of_what_stands_first_is_right_more_often(news):
    ordered = sorted((one for one in news if one.first), key=lambda one: one.confidence)
    half = len(ordered) // 2
    unsure, sure = (sum(one.is_first_right for one in part) / half for part in (ordered[:half], ordered[-half:]))
    assert sure > 0.15 + unsure


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("when does the truce end?", "February 1st"),
        ("how long does it last?", "week"),
        ("how long is the truce?", "one week"),
        ("what attacks are suspended?", "missile attacks"),
        ("what did Zelenskyy offer?", "a principle of reciprocity"),
    ],
)
def test_the_questions_that_anyone_asks_first_are_answered(sample_assistant, question, holds):
    answer = sample_assistant.answer(question)
    assert answer.quotation is not None
    assert holds in answer.quotation.text


@pytest.mark.parametrize("question", ["who is the german chancellor?", "how many people died?"])
def test_what_the_article_does_not_say_is_not_answered(sample_assistant, question):
    assert sample_assistant.answer(question).quotation is None
