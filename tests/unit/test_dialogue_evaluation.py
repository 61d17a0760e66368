import pytest

from rag.answers import Abstention, AbstentionReason, Answer, FollowUp, Timings, Trace
from rag.evaluation.dialogues import TurnOutcome, dialogue_figures, dialogues_of
from rag.evaluation.question_sets import ExpectedAnswer


def turn(
    identifier: str, follows: str | None = None, *, changes_topic: bool = False, answers=("Ada",)
) -> ExpectedAnswer:
    return ExpectedAnswer(
        id=identifier,
        question="who?",
        answers=answers,
        article=None,
        also=(),
        type="who",
        follows=follows,
        changes_topic=changes_topic,
    )


def silence(*, carries: bool = False) -> Answer:
    return Answer(
        question="who?",
        query="who?",
        quotation=None,
        also_reported=(),
        abstention=Abstention(reason=AbstentionReason.NOTHING_FOUND, message="Nothing."),
        trace=Trace(
            hits=(),
            timings_ms=Timings(encode=0.0, search=0.0, read=0.0, total=0.0),
            follow_up=FollowUp(is_follow_up=carries, carried=(), reason="So."),
        ),
    )


def test_turns_stand_in_the_dialogue_of_the_turn_they_follow():
    first, other, second, third = turn("a-1"), turn("b-1"), turn("a-2", "a-1"), turn("a-3", "a-2")
    assert dialogues_of([first, other, second, third]) == [[first, second, third], [other]]


def test_a_turn_that_follows_nothing_known_begins_a_dialogue():
    assert dialogues_of([turn("a-2", "a-1")]) == [[turn("a-2", "a-1")]]


def test_only_answerable_follow_ups_count_for_f1_and_only_topic_changes_for_wrong_carry_over():
    outcomes = [
        TurnOutcome(turn("a-1"), silence(), silence()),
        TurnOutcome(turn("a-2", "a-1"), silence(carries=True), silence()),
        TurnOutcome(turn("a-3", "a-2", answers=()), silence(), silence()),
        TurnOutcome(turn("a-4", "a-3", changes_topic=True), silence(carries=True), silence()),
        TurnOutcome(turn("b-4", "b-3", changes_topic=True), silence(), silence()),
    ]
    figures = dialogue_figures(outcomes)
    assert (figures.follow_ups, figures.topic_changes) == (1, 2)
    assert figures.follow_ups_noticed == pytest.approx(0.5)
    assert figures.wrong_carry_over == pytest.approx(0.5)
    assert figures.f1 == figures.f1_alone == figures.share == 0.0


def test_of_nothing_all_figures_are_zero():
    figures = dialogue_figures([])
    assert (figures.follow_ups, figures.share, figures.wrong_carry_over) == (0, 0.0, 0.0)
