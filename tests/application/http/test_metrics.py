"""``GET /metrics``, as Prometheus reads it."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

QUESTION = {"question": "When does the truce end?"}


@pytest.fixture
def value(client):
    """Return a function that reads one sample, 0 where there is none."""

    def read(name: str, **labels: str) -> float:
        response = client.get("/metrics")
        assert response.headers["content-type"].startswith("text/plain")
        samples = [one for family in text_string_to_metric_families(response.text) for one in family.samples]
        return sum(one.value for one in samples if one.name == name and labels.items() <= one.labels.items())

    return read


def test_requests_are_counted_and_timed_by_route_and_status(client, value):
    before = value("pullquote_requests_total", route="/v1/ask", method="POST", status="200")
    timed = value("pullquote_request_seconds_count", route="/v1/ask")
    client.post("/v1/ask", json=QUESTION)
    assert value("pullquote_requests_total", route="/v1/ask", method="POST", status="200") == before + 1
    assert value("pullquote_request_seconds_count", route="/v1/ask") == timed + 1
    assert value("pullquote_request_seconds_sum", route="/v1/ask") > 0


def test_answers_abstentions_and_stages_are_counted_whole_or_streamed(client, value):
    answers, abstentions = (
        value("pullquote_answers_total"),
        value("pullquote_abstentions_total", reason="nothing_found"),
    )
    read = value("pullquote_stage_seconds_count", stage="read")
    client.post("/v1/ask", json=QUESTION | {"min_confidence": 0.0})
    client.post("/v1/ask", json=QUESTION | {"min_confidence": 0.0}, headers={"accept": "text/event-stream"})
    client.post("/v1/ask", json=QUESTION | {"source": "nowhere"})
    assert value("pullquote_answers_total") == answers + 2
    assert value("pullquote_abstentions_total", reason="nothing_found") == abstentions + 1
    for stage in ("encode", "search", "read"):
        assert value("pullquote_stage_seconds_count", stage=stage) == read + 3


def test_a_client_that_leaves_is_not_counted_as_answered(client, value):
    answers = value("pullquote_answers_total") + value("pullquote_abstentions_total")
    for _ in range(3):
        asked = {"question": "and why? " * 10, "top_k": 100}
        with client.stream("POST", "/v1/ask", json=asked, headers={"accept": "text/event-stream"}) as response:
            next(response.iter_lines())
    assert value("pullquote_answers_total") + value("pullquote_abstentions_total") <= answers + 3
    assert value("pullquote_work", kind="answering", state="waiting") == 0


def test_what_is_refused_is_counted_and_clients_choose_no_names(client, value):
    before = value("pullquote_requests_total", route="other")
    client.get("/no/such/path")
    client.get("/healthz", headers={"host": "evil.example"})
    assert value("pullquote_requests_total", route="other") == before + 2
    assert "no/such" not in client.get("/metrics").text


def test_the_library_is_measured_as_it_is(client, value):
    stats = client.get("/v1/stats").json()
    assert value("pullquote_library", what="articles") == stats["articles"]
    assert value("pullquote_library", what="passages") == stats["passages"]
