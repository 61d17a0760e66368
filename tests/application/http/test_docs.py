"""``/docs`` and ``/openapi.json``: whole without a network, and with examples that run."""

import re

import pytest

from api.docs.page import render_page


@pytest.fixture(scope="module")
def document(client) -> dict:
    return client.get("/openapi.json").json()


def test_every_json_body_has_an_example_that_runs(client, document):
    sent = 0
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            body = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if body is None:
                continue
            assert body["example"], path
            # The id of an article that is not there for anything else.
            added = client.post(
                "/v1/articles", json={"text": "Bread needs flour.", "source": "docs/example.txt"}
            ).json()
            address = path.format(article_id=added["articles"][0]["id"])
            response = client.request(method, address, json=body["example"])
            assert response.status_code in (200, 201), f"{method} {path}: {response.text}"
            sent += 1
    assert sent >= 6


def test_the_page_names_every_path_and_loads_nothing_from_elsewhere(client, document):
    response = client.get("/docs")
    assert response.headers["content-type"].startswith("text/html")
    assert "script" not in response.headers["content-security-policy"]
    assert "<script" not in response.text
    for path in document["paths"]:
        assert f"<code>{path}</code>" in response.text
    loaded = re.findall(r'(?:src|href)="([^"#][^"]*)"', response.text)
    assert set(loaded) == {"/docs/page.css", "/openapi.json", "/"}
    for address in loaded:
        assert client.get(address).status_code == 200


def test_what_a_document_holds_is_only_ever_text():
    operation = {"summary": "<script>", "responses": {"200": {"description": "<img onerror=x>"}}}
    document = {"info": {"title": "<b>", "summary": "&"}, "paths": {"/'<script>": {"get": operation}}}
    page = render_page(document, base_url="http://localhost/")
    assert not re.search("<(script|img|b)[ >]", page)
