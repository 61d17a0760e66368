"""Asking a set: what is measured of each question, what comes of bad ones, and how a run goes on where it stopped."""

from dataclasses import replace

import pytest

from rag.errors import DataError
from rag.evaluation.answering import figures_of
from rag.evaluation.asking import AskedQuestion
from rag.evaluation.losses import Step, step_lost
from rag.evaluation.report import load_report
from rag.evaluation.run import texts_in
from tests.unit.evaluated import QUESTIONS, STORIES, evaluation_of, library_of, placed, report_of


def by_id(*questions, **options) -> dict[str, AskedQuestion]:
    return {one.expected.id: one for one in report_of(questions or QUESTIONS, **options).asked}


def test_what_was_held_back_is_known_with_its_confidence():
    asked = by_id(scores={"Ada Ray": 1.0})
    painter = asked["painter"]
    assert not painter.is_answered
    assert (painter.text, painter.first, painter.is_first_right, painter.is_right) == ("", "Ada Ray", True, False)
    assert painter.confidence == pytest.approx(0.2689, abs=1e-4)
    assert asked["price"].is_right
    assert not asked["price"].is_first_right


def test_an_answer_is_lost_at_the_step_where_it_last_stood():
    assert step_lost(by_id()["ends"]) is Step.SHOWN
    assert step_lost(by_id()["began"]) is Step.NOT_READ
    assert step_lost(by_id(scores={"Sunday": 6.0, "Ada Ray": 5.0})["painter"]) is Step.NOT_CHOSEN
    assert step_lost(by_id(scores={"Ada Ray": 1.0})["painter"]) is Step.ABSTAINED
    lost = placed("x", "when does the halt end?", "Ada Ray", article="paint.txt")
    assert step_lost(by_id(lost, top_k=1)["x"]) is Step.NOT_RETRIEVED


def test_figures_count_each_of_the_four_outcomes():
    asked = list(by_id(scores={"Sunday": 6.0}).values())
    figures = figures_of(asked)
    assert (figures.answered_rightly, figures.answered_wrongly) == (1, 3)
    held = figures_of(list(by_id(scores={"Ada Ray": 1.0}).values()))
    assert (held.abstained_rightly, held.abstained_wrongly) == (1, 3)
    assert (held.refusal_precision.mean, held.refusal_recall.mean, held.no_answer.mean) == (0.25, 1.0, 1.0)
    assert (held.exact_match.mean, held.has_answer_exact.mean) == (0.25, 0.0)
    assert figures.citation_exactness.mean == 1.0
    assert figures.precision.mean == 0.25


def test_a_duplicate_of_the_article_counts_as_it():
    question = placed("x", "when does the halt end?", "Sunday", article="paint.txt", also=("halt.txt", "copy.txt"))
    assert figures_of(list(by_id(question).values())).recall_at_1.mean == 1.0
    alone = placed("x", "when does the halt end?", "Sunday", article="paint.txt")
    assert figures_of(list(by_id(alone).values())).mrr.mean == pytest.approx(1 / 3)


def test_a_quotation_that_is_not_verbatim_is_counted():
    whole = list(by_id().values())
    broken = [replace(one, is_verbatim=one.expected.id != "ends") for one in whole]
    assert figures_of(broken).citation_exactness.mean < 1.0


def test_a_turn_is_asked_after_what_the_product_itself_answered():
    turns = (
        placed("one", "when does the halt end?", "Friday"),
        placed("two", "and when did it begin?", "Friday", follows="one"),
        placed("other", "who is the painting by?", "Ada Ray", article="paint.txt", follows="two"),
    )
    asked = by_id(*turns)
    assert asked["one"].answer["trace"]["follow_up"] is None
    assert asked["two"].answer["trace"]["follow_up"]["is_follow_up"]
    assert asked["two"].answer["query"] != "and when did it begin?"
    assert asked["other"].answer["trace"]["follow_up"] is not None


def test_a_question_that_the_product_refuses_is_left_out_and_named():
    evaluation = evaluation_of((placed("long", "why? " * 1000, "Sunday"), *QUESTIONS))
    assert len(list(evaluation.run())) == len(QUESTIONS)
    report = evaluation.report()
    assert not report.is_partial
    (fault,) = report.faults
    assert "long cannot be asked: The question has" in str(fault)


def test_what_follows_a_question_that_was_left_out_is_left_out_too():
    turns = (placed("one", "why? " * 1000, "Sunday"), placed("two", "and when does it end?", "Sunday", follows="one"))
    evaluation = evaluation_of((*turns, *QUESTIONS))
    assert len(list(evaluation.run())) == len(QUESTIONS)
    assert "two follows one, which was left out" in str(evaluation.report().faults[1])


def test_a_run_that_stopped_goes_on_where_it_was(tmp_path):
    out = tmp_path / "run.json"
    stopped = evaluation_of(out=out)
    steps = stopped.run()
    first = [next(steps), next(steps)]
    stopped.save()
    assert load_report(out).is_partial
    rest = evaluation_of(out=out)
    assert [one.expected.id for one in rest.run()] == [one.expected.id for one in QUESTIONS[2:]]
    rest.save()
    whole = load_report(out)
    assert not whole.is_partial
    assert whole.asked[:2] == tuple(first)
    assert list(evaluation_of(out=out).run()) == []


def test_a_report_of_another_library_is_not_gone_on_from(tmp_path):
    out = tmp_path / "run.json"
    first = evaluation_of(out=out)
    first.save()
    with pytest.raises(DataError, match=r"other conditions \(library\)"):
        evaluation_of(out=out, stories=STORIES | {"new.txt": "More news."})


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", "null", '{"format_version": 1}', '{"format_version": 9}', "[" * 9999]
)
def test_a_file_that_is_no_report_is_refused_and_left_as_it_is(tmp_path, content):
    out = tmp_path / "run.json"
    out.write_text(content)
    with pytest.raises(DataError, match="is no report"):
        evaluation_of(out=out)
    assert out.read_text() == content


def test_a_report_that_cannot_be_written_is_told_before_anything_is_asked(tmp_path):
    evaluation = evaluation_of(out=tmp_path / "none" / "run.json")
    with pytest.raises(DataError, match="cannot be written"):
        next(evaluation.run())
    assert evaluation.asked == {}


def test_every_article_of_a_source_is_looked_at():
    texts_of = texts_in(library_of(STORIES))
    assert list(texts_of("halt.txt")) == [STORIES["halt.txt"]]
    assert list(texts_of("none.txt")) == []
