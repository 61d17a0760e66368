"""`pullquote serve` as a person starts it: its own process, the shipped models, a real socket."""

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest
from jsonschema import Draft202012Validator

from rag.assembly import build_assistant, build_embedder, open_library
from rag.assistant import Assistant
from rag.settings import Settings, load_settings

QUESTION = "when does the truce end?"
UNANSWERABLE = "who won the chess world championship?"
COMMAND = [sys.executable, "-m", "tui.cli"]


@contextmanager
def serving(directory: Path) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """Start the server on a free port, and stop it as a terminal does."""
    command = [*COMMAND, "--library", str(directory), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            told = process.stderr.readline()
            address = re.search(r"http://127\.0\.0\.1:\d+", told)
            assert address is not None, told + process.stderr.read()
            with httpx.Client(base_url=address[0], timeout=30) as client:
                yield process, client
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def served_settings(sample_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a library of our own, which tests may add to."""
    directory = tmp_path_factory.mktemp("served") / "library"
    shutil.copytree(sample_settings.library, directory)
    return load_settings(library=directory)


@pytest.fixture(scope="module")
def client(served_settings: Settings) -> Iterator[httpx.Client]:
    with serving(served_settings.library) as (_, client):
        yield client


@pytest.fixture(scope="module")
def assistant(served_settings: Settings) -> Iterator[Assistant]:
    """An assistant in this process, on the library that is served."""
    embedder = build_embedder(served_settings)
    with closing(open_library(served_settings, embedder=embedder)) as library:
        yield build_assistant(served_settings, library=library, embedder=embedder)


def without_timings(answer: dict) -> dict:
    assert answer["trace"].pop("timings_ms")["total"] > 0
    return answer


def ask(client: httpx.Client, question: str, **options) -> dict:
    response = client.post("/v1/ask", json={"question": question, **options})
    assert response.status_code == 200, response.text
    return response.json()


@pytest.mark.parametrize(
    "question", [QUESTION, UNANSWERABLE, "Кто объявил перемирие? 🙂", "[/bold] \x1b[31m\x00 when?"]
)
def test_the_answer_is_that_of_the_assistant(client, assistant, question):
    expected = json.loads(json.dumps(assistant.answer(question).as_json()))
    assert without_timings(ask(client, question)) == without_timings(expected)


def test_a_question_is_answered_with_the_words_of_the_article(client):
    answer = ask(client, QUESTION)
    assert answer["answered"] is True
    sentence = answer["answer"]["citation"]["sentence"]["text"]
    assert answer["answer"]["text"] in sentence


def test_an_abstention_is_not_an_error(client):
    answer = ask(client, UNANSWERABLE)
    assert (answer["answered"], answer["answer"]) == (False, None)
    assert answer["abstention"]["message"]


def test_options_reach_the_assistant(client):
    assert ask(client, QUESTION, source="nowhere")["abstention"]["reason"] == "nothing_found"
    assert ask(client, QUESTION, as_of="1999-01-01", until="2099-01-01")["abstention"]["reason"] == "nothing_found"
    assert ask(client, QUESTION, min_confidence=1.0)["abstention"]["reason"] == "not_sure"
    assert len(ask(client, QUESTION, top_k=1)["trace"]["hits"]) == 1


@pytest.mark.parametrize("question", ["", " \n\t ", "x" * 100_000])
def test_a_question_that_cannot_be_asked_is_a_problem(client, question):
    response = client.post("/v1/ask", json={"question": question})
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["remedy"]
    assert len(response.content) < 1000


def test_a_follow_up_finds_what_the_query_that_came_back_finds_and_tells_what_it_was_read_with(client):
    first = ask(client, QUESTION)
    history = [{"question": QUESTION, "answer": first["answer"]["text"] if first["answer"] else None}]
    followed = ask(client, "and who asked for it?", history=history)
    assert followed["query"] == "Who asked for the truce?"
    assert followed["trace"]["follow_up"]["is_follow_up"] is True
    assert followed["trace"]["follow_up"]["carried"] == ["the truce"]
    assert followed["trace"]["follow_up"]["context"].startswith(QUESTION.capitalize())
    alone = ask(client, followed["query"])
    assert alone["trace"]["follow_up"] is None
    assert followed["query"] == alone["query"]
    found, found_alone = (
        [(hit["article_id"], hit["start"], hit["end"], hit["score"]) for hit in one["trace"]["hits"]]
        for one in (followed, alone)
    )
    assert found == found_alone


def test_the_article_that_answered_before_makes_what_it_says_surer(client):
    first = ask(client, QUESTION)
    turn = {"question": QUESTION, "answer": first["answer"]["text"]}
    article_id = first["answer"]["citation"]["article_id"]
    plain = ask(client, "and who asked for it?", history=[turn], min_confidence=0.0)
    followed = ask(client, "and who asked for it?", history=[turn | {"article_id": article_id}], min_confidence=0.0)
    assert followed["trace"]["follow_up"]["article_id"] == article_id
    assert plain["trace"]["follow_up"]["article_id"] is None
    assert followed["answer"]["text"] == plain["answer"]["text"]
    assert followed["answer"]["confidence"] > plain["answer"]["confidence"]


@pytest.mark.parametrize("article_id", [0, -1, "1", 1.5, 2**53])
def test_an_article_id_in_the_history_that_is_none_is_refused(client, article_id):
    turn = {"question": QUESTION, "answer": "Sunday", "article_id": article_id}
    refused = client.post("/v1/ask", json={"question": "why?", "history": [turn]})
    assert refused.status_code == 422
    assert "article_id" in refused.json()["detail"]


def test_a_follow_up_with_nothing_before_it_is_asked_as_it_stands(client):
    for history in ([], [{"question": " "}]):
        assert ask(client, "and who asked for it?", history=history)["query"] == "and who asked for it?"


def test_a_thousand_turns_are_taken_and_more_are_refused(client):
    turn = {"question": QUESTION, "answer": ""}
    assert ask(client, "and who asked for it?", history=[turn] * 1000)["query"] == "Who asked for the truce?"
    refused = client.post("/v1/ask", json={"question": QUESTION, "history": [turn] * 1001})
    assert refused.status_code == 422
    assert "history" in refused.json()["detail"]


@pytest.mark.parametrize(
    ("turn", "place"),
    [
        ("when?", "body.history.1"),
        (None, "body.history.1"),
        ({}, "body.history.1.question"),
        ({"question": ""}, "body.history.1.question"),
        ({"question": 5}, "body.history.1.question"),
        ({"question": "x" * 1001}, "body.history.1.question"),
        ({"question": QUESTION, "answer": ["x"]}, "body.history.1.answer"),
        ({"question": QUESTION, "answer": "x" * 100_000}, "body.history.1.answer"),
        ({"question": QUESTION, "role": "user"}, "body.history.1.role"),
    ],
)
def test_a_malformed_turn_is_a_problem_that_names_its_place(client, turn, place):
    response = client.post("/v1/ask", json={"question": QUESTION, "history": [{"question": QUESTION}, turn]})
    assert response.status_code == 422
    assert f"{place}:" in response.json()["detail"]
    assert len(response.content) < 1000


def test_control_characters_in_a_turn_do_no_harm_and_what_is_no_text_is_a_problem(client):
    turn = {"question": "Who won the \x00 \x1b[31m Kesselbrück marathon?", "answer": "Ada \x07 Ray"}
    assert ask(client, "how old is she?", history=[turn])["query"] == "How old is Ada Ray?"
    body = json.dumps({"question": "how old is she?", "history": [{"question": "Who is \ud800?"}]})
    response = client.post("/v1/ask", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 422
    assert "body.history.0.question:" in response.json()["detail"]


def test_a_conversation_goes_on_over_an_article_that_was_removed(client, served_settings, tmp_path):
    article = tmp_path / "lighthouse.txt"
    article.write_text("Lighthouse sold\n\nThe lighthouse of Skarnvik was sold to Ada Ray for 12 crowns.\n")
    library = ["--library", served_settings.library]
    subprocess.run([*COMMAND, *library, "add", article], check=True, capture_output=True)
    first = ask(client, "Who bought the lighthouse of Skarnvik?", min_confidence=0.0)
    cited = first["trace"]["hits"][0]["article_id"]
    subprocess.run([*COMMAND, *library, "remove", str(cited)], check=True, capture_output=True)
    history = [{"question": first["question"], "answer": "Ada Ray"}]
    followed = ask(client, "why did she buy it?", history=history, min_confidence=0.0)
    assert followed["query"] == "Why did Ada Ray buy the lighthouse of Skarnvik?"
    assert cited not in {hit["article_id"] for hit in followed["trace"]["hits"]}


def test_a_wrong_host_is_refused(client):
    assert client.post("/v1/ask", json={"question": QUESTION}, headers={"host": "evil.example"}).status_code == 400


def test_every_response_forbids_what_a_browser_might_do_with_it(client):
    for response in (client.get("/healthz"), client.get("/nowhere"), client.get("/", headers={"host": "evil.example"})):
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["content-security-policy"].startswith("default-src 'none'")
        assert "access-control-allow-origin" not in response.headers


def test_answers_and_abstentions_are_as_the_openapi_document_declares(client):
    document = client.get("/openapi.json").json()
    declared = document["paths"]["/v1/ask"]["post"]["responses"]
    schema = declared["200"]["content"]["application/json"]["schema"]
    validator = Draft202012Validator({**schema, "components": document["components"]})
    for question in (QUESTION, UNANSWERABLE):
        answer = ask(client, question)
        validator.validate(answer)
        assert not validator.is_valid({**answer, "answered": "maybe"})
    problem = client.post("/v1/ask", json={}).json()
    Draft202012Validator(declared["default"]["content"]["application/problem+json"]["schema"]).validate(problem)


def test_questions_asked_at_once_get_the_answers_they_get_alone(client):
    questions = [QUESTION, UNANSWERABLE, "who asked for the halt?", "how long does it last?"]
    alone = [without_timings(ask(client, question)) for question in questions]
    with ThreadPoolExecutor(max_workers=4) as pool:
        together = [without_timings(answer) for answer in pool.map(lambda asked: ask(client, asked), questions * 2)]
    assert together == alone * 2


def test_an_article_that_another_process_adds_is_answered_from_at_once(client, served_settings, tmp_path):
    article = tmp_path / "ferry.txt"
    article.write_text("Ferry fares\n\nThe fare of the Torrhavn ferry rises to 14 crowns on Monday.\n")
    before = client.get("/readyz").json()["generation"]
    subprocess.run([*COMMAND, "--library", served_settings.library, "add", article], check=True, capture_output=True)
    assert client.get("/readyz").json() == {"status": "ready", "generation": before + 1}
    found = ask(client, "What is the fare of the Torrhavn ferry?", source="ferry.txt")
    assert len(found["trace"]["hits"]) == 1


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_the_server_ends_cleanly(sample_settings, ending):
    with serving(sample_settings.library) as (process, client):
        assert client.get("/healthz", headers={"x-request-id": "mine-1"}).json() == {"status": "alive"}
        process.send_signal(ending)
        _, told = process.communicate(timeout=20)
        assert process.returncode == 0
    (line,) = map(json.loads, told.splitlines())
    assert (line["request_id"], line["path"], line["status"]) == ("mine-1", "/healthz", 200)


def test_a_port_that_is_taken_is_told_with_its_remedy(sample_settings):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [*COMMAND, "--library", sample_settings.library, "serve", "--port", port]
        refused = subprocess.run(command, check=False, capture_output=True, text=True, timeout=30)
    assert refused.returncode == 3
    assert f"Port {port}" in refused.stderr
    assert "--port" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_library_that_is_not_there_is_made(tmp_path):
    with serving(tmp_path / "new" / "library") as (_, client):
        assert client.get("/readyz").json() == {"status": "ready", "generation": 0}
        assert ask(client, QUESTION)["abstention"]["reason"] == "nothing_found"
