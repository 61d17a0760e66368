from random import Random

from rag.evaluation.squad_data import Context, MarkedAnswer, MarkedQuestion
from rag.training.follow_ups import in_context

FIRST = MarkedQuestion(id="1", text="When does the truce in Kyiv end?", answers=(MarkedAnswer("Sunday", 0),))
SECOND = MarkedQuestion(id="2", text="Old form?", answers=(), asked="and in Odesa?", follows="1")
THIRD = MarkedQuestion(id="3", text="Older form?", answers=(), asked="why?", follows="2")
CONTEXT = Context(source="conversations", title="Truce", text="Sunday.", questions=(FIRST, SECOND, THIRD))


def asked(seed: int) -> tuple[str, ...]:
    (context,) = in_context([CONTEXT], Random(seed))
    assert [question.answers for question in context.questions] == [FIRST.answers, (), ()]
    return tuple(question.text for question in context.questions)


def test_most_follow_ups_come_with_the_question_before_and_its_answer():
    seen = [asked(seed) for seed in range(200)]
    assert {first for first, _, _ in seen} == {FIRST.text}
    seconds = [second for _, second, _ in seen]
    alone, unanswered = (
        "When does the truce in Odesa end?",
        "When does the truce in Odesa end? (When does the truce in Kyiv end?)",
    )
    whole = "When does the truce in Odesa end? (When does the truce in Kyiv end? Sunday)"
    assert set(seconds) == {alone, unanswered, whole}
    assert seconds.count(alone) < seconds.count(whole) > seconds.count(unanswered)
    assert {third for _, _, third in seen} == {
        "Why does the truce in Odesa end?",
        "Why does the truce in Odesa end? (When does the truce in Odesa end?)",
    }


def test_a_question_that_was_left_out_ends_the_turns_before():
    orphan = Context(source="conversations", title="Truce", text="Sunday.", questions=(THIRD,))
    (context,) = in_context([orphan], Random(1))
    assert [question.text for question in context.questions] == [THIRD.asked]


def test_the_same_seed_gives_the_same_questions():
    assert asked(3) == asked(3)
