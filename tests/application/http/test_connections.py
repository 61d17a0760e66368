"""Connections that go wrong, many at once, and a library that goes away, on the real server."""

import json
import shutil
import socket
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import httpx
import pytest

from tests.application.http.serving import serving

ASK = b"POST /v1/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
QUESTION = {"question": "When does the truce end?"}


@pytest.fixture(scope="module")
def limited(tmp_path_factory) -> Iterator[httpx.Client]:
    """A server that waits for a body a second, lets two questions wait and logs what is asked."""
    environment = {
        "PULLQUOTE_API__BODY_TIMEOUT_S": "1",
        "PULLQUOTE_API__MAX_WAITING": "2",
        "PULLQUOTE_API__REQUESTS_PER_MINUTE": "1000000",
    }
    with serving(tmp_path_factory.mktemp("limited") / "library", environment=environment) as (_, client):
        yield client


def connected(client: httpx.Client) -> socket.socket:
    return socket.create_connection((client.base_url.host, client.base_url.port), timeout=30)


def reply(connection: socket.socket) -> bytes:
    told = b""
    while piece := connection.recv(65536):
        told += piece
    return told


def test_a_body_that_drips_is_refused_and_its_connection_closed(limited):
    with connected(limited) as connection:
        connection.sendall(ASK + b"Content-Length: 1000\r\n\r\n{")
        told = reply(connection)
    assert told.startswith(b"HTTP/1.1 408 ")
    assert b"application/problem+json" in told


def test_a_head_that_never_ends_is_given_up(limited):
    began = time.monotonic()
    with connected(limited) as connection:
        connection.sendall(ASK)
        assert reply(connection) == b""
    assert time.monotonic() - began < 25


def test_a_connection_that_is_kept_is_answered_without_waiting_for_its_acknowledgements(limited):
    with connected(limited) as connection:
        took = []
        for _ in range(11):
            began = time.monotonic()
            connection.sendall(b"GET /v1/jobs/none HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            told = b""
            while not told.endswith(b"}"):
                told += connection.recv(65536)
            took.append(time.monotonic() - began)
    assert statistics.median(took) < 0.035


@pytest.mark.parametrize(
    "sent", [b"", b"\r\n\r\n", b"GET", b"\x00\xff" * 50, b"GET / HTTP/9\r\n\r\n", ASK + b"X: \x00\r\n\r\n"]
)
def test_what_is_no_request_ends_its_connection_alone(limited, sent):
    with connected(limited) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        told = reply(connection)
    assert told == b"" or told.startswith(b"HTTP/1.1 400 ")
    assert limited.get("/healthz").status_code == 200


def test_a_client_that_closes_its_half_gets_its_answer(limited):
    body = json.dumps(QUESTION).encode()
    with connected(limited) as connection:
        connection.sendall(ASK + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        connection.shutdown(socket.SHUT_WR)
        told = reply(connection)
    assert told == b"" or told.startswith(b"HTTP/1.1 200 ")
    assert limited.get("/healthz").status_code == 200


def test_a_thousand_clients_at_once_are_answered_or_told_to_come_again(limited):
    with ExitStack() as stack:
        connections = [stack.enter_context(connected(limited)) for _ in range(1000)]
        body = json.dumps(QUESTION).encode()
        for connection in connections:
            connection.sendall(ASK + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        with ThreadPoolExecutor(16) as pool:
            told = list(pool.map(reply, connections))
    statuses = [int(one.split()[1]) for one in told]
    assert set(statuses) <= {200, 503}
    assert 200 in statuses
    assert all(b"retry-after: 1" in one for one, status in zip(told, statuses, strict=True) if status == 503)


def test_a_library_that_disappears_is_a_problem_and_the_server_lives(tmp_path):
    library = tmp_path / "library"
    with serving(library) as (_, client):
        assert client.post("/v1/articles", json={"text": "The truce ends on Sunday."}).status_code == 201
        shutil.rmtree(library)
        for response in (client.get("/v1/articles"), client.post("/v1/ask", json=QUESTION), client.get("/readyz")):
            assert response.status_code == 503, response.text
            assert response.json()["remedy"]
        assert client.get("/healthz").status_code == 200


def test_questions_are_logged_only_for_who_asks_for_it(tmp_path):
    told = {}
    for is_asked_for in ("true", "false"):
        variables = {"PULLQUOTE_API__LOG_QUESTIONS": is_asked_for}
        with serving(tmp_path / "library", environment=variables) as (process, client):
            client.post("/v1/ask", json={"question": "Who is Grimalkin?"})
            process.terminate()
            _, told[is_asked_for] = process.communicate(timeout=30)
    assert "Grimalkin" in told["true"]
    assert "Grimalkin" not in told["false"]
    lines = [json.loads(line) for line in told["true"].splitlines()]
    assert len({line["request_id"] for line in lines}) == 1


def test_other_machines_are_let_in_with_a_key_alone(tmp_path):
    with pytest.raises(AssertionError, match="pullquote key"), serving(tmp_path / "library", "--host", "0.0.0.0"):
        pass
