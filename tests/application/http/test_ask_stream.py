"""A question as a stream of events, over a real socket."""

import json
import shutil
import signal

import httpx
import pytest

from tests.application.http.serving import serving

QUESTION = {"question": "When does the truce end?"}
AS_EVENTS = {"accept": "text/event-stream"}


def events_in(text: str) -> list[tuple[str, dict]]:
    """Read a stream as its standard says, independently of the server."""
    found = []
    for block in text.split("\n\n"):
        if not block or block.startswith(":"):
            continue
        fields = dict(line.split(": ", maxsplit=1) for line in block.split("\n"))
        found.append((fields["event"], json.loads(fields["data"])))
    return found


def stream(client: httpx.Client, **request) -> list[tuple[str, dict]]:
    response = client.post("/v1/ask", json=QUESTION | request, headers=AS_EVENTS)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("text/event-stream")
    return events_in(response.text)


def without_timings(answer: dict) -> dict:
    assert answer["trace"].pop("timings_ms")["total"] > 0
    return answer


def test_the_steps_come_in_order_and_each_hit_is_read_once(client):
    events = stream(client)
    names = [name for name, _ in events]
    hits = events[1][1]["hits"]
    assert names == ["query", "hits", *["candidate"] * len(hits), "answer", "done"]
    assert events[0][1] == {"query": QUESTION["question"]}
    candidates = [data for name, data in events if name == "candidate"]
    assert [candidate["rank"] for candidate in candidates] == list(range(1, len(hits) + 1))
    for candidate, hit in zip(candidates, hits, strict=True):
        assert (candidate["text"] or "") in hit["text"]


def test_the_answer_in_a_stream_is_the_answer_without_one_to_the_last_bit(client):
    for question in (QUESTION["question"], "who won the chess world championship?", "Кто? 🙂 \x1b[31m"):
        streamed = dict(stream(client, question=question))["answer"]
        whole = client.post("/v1/ask", json={"question": question}).json()
        assert without_timings(streamed) == without_timings(whole)


def test_candidates_and_trace_tell_the_same_margins(client):
    events = stream(client)
    margins = [data["margin"] for name, data in events if name == "candidate"]
    for margin, hit in zip(margins, dict(events)["answer"]["trace"]["hits"], strict=True):
        expected = None if hit["span_score"] is None else hit["span_score"] - hit["null_score"]
        assert margin == expected


def test_a_follow_up_tells_its_query_first(client):
    history = [{"question": QUESTION["question"], "answer": "Sunday"}]
    events = stream(client, question="and who asked for it?", history=history)
    assert events[0] == ("query", {"query": "Who asked for the truce?"})


@pytest.mark.parametrize("question", [" \n", "so " * 330])
def test_a_question_that_cannot_be_asked_is_a_problem_before_there_is_a_stream(client, question):
    response = client.post("/v1/ask", json={"question": question}, headers=AS_EVENTS)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/*", "", "text/event-streams", ";,;;, ,"])
def test_who_does_not_ask_for_events_gets_json(client, accept):
    response = client.post("/v1/ask", json=QUESTION, headers={"accept": accept})
    assert response.headers["content-type"] == "application/json"


def test_events_are_asked_for_among_other_types_in_any_case(client):
    headers = {"accept": "application/json;q=0.5, Text/Event-Stream;q=0.9"}
    response = client.post("/v1/ask", json=QUESTION, headers=headers)
    assert response.headers["content-type"].startswith("text/event-stream")


def test_a_client_that_leaves_mid_stream_harms_nobody(client):
    for _ in range(5):
        with client.stream("POST", "/v1/ask", json=QUESTION | {"top_k": 100}, headers=AS_EVENTS) as response:
            assert next(response.iter_lines()) == "event: query"
    assert stream(client)[-1] == ("done", {})


def test_a_server_that_is_told_to_end_finishes_the_stream_and_takes_nothing_new(tmp_path, sample_settings):
    library = shutil.copytree(sample_settings.library, tmp_path / "library")
    with serving(library) as (process, client):
        with client.stream("POST", "/v1/ask", json=QUESTION, headers=AS_EVENTS) as response:
            lines = response.iter_lines()
            assert next(lines) == "event: query"
            process.send_signal(signal.SIGTERM)
            told = "\n".join(["event: query", *lines]).strip()
        assert [name for name, _ in events_in(told)][-2:] == ["answer", "done"]
        assert process.wait(timeout=60) == 0
        with pytest.raises(httpx.ConnectError):
            client.get("/healthz")
