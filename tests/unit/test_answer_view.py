import pytest

from rag.answers import Answer, Citation, Hedge, Quotation, Relation, Sentence, Speaker, Timings, Trace
from tui.answer_view import answer_lines


def quotation(text: str, **changed) -> Quotation:
    sentence = f"It was {text}."
    citation = Citation(
        article_id=1,
        version=1,
        start=7,
        end=7 + len(text),
        title="Toll rises",
        source="toll.txt",
        url=None,
        published=changed.pop("published", "2026-01-12"),
        sentence=Sentence(text=sentence, start=0, end=len(sentence)),
    )
    given = {"hedge": Hedge.STATED, "speaker": None, "relation": Relation.CURRENT, **changed}
    return Quotation(text=text, confidence=0.7, resolved=None, citation=citation, sources=1, **given)


def shown(first: Quotation, *others: Quotation) -> list[str]:
    trace = Trace(hits=(), timings_ms=Timings(encode=1.0, search=1.0, read=1.0, total=3.0), follow_up=None)
    answer = Answer(
        question="how many?", query="how many?", quotation=first, also_reported=others, abstention=None, trace=trace
    )
    return [line.plain for line in answer_lines(answer)]


SPEAKER = Speaker(text="the navy", start=30, end=38)


@pytest.mark.parametrize(
    ("hedge", "speaker", "line"),
    [
        (Hedge.STATED, None, "“nine”"),
        (Hedge.STATED, SPEAKER, "“nine”, says the navy"),
        (Hedge.DENIED, SPEAKER, "“nine”, denied by the navy"),
        (Hedge.DENIED, None, "“nine”, denied"),
        (Hedge.EXPECTED, SPEAKER, "“nine”, expected, says the navy"),
        (Hedge.ALLEGED, None, "“nine”, alleged"),
        (Hedge.NEGATED, None, "“nine”, said not to be so"),
    ],
)
def test_the_first_line_tells_how_firmly_and_by_whom_it_is_said(hedge, speaker, line):
    assert shown(quotation("nine", hedge=hedge, speaker=speaker))[0] == line


def test_an_earlier_value_is_shown_with_its_day():
    lines = shown(quotation("eleven"), quotation("nine", relation=Relation.EARLIER, published="2026-01-12T09:30:00"))
    assert "  earlier, 12 January 2026: “nine” (70% sure; 1 article says so): Toll rises" in lines


def test_another_value_is_shown_without_a_day_and_no_denial_stands_alone():
    lines = shown(quotation("eleven"), quotation("nine", relation=Relation.OTHER, hedge=Hedge.DENIED))
    assert "  “nine”, denied (70% sure; 1 article says so): Toll rises" in lines
