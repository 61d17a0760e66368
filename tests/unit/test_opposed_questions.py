from random import Random

from rag.evaluation.squad_data import Context, MarkedAnswer, MarkedQuestion
from rag.training.opposed_questions import opposed_questions

TEXT = "The truce began on Monday. Few people died in the first week."


def opposed(question: str, *, text: str = TEXT, share: float = 1.0, answered: bool = True) -> set[str]:
    answers = (MarkedAnswer("Monday", 19),) if answered else ()
    asked = MarkedQuestion(id="q", text=question, answers=answers)
    contexts = [Context(source="squad", title="Truce", text=text, questions=(asked,))]
    return {text for seed in range(40) for _, text in opposed_questions(contexts, Random(seed), share=share)}


def test_a_word_becomes_its_opposite():
    assert opposed("How many died in the first week?") == {
        "How many survived in the first week?",
        "How many died in the last week?",
    }


def test_an_opposite_that_the_text_names_is_not_used():
    assert opposed("What came first?", text="What came last is unknown.") == set()


def test_a_question_without_such_a_word_is_denied_behind_its_subject():
    assert opposed("Which towns did the ministry name?") == {
        "Which towns did the ministry not name?",
        "Which towns did the ministry never name?",
    }


def test_what_is_not_answered_already_stays_and_a_share_of_nothing_gives_nothing():
    assert opposed("Who lost?", answered=False) == set()
    assert opposed("Who lost?", share=0.0) == set()
