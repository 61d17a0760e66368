"""Web pages: the article, all of it, and nothing of the page around it."""

import pytest

from rag.loading.web_page import parse

PARAGRAPHS = [
    "Drivers will pay 9.50 euros to cross the Ängsund bridge from 1 July, the county council decided on Friday.",
    "“It is the first rise in nine years,” said Siv Ödegård, who chairs the council & its budget committee.",
    "Lorries and buses will pay twice as much as before, because they wear out the road more quickly.",
]


def page(*, head: str = "", body: str = "", before: str = "") -> str:
    paragraphs = "".join(f"<p>{text.replace('&', '&amp;')}</p>" for text in PARAGRAPHS)
    return f"""<!doctype html><html lang="en-GB"><head><title>Toll to rise | The Ledger</title>{head}</head><body>
        <nav><a href="/">Home</a><a href="/sport">Sport</a></nav>{before}
        <article><h1>Toll to rise</h1>{paragraphs}{body}</article>
        <aside><h3>Most read</h3><a href="/a">Ice on the lake</a></aside>
        <footer><p>© 2026 The Ledger. Updated 12/03/2026. <a href="/privacy">Privacy</a></p></footer></body></html>"""


def test_the_text_holds_every_paragraph_and_nothing_around_the_article():
    assert parse(page()).text.split("\n\n") == ["Toll to rise", *PARAGRAPHS]


def test_headings_and_lists_of_the_article_are_kept():
    article = parse(page(body="<h2>Who pays what</h2><ul><li>Cars: 9.50 euros</li><li>Lorries: 19 euros</li></ul>"))
    assert "\n\nWho pays what\n\n" in article.text
    assert "Lorries: 19 euros" in article.text


def test_the_page_states_title_address_and_language():
    article = parse(page(head='<link rel="canonical" href="https://example.org/toll">'))
    assert (article.title, article.url, article.language) == ("Toll to rise", "https://example.org/toll", "en-GB")


@pytest.mark.parametrize(
    "statement",
    [
        '<meta property="article:published_time" content="2026-04-24T10:00:00+02:00">',
        '<meta itemprop="datePublished" content="2026-04-24T10:00:00+02:00">',
        '<script type="application/ld+json">{"datePublished": "2026-04-24T10:00:00+02:00"}</script>',
    ],
)
def test_the_page_states_its_date(statement):
    assert parse(page(head=statement)).published == "2026-04-24T10:00:00+02:00"


def test_a_dateline_dates_a_page_that_states_no_date():
    text = page().replace("<p>Drivers", "<p>ÄNGSUND, 24 April 2026 - Drivers")
    assert parse(text).published == "2026-04-24"


@pytest.mark.parametrize(
    "head",
    ["", '<meta name="date" content="12/03/2026">', "<meta property='article:modified_time' content='2026-04-24'>"],
)
def test_a_date_that_is_not_stated_plainly_is_not_guessed(head):
    assert parse(page(head=head)).published is None


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://example.org/a"])
def test_an_address_that_is_no_web_page_is_not_kept(address):
    assert parse(page(head=f'<link rel="canonical" href="{address}">')).url is None


@pytest.mark.parametrize(
    "reference", ["&#27;[31m", "&#x1b;[31m", "&#0;", "&#xD800;", "\x1b[31m", "[bold]", "&lt;script&gt;"]
)
def test_a_strange_character_does_not_cost_the_article(reference):
    text = parse(page(body=f"<p>Some {reference} sign is in this last paragraph of the article.</p>")).text
    assert PARAGRAPHS[0] in text
    assert "in this last paragraph" in text


def test_a_fragment_is_an_article():
    assert parse(f"<h1>Toll</h1><p>{PARAGRAPHS[0]}</p>").text.endswith(PARAGRAPHS[0])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "<html>",
        "<html><body><article><h1>T</h1></article></body></html>",
        '<html><body><script>alert("toll")</script>',
    ],
)
def test_a_page_without_an_article_has_no_text(text):
    assert parse(text).text == ""
