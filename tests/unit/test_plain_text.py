"""Plain text files and the titles of all formats."""

import pytest

from rag.loading.plain_text import parse


def test_the_text_is_the_file_and_the_title_its_first_line():
    text = "\r\n  Toll to rise in July \r\n\r\nLISVIK, 14 March 2026 - Drivers will pay.\r\n"
    article = parse(text)
    assert (article.text, article.title, article.published) == (text, "Toll to rise in July", "2026-03-14")


def test_a_long_headline_is_kept_whole():
    headline = "word " * 35 + "end"
    assert parse(f"{headline}\n\ntext").title == headline


def test_a_first_paragraph_is_shortened_at_a_word():
    title = parse("The council of the town of Lisvik decided on Friday after a long debate " * 3 + "to close.").title
    assert title.endswith("…")
    assert len(title) <= 100
    assert title[:-1] + " " in "The council of the town of Lisvik decided on Friday after a long debate " * 3


@pytest.mark.parametrize("text", ["x" * 1_000_000, "😀" * 1_000, "你" * 1_000])
def test_a_line_without_spaces_still_gives_a_title(text):
    title = parse(text).title
    assert title.startswith(text[:90])
    assert len(title) <= 200
