"""Copies of one text leave room for others, and filters act before the cut."""

from datetime import date

import pytest

from rag.articles import ArticleFilter
from rag.retriever import HybridRetriever
from vectorstore.articles import Addition
from vectorstore.memory import MemoryLibrary
from vectorstore.testing import TINY_EMBEDDER, make_addition, tiny_vector

WIRE = "The truce between both sides ends on Friday at noon as agreed"
OTHERS = (
    "Shops in the capital stay open while talks about a truce go on",
    "A truce was broken twice near the northern border last night",
)


def retriever(additions: list[Addition], candidates: int) -> HybridRetriever:
    library = MemoryLibrary(TINY_EMBEDDER)
    library.add(additions)
    return HybridRetriever(library, candidates=candidates, dense_weight=0.5)


@pytest.mark.parametrize("candidates", [1, 4, 100])
def test_copies_of_a_wire_story_do_not_crowd_out_others(candidates: int) -> None:
    copies = [make_addition(WIRE, source=f"paper-{number}.txt") for number in range(40)]
    others = [make_addition(text, source=f"other-{number}.txt") for number, text in enumerate(OTHERS)]
    found = retriever([*copies, *others], candidates).retrieve("truce ends Friday", tiny_vector(WIRE), top_k=3)
    assert {one.passage.text for one in found} == {WIRE, *OTHERS}


def test_as_many_come_back_as_a_filter_lets_through() -> None:
    dated = [make_addition(f"truce {day}", source=f"{day}.txt", published=f"2026-01-{day}") for day in range(10, 30)]
    late = ArticleFilter(since=date(2026, 1, 25))
    found = retriever(dated, 4).retrieve("truce", tiny_vector("truce 10"), top_k=9, article_filter=late)
    assert sorted(one.passage.source for one in found) == [f"{day}.txt" for day in range(25, 30)]
