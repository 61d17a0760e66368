"""``POST /v1/search``: passages with their scores and places."""

import pytest

QUERY = {"query": "energy truce"}


def test_every_hit_stands_in_its_article_and_the_best_comes_first(client):
    hits = client.post("/v1/search", json=QUERY).json()["hits"]
    assert hits
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)
    for hit in hits:
        article = client.get(f"/v1/articles/{hit['article_id']}", params={"version": hit["version"]}).json()
        assert article["text"][hit["start"] : hit["end"]] == hit["text"]


def test_a_question_is_answered_from_the_passages_a_search_finds(client):
    question = "When does the truce end?"
    found = client.post("/v1/search", json={"query": question}).json()["hits"]
    read = client.post("/v1/ask", json={"question": question}).json()["trace"]["hits"]
    for key in ("article_id", "start", "end", "score", "dense_rank", "lexical_rank"):
        assert [hit[key] for hit in found] == [hit[key] for hit in read]


def test_the_number_and_the_articles_may_be_limited(client):
    assert len(client.post("/v1/search", json=QUERY | {"top_k": 1}).json()["hits"]) == 1
    assert client.post("/v1/search", json=QUERY | {"source": "nowhere"}).json()["hits"] == []
    assert client.post("/v1/search", json=QUERY | {"until": "1999-01-01"}).json()["hits"] == []


@pytest.mark.parametrize(
    "wrong",
    [{"query": ""}, {"query": " \t"}, {"query": "x" * 1001}, {"top_k": 0}, {"top_k": 101}, {"since": 5}, {"k": 1}],
)
def test_what_cannot_be_searched_is_a_problem(client, wrong):
    response = client.post("/v1/search", json=QUERY | wrong)
    assert response.status_code == 422
    assert response.json()["remedy"]
