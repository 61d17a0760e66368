"""Whatever the text: passages hold all of it, in order, within the budget, in whole sentences."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from rag.sentences import sentences
from rag.splitter import SentenceSplitter
from rag.testing import HashedWordsEmbedder
from rag.token_counting import count_tokens

FRAGMENTS = [
    *(
        "He came. ",
        "She left! ",
        "Why? ",
        '"It is over." ',
        "Mr. J. K. Smith of the U.S. ",
        "3.5 percent",
        "No. 5 ",
        "... ",
    ),
    *(
        "\n",
        "\r\n",
        "\n\n",
        " ",
        "\t",
        "\u2028",
        "你好。",
        "真的吗？",
        "ثم عاد؟ ",
        "e\u0301",
        "👨‍👩‍👧",
        "<|endoftext|>",
        "\x1b[31m",
    ),
    *("word " * 30, "x" * 90, "- item\n", "LISVIK, 14 March 2026 (Wire) - ", "“", "”", "(", ")"),
]
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join))
BUDGETS = st.integers(min_value=16, max_value=80)
OVERLAPS = st.integers(min_value=0, max_value=4)


def visible(text: str) -> list[tuple[int, str]]:
    """Return every character that is not white space, with its place."""
    return [(place, character) for place, character in enumerate(text) if not character.isspace()]


@settings(deadline=None)
@given(text=TEXTS)
def test_sentences_hold_every_visible_character_once_and_in_order(text):
    found = sentences(text)
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() != "" for s in found)
    held = [(place, text[place]) for s in found for place in range(s.start, s.end) if not text[place].isspace()]
    assert held == visible(text)


@settings(deadline=None)
@given(text=TEXTS, budget=BUDGETS, overlap=OVERLAPS)
def test_passages_hold_every_visible_character_within_the_budget(text, budget, overlap):
    embedder = HashedWordsEmbedder(max_tokens=100)
    passages = SentenceSplitter(max_passage_tokens=budget, overlap_sentences=overlap, embedder=embedder).split(text)
    assert all(0 <= p.start < p.end <= len(text) for p in passages)
    covered = {place for p in passages for place in range(p.start, p.end)}
    assert covered >= {place for place, _ in visible(text)}
    assert all(count_tokens(text[p.start : p.end]) <= budget for p in passages)
    assert all(count <= 100 for count in embedder.count_tokens([text[p.start : p.end] for p in passages]))


@settings(deadline=None)
@given(text=TEXTS, budget=BUDGETS, overlap=OVERLAPS)
def test_passages_follow_each_other_and_share_only_whole_sentences(text, budget, overlap):
    embedder = HashedWordsEmbedder()
    passages = SentenceSplitter(max_passage_tokens=budget, overlap_sentences=overlap, embedder=embedder).split(text)
    found = sentences(text)
    for before, after in pairwise(passages):
        assert before.start < after.start
        assert before.end < after.end
        shared = [s for s in found if after.start < s.end and s.start < before.end]
        assert len(shared) <= overlap or after.start >= before.end
        assert after.start >= before.end or (after.start, before.end) == (shared[0].start, shared[-1].end)


@settings(deadline=None)
@given(text=TEXTS, budget=BUDGETS, overlap=OVERLAPS)
def test_a_sentence_that_fits_the_budget_is_whole_in_some_passage(text, budget, overlap):
    embedder = HashedWordsEmbedder()
    passages = SentenceSplitter(max_passage_tokens=budget, overlap_sentences=overlap, embedder=embedder).split(text)
    for sentence in sentences(text):
        if count_tokens(text[sentence.start : sentence.end]) <= budget:
            assert any(p.start <= sentence.start and sentence.end <= p.end for p in passages)
