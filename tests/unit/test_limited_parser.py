"""The process that parses markup is ended in time, and replaced."""

from collections.abc import Iterator

import pytest

from rag.errors import LoadError
from rag.loading.limited_parser import LimitedParser

SLOW = "<p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">text</p>"  # Takes minutes.


@pytest.fixture
def parser() -> Iterator[LimitedParser]:
    parser = LimitedParser(time_limit_s=8)
    yield parser
    parser.close()


def test_markup_that_takes_too_long_is_refused_and_the_next_is_parsed():
    parser = LimitedParser(time_limit_s=3)
    try:
        with pytest.raises(LoadError, match=r"slow\.html could not be read within 3 seconds"):
            parser.parse(SLOW, markup="web_page", name="slow.html")
        assert parser.parse("*Toll*", markup="markdown", name="toll.md").text == "Toll"
    finally:
        parser.close()


def test_a_process_that_died_is_noticed_and_replaced(parser):
    parser.parse("a", markup="markdown", name="a.md")
    parser.close()
    assert parser.parse("b", markup="markdown", name="b.md").text == "b"


def test_all_characters_come_through(parser):
    text = "Łódź 😀 \x1b[31m \u2028 «»"
    assert parser.parse(text, markup="markdown", name="a.md").text == text
