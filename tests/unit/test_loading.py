"""From a found file to an article, or to one sentence that says why not."""

import os
from pathlib import Path

import pytest

from rag.articles import Article
from rag.errors import LoadError
from rag.loading import FoundFile, discover, load
from rag.loading.article_file import MAX_MARKUP_BYTES

LIMIT = 1_000_000


def loaded(path: Path, content: bytes | str) -> Article:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (found,) = discover(path)
    return load(found, max_bytes=LIMIT)


def test_a_text_file_is_stored_exactly_as_it_is(tmp_path):
    text = "Headline\r\n\r\nLISVIK, 14 March 2026 - Cafe\u0301 \x1b[31m [/bold] 😀.\n\u2028end \n"
    article = loaded(tmp_path / "a.txt", b"\xef\xbb\xbf" + text.encode())
    assert article.text == text
    assert (article.title, article.source, article.published) == ("Headline", "a.txt", "2026-03-14")
    assert article.origin == str((tmp_path / "a.txt").resolve())


def test_markdown_and_pages_are_parsed_by_their_ending(tmp_path):
    assert loaded(tmp_path / "a.MD", "# Toll\n\n*Drivers* pay.").text == "Toll\n\nDrivers pay."
    page = "<html><body><article><h1>Toll</h1><p>Drivers will pay nine euros from July.</p></article></body></html>"
    assert loaded(tmp_path / "a.htm", page).text == "Toll\n\nDrivers will pay nine euros from July."


def test_a_page_in_its_declared_encoding_is_read(tmp_path):
    page = '<html><head><meta charset="iso-8859-2"></head><body><p>Dvořák řekl v pondělí, že přijede.</p></body></html>'
    assert "Dvořák řekl v pondělí, že přijede" in loaded(tmp_path / "a.html", page.encode("iso8859-2")).text


def test_no_escape_makes_text_that_cannot_be_stored(tmp_path):
    article = loaded(tmp_path / "a.md", '---\ntitle: "a \\ud800 title"\n---\nText.')
    article.title.encode()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\r\n", "empty"),
        ("a.md", b"---\ntitle: x\n---\n", "no text of an article"),
        ("a.html", b"<html><script>home()</script></html>", "no text of an article"),
        ("a.txt", b"\x7fELF\x02\x01\x01\x00\x00", "binary"),
        ("a.txt", bytes(range(128, 256)) * 4, "encoding that cannot be told"),
        ("a.txt", b"a" * (LIMIT + 1), "1.0 MB, more than the limit"),
    ],
)
def test_a_file_without_an_article_is_refused_by_name(tmp_path, name, content, reason):
    with pytest.raises(LoadError, match=reason) as refusal:
        loaded(tmp_path / name, content)
    assert refusal.value.message.startswith(name)
    assert refusal.value.remedy


def test_the_refusal_of_a_large_file_names_the_setting(tmp_path):
    with pytest.raises(LoadError) as refusal:
        loaded(tmp_path / "a.txt", b"a" * (LIMIT + 1))
    assert "PULLQUOTE_LOADING__MAX_FILE_MB" in refusal.value.remedy


def test_markup_has_a_lower_limit_than_text(tmp_path):
    (tmp_path / "a.html").write_bytes(b"<p>a</p>" * (MAX_MARKUP_BYTES // 8 + 1))
    (found,) = discover(tmp_path / "a.html")
    with pytest.raises(LoadError, match="markup"):
        load(found, max_bytes=2 * MAX_MARKUP_BYTES)


def test_a_file_that_vanished_is_refused(tmp_path):
    found = FoundFile(path=tmp_path / "gone.txt", source="gone.txt", origin=str(tmp_path / "gone.txt"))
    with pytest.raises(LoadError, match=r"gone\.txt cannot be read: No such file"):
        load(found, max_bytes=LIMIT)


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    (found,) = discover(tmp_path)
    with pytest.raises(LoadError, match="pipe"):
        load(found, max_bytes=LIMIT)


def test_a_folder_that_does_not_open_is_refused(tmp_path):
    found = FoundFile(path=tmp_path, source="private", origin=str(tmp_path))
    with pytest.raises(LoadError, match="folder private"):
        load(found, max_bytes=LIMIT)


def test_a_line_of_a_million_characters_is_read(tmp_path):
    assert len(loaded(tmp_path / "a.txt", "a" * LIMIT).text) == LIMIT
