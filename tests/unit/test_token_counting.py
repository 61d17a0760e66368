"""cl100k_base, offline, from the vendored vocabulary."""

import pytest

from rag.errors import ModelError
from rag.token_counting import VOCABULARY_PATH, count_tokens, load_encoding


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("tiktoken is great!", 6),
        ("antidisestablishmentarianism", 6),
        ("2 + 2 = 4", 7),
        ("お誕生日おめでとう", 9),
    ],
)
def test_counts_are_those_that_openai_publishes(text, count):
    # Source: OpenAI Cookbook, "How to count tokens with tiktoken".
    assert count_tokens(text) == count


def test_what_looks_like_a_special_token_is_text():
    assert count_tokens("<|endoftext|>") > 1


@pytest.mark.parametrize("text", [" " * 1_000_000 + "x", "a" * 1_000_000, "\n" * 1_000_000])
def test_a_million_characters_without_words_are_counted(text):
    assert 0 < count_tokens(text) < 1_000_000


def test_a_damaged_vocabulary_is_refused_by_name(tmp_path):
    damaged = tmp_path / "cl100k_base.tiktoken"
    damaged.write_bytes(VOCABULARY_PATH.read_bytes()[:-1])
    with pytest.raises(ModelError, match=r"cl100k_base\.tiktoken is damaged"):
        load_encoding(damaged)


def test_a_missing_vocabulary_is_refused_by_name(tmp_path):
    with pytest.raises(ModelError, match="No such file"):
        load_encoding(tmp_path / "cl100k_base.tiktoken")
