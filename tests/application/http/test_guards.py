"""What stands before the routes, tried on the application without its models."""

import asyncio
import secrets
from hashlib import sha256

import httpx
import pytest
from starlette.requests import HTTPConnection

from api.app import MAX_BODY_BYTES
from api.errors import BusyError, RateError
from api.guards.rate import limit_rate
from api.guards.response_headers import SECURITY_HEADERS
from api.guards.work import WorkLimit
from rag.settings import ApiSettings
from tests.application.http.light import LightClient, light_state

READ, WRITE = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
KEYS = (f"read:{sha256(READ.encode()).hexdigest()}", f"write:{sha256(WRITE.encode()).hexdigest()}")
ARTICLE = {"text": "The truce ends on Sunday."}


def light(tmp_path, **settings) -> LightClient:
    return LightClient(light_state(tmp_path / "jobs"), ApiSettings(**settings))


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


def problem(response: httpx.Response) -> tuple[int, str]:
    assert response.headers["content-type"] == "application/problem+json"
    told = response.json()
    assert told["status"] == response.status_code
    assert told["detail"]
    assert told["remedy"]
    return response.status_code, told["type"].removeprefix("urn:pullquote:")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": ""},
        {"authorization": "Bearer"},
        {"authorization": "Bearer "},
        {"authorization": f"Basic {READ}"},
        {"authorization": f"Bearer {READ}x"},
        {"authorization": f"Bearer {KEYS[0]}"},
        {"authorization": "Bearer schlüssel".encode("latin-1")},
        {"authorization": "Bearer " + "x" * 10_000},
    ],
)
@pytest.mark.parametrize("path", ["/v1/articles", "/v1/articles/1", "/v1/stats", "/v1/jobs/x", "/metrics", "/nowhere"])
def test_without_a_key_of_its_own_a_server_that_has_keys_tells_nothing(tmp_path, headers, path):
    response = light(tmp_path, keys=KEYS)("GET", path, headers=headers)
    assert problem(response) == (401, "UnauthorizedError")
    assert response.headers["www-authenticate"] == "Bearer"


def test_whether_the_server_lives_is_told_to_all(tmp_path):
    client = light(tmp_path, keys=KEYS)
    for path in ("/", "/healthz", "/readyz", "/openapi.json"):
        assert client("GET", path).status_code == 200
    assert client("POST", "/healthz").status_code == 401


def test_a_read_key_reads_and_asks_and_changes_nothing(tmp_path):
    client = light(tmp_path, keys=KEYS)
    assert client("GET", "/v1/articles", headers=bearer(READ)).status_code == 200
    assert client("POST", "/v1/ask", headers=bearer(READ), json={"question": "when?"}).status_code == 200
    for method, path in (("POST", "/v1/articles"), ("PUT", "/v1/articles/1"), ("DELETE", "/v1/articles/1")):
        assert problem(client(method, path, headers=bearer(READ), json=ARTICLE)) == (403, "ForbiddenError")
    assert client("GET", "/v1/stats", headers=bearer(READ)).json()["articles"] == 0


def test_a_read_key_is_what_clients_of_openai_and_of_mcp_need(tmp_path):
    client = light(tmp_path, keys=KEYS)
    chat = {"model": "pullquote", "messages": [{"role": "user", "content": "When does the truce end?"}]}
    for path, sent in (("/v1/chat/completions", chat), ("/mcp", {"jsonrpc": "2.0", "id": 1, "method": "ping"})):
        assert client("POST", path, json=sent).status_code == 401
        assert client("POST", path, json=sent, headers=bearer(READ + "x")).status_code == 401
    assert client("GET", "/v1/models").json()["error"]["code"] == "UnauthorizedError"
    assert client("GET", "/v1/models", headers=bearer(READ)).status_code == 200
    assert client("POST", "/v1/chat/completions", json=chat, headers=bearer(READ)).status_code == 200
    assert client("POST", "/mcp", json={}, headers=bearer(READ)).status_code == 400


def test_a_write_key_reads_and_writes(tmp_path):
    client = light(tmp_path, keys=KEYS)
    assert client("POST", "/v1/articles", headers=bearer(WRITE), json=ARTICLE).status_code == 201
    assert client("GET", "/v1/articles/1", headers=bearer(WRITE)).json()["text"] == ARTICLE["text"]
    assert client("DELETE", "/v1/articles/1", headers=bearer(WRITE)).status_code == 204


def test_the_key_is_asked_for_before_the_body_is_looked_at(tmp_path):
    body = b"{" * (MAX_BODY_BYTES + 1)
    assert problem(light(tmp_path, keys=KEYS)("POST", "/v1/ask", content=body))[0] == 401


def test_openapi_declares_the_key_where_one_is_asked_for(tmp_path):
    assert "securitySchemes" in light(tmp_path, keys=KEYS)("GET", "/openapi.json").json()["components"]
    assert "securitySchemes" not in light(tmp_path)("GET", "/openapi.json").json()["components"]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost.evil.example", "http://[", ""])
def test_a_page_of_another_origin_changes_and_asks_nothing(tmp_path, origin):
    client = light(tmp_path)
    files = {"files": ("a.txt", b"The truce ends on Sunday.")}
    for request in ({"files": files}, {"json": ARTICLE}):
        refused = client("POST", "/v1/articles", headers={"origin": origin}, **request)
        assert problem(refused) == (403, "ForbiddenError")
    assert client("GET", "/v1/stats").json()["articles"] == 0


def test_the_page_of_the_server_itself_may_do_everything(tmp_path):
    headers = {"origin": "http://localhost", "host": "LOCALHOST"}
    assert light(tmp_path)("POST", "/v1/articles", headers=headers, json=ARTICLE).status_code == 201


def test_no_origin_is_let_in_unless_it_is_named(tmp_path):
    asked = {"origin": "https://news.example", "access-control-request-method": "POST"}
    closed, opened = light(tmp_path), light(tmp_path, origins=("https://news.example",), keys=KEYS)
    assert "access-control-allow-origin" not in closed("OPTIONS", "/v1/ask", headers=asked).headers
    assert opened("OPTIONS", "/v1/ask", headers=asked).headers["access-control-allow-origin"] == asked["origin"]
    let = opened("POST", "/v1/ask", headers={**asked, **bearer(READ)}, json={"question": "when?"})
    assert (let.status_code, let.headers["access-control-allow-origin"]) == (200, asked["origin"])
    other = opened("OPTIONS", "/v1/ask", headers={**asked, "origin": "https://evil.example"})
    assert "access-control-allow-origin" not in other.headers


def test_only_hosts_that_are_named_are_served(tmp_path):
    client = light(tmp_path, hosts=("news.example",))
    assert client("GET", "/healthz", headers={"host": "news.example:8000"}).status_code == 200
    assert problem(client("GET", "/healthz", headers={"host": "evil.example"}))[0] == 400


def test_every_response_carries_the_headers_and_an_id(tmp_path):
    client = light(tmp_path, keys=KEYS)
    responses = [client("GET", path) for path in ("/healthz", "/v1/stats", "/nowhere")]
    responses.append(client("GET", "/healthz", headers={"host": "evil.example"}))
    for response in responses:
        for name, value in SECURITY_HEADERS.items():
            assert response.headers[name] == value
        assert response.headers["x-request-id"]
    assert len({response.headers["x-request-id"] for response in responses}) == len(responses)


def test_the_id_of_a_client_is_kept_if_it_is_a_plain_word(tmp_path):
    client = light(tmp_path)
    assert client("GET", "/healthz", headers={"x-request-id": "a-1"}).headers["x-request-id"] == "a-1"
    for odd in ("a b", "x" * 65, '"', "a\tb"):
        assert client("GET", "/healthz", headers={"x-request-id": odd}).headers["x-request-id"] != odd


def test_a_client_that_asks_too_often_is_told_when_to_come_again(tmp_path):
    client = light(tmp_path, requests_per_minute=12)
    assert [client("GET", "/healthz").status_code for _ in range(2)] == [200, 200]
    refused = client("GET", "/healthz")
    assert problem(refused) == (429, "RateError")
    assert 1 <= int(refused.headers["retry-after"]) <= 5


def connection_from(address: str) -> HTTPConnection:
    return HTTPConnection({"type": "http", "client": (address, 1), "headers": []})


def test_a_bucket_fills_as_time_goes_by_and_each_client_has_its_own():
    now = [0.0]
    check = limit_rate(60, clock=lambda: now[0])
    for _ in range(10):
        check(connection_from("10.0.0.1"))
    with pytest.raises(RateError):
        check(connection_from("10.0.0.1"))
    check(connection_from("10.0.0.2"))
    now[0] = 1.0
    check(connection_from("10.0.0.1"))
    with pytest.raises(RateError):
        check(connection_from("10.0.0.1"))
    now[0] = 10_000.0
    for _ in range(10):
        check(connection_from("10.0.0.1"))
    with pytest.raises(RateError):
        check(connection_from("10.0.0.1"))


def test_work_beyond_what_may_run_and_wait_is_refused():
    async def crowd() -> list[str]:
        limit = WorkLimit(workers=2, max_waiting=3)
        running, most = 0, 0

        async def one() -> str:
            nonlocal running, most
            try:
                async with limit.place():
                    running += 1
                    most = max(most, running)
                    await asyncio.sleep(0.01)
                    running -= 1
                    return "done"
            except BusyError as error:
                assert error.retry_after_s
                return "refused"

        outcomes = await asyncio.gather(*(one() for _ in range(10)))
        assert (most, limit.running, limit.waiting) == (2, 0, 0)
        return outcomes

    outcomes = asyncio.run(crowd())
    assert (outcomes.count("done"), outcomes.count("refused")) == (5, 5)


def test_a_body_that_comes_too_slowly_is_refused(tmp_path):
    async def dripping():
        for _ in range(100):
            yield b" "
            await asyncio.sleep(0.02)

    client = light(tmp_path, body_timeout_s=0.1)
    refused = client("POST", "/v1/ask", content=dripping(), headers={"content-type": "application/json"})
    assert problem(refused) == (408, "TooSlowError")
    assert refused.headers["connection"] == "close"


def test_settings_that_would_let_anybody_in_by_mistake_are_refused():
    for wrong in ({"keys": ("secret",)}, {"keys": ("admin:" + "0" * 64,)}, {"hosts": ("*",)}, {"origins": ("*",)}):
        with pytest.raises(ValueError, match=r"is written|A key|A host"):
            ApiSettings(**wrong)
