"""Markdown: the front matter describes, the body is the article without markup."""

import pytest

from rag.loading.markdown import parse

ARTICLE = """---
title: "Vallmora raises offer"
published: 2025-10-09
url: https://example.com/offer
language: en
---

Vallmora has raised its *bid* for **Almbrook**
to `18.50` euros, [the company](https://example.com) said.

## Mirow will close

> "Cows do not eat shares," said Wiśniewska.

1. fresh milk
2. the price &amp; the *quota*

| year | price |
|------|-------|
| 2025 | 46.5  |

![a cow](cow.png) Text with <b>tags</b> and a [note].

    code stays
"""


def test_the_front_matter_describes_the_article():
    article = parse(ARTICLE)
    assert article.title == "Vallmora raises offer"
    assert (article.published, article.url, article.language) == ("2025-10-09", "https://example.com/offer", "en")


def test_no_markup_is_left_and_blocks_stand_apart():
    assert parse(ARTICLE).text.split("\n\n") == [
        "Vallmora has raised its bid for Almbrook to 18.50 euros, the company said.",
        "Mirow will close",
        '"Cows do not eat shares," said Wiśniewska.',
        "fresh milk",
        "the price & the quota",
        "year\tprice",
        "2025\t46.5",
        "a cow Text with tags and a [note].",
        "code stays",
    ]


def test_without_front_matter_the_first_heading_is_the_title_and_stays_in_the_text():
    article = parse("Intro.\n\n# The *toll* rises\n\nText.")
    assert article.title == "The toll rises"
    assert article.text == "Intro.\n\nThe toll rises\n\nText."


def test_without_a_heading_the_first_line_is_the_title():
    assert parse("The toll rises\n\nText.").title == "The toll rises"


@pytest.mark.parametrize(
    "front",
    [
        "a: [",
        "- a\n- b",
        "just text",
        "a: &a [*a",
        "title: 2026-13-45T99:99:99",
        "x: " + "[" * 5_000,
        "\ttitle: x",
        "? [a]\n: b",
    ],
)
def test_front_matter_that_is_no_mapping_is_text(front):
    assert parse(f"---\n{front}\n---\n\nThe body.").text.endswith("The body.")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "/relative", "https://", "https://a b", "[1]"]
)
def test_an_address_that_is_no_web_page_is_not_kept(url):
    assert parse(f"---\nurl: {url}\n---\nText.").url is None


def test_an_ambiguous_date_is_not_kept():
    assert parse("---\ndate: 12/03/2026\n---\nText.").published is None


def test_front_matter_alone_leaves_no_text():
    assert parse("---\ntitle: x\n---\n").text == ""
