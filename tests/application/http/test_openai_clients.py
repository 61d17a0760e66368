"""The clients that speak OpenAI: its own, LangChain's, and what Open WebUI sends."""

import json
from collections.abc import Iterator

import httpx
import openai
import pytest
from langchain_core.messages import AIMessage, HumanMessage
from langchain_openai import ChatOpenAI

QUESTION = "When does the truce end?"
UNANSWERABLE = "who won the chess world championship?"


def user(text) -> dict:
    return {"role": "user", "content": text}


@pytest.fixture(scope="module")
def official(address: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0) as official:
        yield official


def complete(official: openai.OpenAI, *messages, **options):
    return official.chat.completions.create(model="pullquote", messages=[*messages], **options)


def test_the_one_model_is_listed_and_found(official):
    assert [model.id for model in official.models.list()] == ["pullquote"]
    assert official.models.retrieve("pullquote").object == "model"
    with pytest.raises(openai.NotFoundError, match="only model"):
        official.models.retrieve("gpt")


def test_the_reply_is_the_quotation_with_its_source(official, client):
    completion = complete(official, user(QUESTION))
    (choice,) = completion.choices
    expected = client.post("/v1/ask", json={"question": QUESTION}).json()
    assert choice.message.content.startswith(f"“{expected['answer']['text']}” [1]")
    assert expected["answer"]["citation"]["source"] in choice.message.content
    assert (choice.finish_reason, choice.message.role, completion.object) == ("stop", "assistant", "chat.completion")
    answer = completion.model_extra["pullquote"]
    assert (answer["answer"], answer["also_reported"]) == (expected["answer"], expected["also_reported"])


def test_each_citation_covers_its_words_in_the_reply_and_can_be_opened(official, client):
    completion = complete(official, user(QUESTION))
    message, answer = completion.choices[0].message, completion.model_extra["pullquote"]
    for annotation, quotation in zip(message.annotations, [answer["answer"], *answer["also_reported"]], strict=True):
        citation = annotation.url_citation
        assert message.content[citation.start_index : citation.end_index] == quotation["text"]
        assert client.get(citation.url).json()["id"] == quotation["citation"]["article_id"]


def test_an_abstention_is_told_in_words_and_cites_nothing(official):
    message = complete(official, user(UNANSWERABLE)).choices[0].message
    assert message.content.startswith("The articles do not say.")
    assert not message.annotations


def test_a_stream_brings_the_same_reply_and_ends(official):
    whole = complete(official, user(QUESTION)).choices[0].message
    chunks = list(complete(official, user(QUESTION), stream=True, stream_options={"include_usage": True}))
    assert chunks[0].choices[0].delta.role == "assistant"
    assert len({chunk.id for chunk in chunks}) == 1
    deltas = [choice.delta for chunk in chunks for choice in chunk.choices]
    assert "".join(delta.content or "" for delta in deltas) == whole.content
    assert deltas[-1].model_extra["annotations"] == [one.model_dump() for one in whole.annotations]
    assert [choice.finish_reason for chunk in chunks for choice in chunk.choices][-1] == "stop"
    assert (chunks[-1].choices, chunks[-1].usage.total_tokens) == ([], 0)


def test_the_raw_stream_ends_in_done(client):
    body = {"messages": [user(QUESTION)], "stream": True}
    assert client.post("/v1/chat/completions", json=body).text.endswith("data: [DONE]\n\n")


def test_earlier_messages_are_the_history(official):
    first = complete(official, user(QUESTION)).choices[0].message.content
    told = [{"role": "system", "content": "Be brief."}, user(QUESTION), {"role": "assistant", "content": first}]
    followed = complete(official, *told, user("and who asked for it?"))
    assert followed.model_extra["pullquote"]["query"] == "Who asked for the truce?"


def test_content_in_parts_and_unknown_fields_are_taken(official):
    parts = [{"type": "text", "text": QUESTION}, {"type": "image_url", "image_url": {"url": "data:,"}}]
    completion = complete(official, user(parts), temperature=0.2, seed=1, tools=[], extra_body={"chat_id": "x"})
    assert completion.model_extra["pullquote"]["question"] == QUESTION


@pytest.mark.parametrize(
    ("messages", "status"),
    [
        ([], 422),
        ([user(" ")], 422),
        ([user("x" * 2000)], 422),
        ([{"role": "assistant", "content": "x"}], 422),
        ("x", 422),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_errors_have_the_shape_of_openai(client, messages, status, stream):
    response = client.post("/v1/chat/completions", json={"messages": messages, "stream": stream})
    assert response.status_code == status
    assert response.headers["content-type"] == "application/json"
    assert set(response.json()["error"]) == {"message", "type", "param", "code"}
    assert int(response.headers["content-length"]) == len(response.content)


def test_the_official_client_raises_errors_with_their_remedy(official):
    with pytest.raises(openai.UnprocessableEntityError, match="Ask something"):
        complete(official, user(" "))


def test_a_foreign_host_is_refused_in_the_shape_of_openai(client):
    response = client.get("/v1/models", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert response.json()["error"]["type"] == "invalid_request_error"


def test_langchain_invokes_streams_and_goes_on(address, client, request):
    chat = ChatOpenAI(base_url=f"{address}/v1", api_key="none", model="pullquote", max_retries=0)
    request.addfinalizer(chat.root_client.close)
    expected = client.post("/v1/ask", json={"question": QUESTION}).json()["answer"]["text"]
    first = chat.invoke(QUESTION)
    assert f"“{expected}” [1]" in first.content
    assert "".join(chunk.content for chunk in chat.stream(QUESTION)) == first.content
    followed = chat.invoke([HumanMessage(QUESTION), AIMessage(first.content), HumanMessage("and who asked for it?")])
    assert followed.content
    with pytest.raises(openai.UnprocessableEntityError):
        chat.invoke(" ")


HISTORY = f"### Chat History:\n<chat_history>\nUSER: {QUESTION}\nASSISTANT: “Sunday” [1]\n</chat_history>"


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        ('Generate a concise title.\n### Output:\nJSON format: { "title": "your title" }', {"title": QUESTION}),
        ('Generate 1-3 tags.\n### Output:\nJSON format: { "tags": ["a"] }', {"tags": []}),
        ('Suggest follow-ups.\n### Output:\nJSON format: { "follow_ups": ["a"] }', {"follow_ups": []}),
        ('Write search queries.\n### Output:\n{ "queries": ["a"] }', {"queries": []}),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_tasks_of_open_webui_are_no_questions(official, task, expected, stream):
    asked = user(f"### Task:\n{task}\n{HISTORY}" + " " * 5000)
    if stream:
        chunks = complete(official, asked, stream=True)
        content = "".join(choice.delta.content or "" for chunk in chunks for choice in chunk.choices)
    else:
        content = complete(official, asked).choices[0].message.content
    assert json.loads(content) == expected


def test_a_client_that_leaves_a_chat_harms_nobody(address, official):
    with httpx.Client(base_url=address) as leaving:
        body = {"messages": [user(QUESTION)], "stream": True}
        with leaving.stream("POST", "/v1/chat/completions", json=body) as response:
            next(response.iter_lines())
    assert complete(official, user(QUESTION)).choices
