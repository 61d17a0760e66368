"""Passages of whole sentences within the budget."""

import time
from itertools import pairwise

import pytest

from rag.articles import Passage
from rag.sentences import sentences
from rag.splitter import HEADLINE_TOKENS, SentenceSplitter
from rag.testing import HashedWordsEmbedder
from rag.token_counting import count_tokens

TEXT = "Headline of it\n\n" + " ".join(f"This is sentence number {number} of the article." for number in range(40))


def splitter(*, max_passage_tokens: int = 40, overlap_sentences: int = 1, window: int = 256) -> SentenceSplitter:
    return SentenceSplitter(
        max_passage_tokens=max_passage_tokens,
        overlap_sentences=overlap_sentences,
        embedder=HashedWordsEmbedder(max_tokens=window),
    )


def texts(passages: list[Passage], text: str) -> list[str]:
    return [text[passage.start : passage.end] for passage in passages]


@pytest.mark.parametrize("text", ["", " \n "])
def test_empty_text_has_no_passages(text):
    assert splitter().split(text) == []


def test_a_short_text_is_one_passage_without_the_white_space_around_it():
    assert splitter().split("\n One sentence. And another.\n") == [Passage(start=2, end=28)]


@pytest.mark.parametrize("overlap", [0, 1, 2])
def test_a_passage_begins_with_the_last_sentences_of_the_one_before(overlap):
    passages = splitter(overlap_sentences=overlap).split(TEXT)
    starts = [sentence.start for sentence in sentences(TEXT)]
    for before, after in pairwise(passages):
        shared = [start for start in starts if after.start <= start < before.end]
        assert len(shared) == overlap
        assert after.start in starts


def test_an_overlap_that_leaves_no_room_is_dropped():
    passages = splitter(overlap_sentences=8).split(TEXT)
    ends = [passage.end for passage in passages]
    assert ends == sorted(set(ends))
    assert all(count_tokens(text) <= 40 for text in texts(passages, TEXT))


def test_passages_are_as_full_as_the_budget_allows():
    passages = splitter(overlap_sentences=0).split(TEXT)
    for before, after in pairwise(passages):
        (following, *_) = sentences(TEXT[after.start :])
        assert count_tokens(TEXT[before.start : after.start + following.end]) > 40


def test_the_window_of_the_embedder_holds_a_passage_and_a_headline():
    embedder = HashedWordsEmbedder(max_tokens=120)
    passages = splitter(max_passage_tokens=500, window=120).split(TEXT)
    assert max(embedder.count_tokens(texts(passages, TEXT))) <= 120 - HEADLINE_TOKENS


def test_a_sentence_above_the_budget_is_cut_at_white_space():
    text = "Before. " + "word " * 100 + ". After."
    found = texts(splitter(max_passage_tokens=16).split(text), text)
    assert found[0] == "Before."
    assert found[-1] == "After."
    assert " ".join(found[1:-1]).split() == ["word"] * 100 + ["."]


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "word " * 200_000,
        "He came. " * 110_000,
        "你" * 300_000,
        "a" + " " * 1_000_000 + "b",
        "😀" * 200_000,
        '"(' * 200_000,
    ],
    ids=["one word", "no stop", "short sentences", "Chinese", "gap", "emoji", "open quotes"],
)
def test_a_line_of_a_million_characters_is_split_in_seconds(text):
    started = time.perf_counter()
    passages = splitter(max_passage_tokens=160).split(text)
    assert time.perf_counter() - started < 15  # Measured: 0.4 to 2 seconds.
    assert passages[0].start == 0
    assert passages[-1].end == len(text.rstrip())


@pytest.mark.parametrize(("budget", "overlap"), [(0, 1), (-1, 0), (100, -1)])
def test_a_budget_that_cannot_be_kept_is_refused(budget, overlap):
    with pytest.raises(ValueError, match="no budget"):
        splitter(max_passage_tokens=budget, overlap_sentences=overlap)
