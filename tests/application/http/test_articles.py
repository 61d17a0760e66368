"""What the library holds, what is added to it, changed and removed; on the application without its models."""

import json

import httpx
import pytest

from api.routes.articles import LONG_BYTES, MAX_POSTED_BYTES
from rag.settings import ApiSettings
from tests.application.http.light import LightClient, light_state

TRUCE = {"text": "The truce ends on Sunday, officials said.", "title": "Truce", "source": "wire/truce.txt"}
FORM = "multipart/form-data; boundary=x"
FILE = b'--x\r\ncontent-disposition: form-data; name="files"; filename="%s"\r\n\r\nx\r\n--x--\r\n'


@pytest.fixture
def client(tmp_path) -> LightClient:
    state = light_state(tmp_path / "jobs")
    state.jobs.start()
    return LightClient(state, ApiSettings(body_timeout_s=5))


def added(client: LightClient, **article) -> dict:
    response = client("POST", "/v1/articles", json={**TRUCE, **article})
    assert response.status_code in (200, 201), response.text
    (one,) = response.json()["articles"]
    assert response.headers["location"] == f"/v1/articles/{one['id']}"
    return one


def problem(response: httpx.Response) -> tuple[int, str]:
    assert response.headers["content-type"] == "application/problem+json"
    assert len(response.content) < 4000
    return response.status_code, response.json()["detail"]


def test_an_article_is_stored_as_it_was_sent(client):
    known = {"url": "https://news.example/a?b=1", "published": "2026-01-30T08:00:00+02:00", "language": "en-GB"}
    given = TRUCE | known
    assert client("POST", "/v1/articles", json=given).status_code == 201
    article = client("GET", "/v1/articles/1").json()
    assert {name: article[name] for name in given} == given
    assert (article["published_origin"], article["published_certainty"]) == ("given", "certain")
    assert "origin" not in article


def test_the_same_content_is_stored_once(client):
    assert added(client)["standing"] == "added"
    again = client("POST", "/v1/articles", json={"articles": [TRUCE, TRUCE]})
    assert (again.status_code, [one["standing"] for one in again.json()["articles"]]) == (200, ["unchanged"] * 2)
    assert client("GET", "/v1/stats").json()["articles"] == 1


def test_what_was_changed_and_is_posted_as_it_was_is_another_article(client):
    added(client)
    client("PUT", "/v1/articles/1", json={**TRUCE, "text": "The truce was broken."})
    assert added(client)["id"] == 2
    assert client("GET", "/v1/articles/1").json()["text"] == "The truce was broken."


def test_a_changed_article_keeps_its_older_versions(client):
    added(client)
    change = {**TRUCE, "text": "The truce was broken.", "title": "War"}
    changed = client("PUT", "/v1/articles/1", json=change)
    assert (changed.status_code, changed.json()["articles"][0]["version"]) == (201, 2)
    again = client("PUT", "/v1/articles/1", json=change)
    assert (again.status_code, again.json()["articles"][0]["version"]) == (200, 2)
    article = client("GET", "/v1/articles/1").json()
    assert (article["version"], article["title"]) == (2, "War")
    assert [one["version"] for one in article["versions"]] == [1, 2]
    assert client("GET", "/v1/articles/1?version=1").json()["text"] == TRUCE["text"]


def test_files_are_read_as_files_of_a_folder_are(client):
    page = b"<html><head><title>Toll</title></head><body><article><p>The toll rises in May.</p></article></body></html>"
    files = [("files", ("a.txt", "Fähre\n\nDie Fähre fährt.".encode("utf-16"))), ("files", ("b/c.html", page))]
    articles = client("POST", "/v1/articles", files=files).json()["articles"]
    assert [(one["source"], one["standing"]) for one in articles] == [("a.txt", "added"), ("b/c.html", "added")]
    assert "Fähre" in client("GET", "/v1/articles/1").json()["text"]
    assert "The toll rises in May." in client("GET", "/v1/articles/2").json()["text"]


def test_a_file_that_is_no_article_is_told_beside_those_that_are(client):
    files = [("files", ("a.txt", b"The truce ends.")), ("files", ("b.exe", b"MZ")), ("files", ("c.txt", b"\0\1\2"))]
    response = client("POST", "/v1/articles", files=files)
    assert response.status_code == 201
    assert [one["source"] for one in response.json()["refused"]] == ["b.exe", "c.txt"]
    assert all(one["reason"] and one["remedy"] for one in response.json()["refused"])
    assert problem(client("POST", "/v1/articles", files=files[1:]))[0] == 422


@pytest.mark.parametrize("name", ["/etc/passwd", "../../../../etc/passwd.txt", "C:\\secret.txt", "file:///etc/a.txt"])
def test_the_name_of_a_file_opens_nothing(client, name):
    response = client("POST", "/v1/articles", files={"files": (name, b"The truce ends.")})
    if response.status_code == 201:
        assert client("GET", "/v1/articles/1").json()["text"] == "The truce ends."
    else:
        assert "is not in a format" in problem(response)[1]


def test_pages_follow_each_other(client):
    client("POST", "/v1/articles", json={"articles": [{"text": f"Text {number}."} for number in range(7)]})
    ids, cursor = [], ""
    while True:
        page = client("GET", f"/v1/articles?limit=3{cursor}").json()
        ids += [one["id"] for one in page["articles"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert ids == [7, 6, 5, 4, 3, 2, 1]


def test_a_list_is_narrowed_by_words_source_and_day(client):
    added(client, published="2026-01-30")
    added(client, text="Snow.", title="Schnee", source="Wetter/schnee.txt")
    for query in ("q=TRUCE", "source=wire", "since=2026-01-30", "until=2026-01-30", "q=truce&source=wire/truce.txt"):
        assert [one["id"] for one in client("GET", f"/v1/articles?{query}").json()["articles"]] == [1], query
    assert client("GET", "/v1/articles?since=2026-01-31").json() == {"articles": [], "next_cursor": None}


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=201", "limit=x", "cursor=0", "cursor=x", "since=tomorrow", "unknown=1", "q=" + "x" * 201],
)
def test_a_query_that_is_out_of_bounds_is_named(client, query):
    status, told = problem(client("GET", f"/v1/articles?{query}"))
    assert (status, query.partition("=")[0] in told) == (422, True)


def test_a_removed_article_is_gone_with_its_versions(client):
    added(client)
    assert client("DELETE", "/v1/articles/1").status_code == 204
    for method, path in (("GET", "/v1/articles/1"), ("GET", "/v1/articles/1?version=1"), ("DELETE", "/v1/articles/1")):
        assert problem(client(method, path))[0] == 404
    assert problem(client("PUT", "/v1/articles/1", json=TRUCE))[0] == 404


@pytest.mark.parametrize(
    "article_id", ["0", "-1", "x", "1.5", "..%2F..%2Fetc%2Fpasswd", "%00", str(2**63), "1%20OR%201=1", "9" * 5000]
)
def test_an_id_that_is_none_is_a_problem(client, article_id):
    for method in ("GET", "DELETE"):
        assert problem(client(method, f"/v1/articles/{article_id}"))[0] in (404, 422)


@pytest.mark.parametrize("version", ["0", "-1", "2", "x", str(2**63)])
def test_a_version_that_there_is_not_is_a_problem(client, version):
    added(client)
    assert problem(client("GET", f"/v1/articles/1?version={version}"))[0] in (404, 422)


@pytest.mark.parametrize(
    ("start", "end", "text", "is_verbatim"),
    [
        (4, 9, "truce", True),
        (0, 41, TRUCE["text"], True),
        (0, 0, "", True),
        (4, 9, "Truce", False),
        (5, 10, "truce", False),
        (4, 10, "truce", False),
        (36, 50, "said.", False),
        (36, 41, "said.", True),
        (9, 4, "", False),
        (2**52, 2**52, "", False),
    ],
)
def test_a_quotation_is_verbatim_or_not(client, start, end, text, is_verbatim):
    added(client)
    asked = {"article_id": 1, "version": 1, "start": start, "end": end, "text": text}
    assert client("POST", "/v1/verify", json=asked).json()["verbatim"] is is_verbatim


def test_a_quotation_of_an_older_version_stays_verbatim(client):
    added(client, text="🙂 The truce ends.")
    client("PUT", "/v1/articles/1", json={"text": "It is over."})
    asked = {"article_id": 1, "start": 6, "end": 11, "text": "truce"}
    assert client("POST", "/v1/verify", json={**asked, "version": 1}).json()["verbatim"] is True
    told = client("POST", "/v1/verify", json=asked).json()
    assert told == {"verbatim": False, "article_id": 1, "version": 2, "found": "over."}
    assert problem(client("POST", "/v1/verify", json={**asked, "version": 3}))[0] == 404
    assert problem(client("POST", "/v1/verify", json={**asked, "article_id": 9}))[0] == 404


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b"", "body"),
        (b"{", "body"),
        (b"\xff\xfe", "body"),
        (b"[]", "body"),
        (b"null", "body"),
        (b"[" * 100_000, "body"),
        (b'{"articles": []}', "body.articles"),
        (b'{"articles": {}}', "body.articles"),
        (b'{"articles": [1]}', "body.articles.0"),
        (b'{"articles": [{"text": "x"}], "more": 1}', "body.more"),
        (b"{}", "body.text"),
        (b'{"text": ""}', "body.text"),
        (b'{"text": " \\n "}', "body.text"),
        (b'{"text": 5}', "body.text"),
        (b'{"text": "a\\u0000b"}', "body.text"),
        (b'{"text": "\\ud800"}', "body"),
        (b'{"text": "x", "id": 1}', "body.id"),
        (b'{"text": "x", "origin": "/etc/passwd"}', "body.origin"),
        (b'{"text": "x", "url": "javascript:alert(1)"}', "body.url"),
        (b'{"text": "x", "url": "file:///etc/passwd"}', "body.url"),
        (b'{"text": "x", "published": "yesterday"}', "body.published"),
        (b'{"text": "x", "published": "2026-02-30"}', "body.published"),
        (b'{"text": "x", "published": 20260130}', "body.published"),
        (b'{"text": "x", "language": "../en"}', "body.language"),
        (b'{"text": "x", "source": ""}', "body.source"),
    ],
)
def test_json_that_is_no_article_is_named(client, body, place):
    response = client("POST", "/v1/articles", content=body, headers={"content-type": "application/json"})
    status, told = problem(response)
    assert status == 422
    assert f"{place}: " in told


# Starlette leaves it to the collector to close the file of a part that was cut off.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("text/plain", b"The truce ends.", 415),
        ("", b"The truce ends.", 415),
        ("application/x-www-form-urlencoded", b"text=x", 415),
        ("multipart/form-data", b"", 400),
        (FORM, b"", 422),
        (FORM, b"no part", 400),
        (FORM, b"--x\r\n\r\n", 400),
        (FORM, b'--x\r\ncontent-disposition: form-data; name="files"; filename="a.txt"\r\n\r\ncut o', 422),
        (FORM, b'--x\r\ncontent-disposition: form-data; name="text"\r\n\r\nThe truce\r\n--x--\r\n', 400),
        (FORM, b'--x\r\ncontent-disposition: form-data; name="other"; filename="a.txt"\r\n\r\nx\r\n--x--\r\n', 422),
        (FORM, FILE % b"", 422),
        (FORM, FILE % b"\x1b[31m.txt", 422),
        (FORM, FILE % b"a\0.txt", 422),
        (FORM, b"--x\r\n" + b"a: b\r\n" * 10_000 + b"\r\n\r\n--x--\r\n", 400),
    ],
)
def test_a_body_of_another_shape_is_a_problem(client, content_type, body, status):
    response = client("POST", "/v1/articles", content=body, headers={"content-type": content_type})
    assert problem(response)[0] == status
    assert client("GET", "/v1/stats").json()["articles"] == 0


def test_a_thousand_files_are_taken_and_more_are_not(client):
    def form(count: int) -> bytes:
        part = b'--x\r\ncontent-disposition: form-data; name="files"; filename="a.txt"\r\n\r\nx\r\n'
        return part * count + b"--x--\r\n"

    taken = client("POST", "/v1/articles", content=form(1000), headers={"content-type": FORM})
    assert (taken.status_code, taken.json()["total"]) == (202, 1000)
    refused = client("POST", "/v1/articles", content=form(1001), headers={"content-type": FORM})
    assert problem(refused)[0] == 400


@pytest.mark.parametrize("is_length_declared", [True, False])
def test_a_hundred_megabytes_are_refused(client, is_length_declared):
    piece = b" " * 1_000_000

    async def streamed():
        for _ in range(100):
            yield piece

    headers = {"content-type": "application/json"}
    if is_length_declared:
        headers["content-length"] = str(100 * len(piece))
    assert problem(client("POST", "/v1/articles", content=streamed(), headers=headers))[0] == 413
    assert 100 * len(piece) > MAX_POSTED_BYTES


def test_articles_may_be_larger_than_questions(client):
    body = json.dumps({"text": "The truce ends. " * 100_000})
    headers = {"content-type": "application/json"}
    assert client("POST", "/v1/articles", content=body, headers=headers).status_code == 202
    assert problem(client("POST", "/v1/ask", content=body, headers=headers))[0] == 413
    assert len(body) > LONG_BYTES
