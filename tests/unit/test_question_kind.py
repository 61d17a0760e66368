import pytest

from rag.question_kind import QuestionKind, question_kind, suits_kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("who asked for the halt?", QuestionKind.WHO),
        ("WHEN does it end", QuestionKind.WHEN),
        ("what date is the vote", QuestionKind.WHEN),
        ("how many people died", QuestionKind.HOW_MANY),
        ("how much does it cost", QuestionKind.HOW_MANY),
        ("how long will it last", QuestionKind.HOW_LONG),
        ("how did he react", QuestionKind.HOW),
        ("what caused the fire", QuestionKind.WHY),
        ("cost of harbour repairs", QuestionKind.WHAT),
        ("", QuestionKind.WHAT),
    ],
)
def test_the_question_words_tell_the_kind(question, kind):
    assert question_kind(question) is kind


@pytest.mark.parametrize(
    ("span", "kind", "suits"),
    [
        ("Sunday, February 1st", QuestionKind.WHEN, True),
        ("the energy infrastructure", QuestionKind.WHEN, False),
        ("Żaneta Őry", QuestionKind.WHO, True),
        ("the cold wave", QuestionKind.WHO, False),
        ("fourteen", QuestionKind.HOW_MANY, True),
        ("the port", QuestionKind.HOW_MANY, False),
        ("one week", QuestionKind.HOW_LONG, True),
        ("anything at all", QuestionKind.WHY, True),
    ],
)
def test_a_span_suits_a_kind_by_its_looks(span, kind, suits):
    assert suits_kind(span, kind) is suits
