from random import Random

from rag.evaluation.squad_data import Context, MarkedAnswer, MarkedQuestion
from rag.training.swapped_questions import swapped_questions


def context(title: str, *asked: str, answers: tuple[MarkedAnswer, ...] = (MarkedAnswer("Kyiv", 0),)) -> Context:
    questions = tuple(MarkedQuestion(id=text, text=text, answers=answers) for text in asked)
    return Context(source="squad", title=title, text="Kyiv is cold.", questions=questions)


def swapped(*contexts: Context, share: float = 1.0) -> set[str]:
    return {
        text for seed in range(20) for _, text in swapped_questions(contexts, Random(seed), shares={"squad": share})
    }


def test_a_name_becomes_another_name_of_the_same_article():
    assert swapped(context("Truce", "When did Arriaga call?", "Whom did Ilse Roon call?")) == {
        "When did Ilse Roon call?",
        "Whom did Arriaga call?",
    }


def test_a_number_becomes_another_number_and_never_a_name():
    assert swapped(context("Truce", "what began in 1994?", "what ended in 2002?", "when did Arriaga call?")) == {
        "what began in 2002?",
        "what ended in 1994?",
    }


def test_other_articles_lend_nothing_and_a_question_without_a_name_or_number_is_passed_over():
    assert swapped(context("Truce", "When did Arriaga call?"), context("Flood", "Whom did Roon call?")) == set()
    assert swapped(context("Truce", "why?", "who asked?")) == set()


def test_what_is_not_answered_already_is_not_swapped_and_a_share_of_nothing_gives_nothing():
    asked = ("When did Arriaga call?", "Whom did Roon call?")
    assert swapped(context("Truce", *asked, answers=())) == set()
    assert swapped(context("Truce", *asked), share=0.0) == set()
