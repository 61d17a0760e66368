from dataclasses import replace

import pytest

from api.openai.conversation import last_question, past_turns, reply_to
from api.openai.schemas import ChatMessage
from api.openai.tasks import task_reply
from rag.answers import Answer, Citation, Hedge, Quotation, Relation, Sentence, Timings, Trace
from rag.conversation import PastTurn
from rag.errors import QuestionError

BASE = "http://127.0.0.1:8000/"


def quotation(text: str, *, url: str | None = None, title: str = "Truce") -> Quotation:
    sentence = Sentence(text=f"It is {text}\nindeed.", start=0, end=30)
    citation = Citation(
        article_id=7, version=2, start=6, end=9, title=title, source="a.txt", url=url, published=None, sentence=sentence
    )
    return Quotation(
        text=text,
        confidence=0.5,
        resolved=None,
        citation=citation,
        sources=1,
        speaker=None,
        hedge=Hedge.STATED,
        relation=Relation.CURRENT,
    )


def answer(*quotations: Quotation) -> Answer:
    timings = Timings(encode=0.0, search=0.0, read=0.0, total=0.0)
    trace = Trace(hits=(), timings_ms=timings, follow_up=None)
    first, *others = quotations
    return Answer(
        question="when?", query="when?", quotation=first, also_reported=tuple(others), abstention=None, trace=trace
    )


def test_every_annotation_covers_its_own_words() -> None:
    texts = ["Sunday 🕊️", "on “Monday” [1]", "é́", "Tuesday"]
    reply = reply_to(answer(*map(quotation, texts)), base_url=BASE)
    spans = [one.url_citation for one in reply.annotations]
    assert [reply.content[span.start_index : span.end_index] for span in spans] == texts


def test_words_that_come_back_as_history_are_those_that_were_quoted() -> None:
    reply = reply_to(answer(quotation("Sunday"), quotation("Monday")), base_url=BASE)
    messages = [
        ChatMessage(role="user", content="when does it end?"),
        ChatMessage(role="assistant", content=reply.content),
        ChatMessage(role="user", content="who says so?"),
        ChatMessage(role="assistant", content="The articles do not say."),
        ChatMessage(role="user", content="why?"),
    ]
    assert past_turns(messages) == (
        PastTurn(question="when does it end?", answer="Sunday"),
        PastTurn(question="who says so?", answer=None),
    )
    assert last_question(messages) == "why?"


def test_an_assistant_that_speaks_first_answers_nothing() -> None:
    messages = [ChatMessage(role="assistant", content="“Hello” [1]"), ChatMessage(role="user", content="who?")]
    assert past_turns(messages) == ()
    with pytest.raises(QuestionError):
        last_question(messages[:1])


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", " https://a", ""])
def test_an_address_that_is_not_of_the_web_is_never_passed_on(url) -> None:
    (annotation,) = reply_to(answer(quotation("Sunday", url=url)), base_url=BASE).annotations
    assert annotation.url_citation.url == f"{BASE}v1/articles/7?version=2"


def test_the_address_of_an_article_is_its_citation() -> None:
    cited = quotation("Sunday", url="https://example.org/a", title="")
    (annotation,) = reply_to(answer(cited), base_url=BASE).annotations
    assert (annotation.url_citation.url, annotation.url_citation.title) == ("https://example.org/a", "a.txt")


def test_a_source_takes_one_line_whatever_its_sentence_holds() -> None:
    reply = reply_to(answer(quotation("Sunday")), base_url=BASE)
    assert reply.content == "“Sunday” [1]\n\n[1] Truce, a.txt, 50% sure: It is Sunday indeed."


def test_an_abstention_that_was_not_given_is_a_bug() -> None:
    with pytest.raises(AssertionError):
        reply_to(replace(answer(quotation("x")), quotation=None), base_url=BASE)


@pytest.mark.parametrize("text", ["", "when?", "What is a ### Task: heading?"])
def test_a_question_is_no_task(text) -> None:
    assert task_reply(text) is None


def test_a_task_of_no_known_kind_gets_nothing() -> None:
    assert task_reply("### Task:\nReflect the mood with an emoji.") == ""
    assert task_reply('### Task:\nComplete. { "text": "..." }') == '{"text": ""}'
    assert task_reply('### Task:\n{ "title": "..." }') == '{"title": "Question"}'
