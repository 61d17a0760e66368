"""The index of postings equals BM25 from its formula, however its segments came about and wherever it stops early."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from vectorstore.bm25 import bm25_scores
from vectorstore.lexical_index import LexicalIndex
from vectorstore.postings import FORWARD, Segment, build_segment

VOCABULARY = 400
Passages = dict[int, tuple[list[int], list[int]]]


def drawn(random: np.random.Generator, ids: range) -> Passages:
    """Return passages whose words are as unevenly frequent as in texts, a few of them empty."""
    return {one: ([], [int(word) % VOCABULARY for word in random.zipf(1.3, random.integers(40))]) for one in ids}


def segment_of(passages: Passages) -> Segment:
    counted = [Counter(text) for _, text in passages.values()]
    forward = np.array([(word, 2 * times) for one in counted for word, times in one.items()], FORWARD)
    lengths = np.array([len(text) for _, text in passages.values()], np.uint32)
    return build_segment(np.array([*passages], np.int64), lengths, np.array([*map(len, counted)], np.int64), forward)


def assert_equals_the_formula(index: LexicalIndex, passages: Passages, random: np.random.Generator) -> None:
    assert len(index) == len(passages)
    allowed = random.choice([*passages], size=len(passages) // 3, replace=False)
    for top_k in (1, 7, 50, 10_000):
        query = sorted({int(word) % VOCABULARY for word in random.zipf(1.3, 8)})
        scores = bm25_scores(query, passages)
        for only in (None, allowed):
            kept = set(passages if only is None else only.tolist())
            best = sorted((one for one in scores if one in kept), key=lambda one: (-scores[one], one))[:top_k]
            flags = None if only is None else np.isin(np.arange(only.max() + 1), only)
            hits = index.search(query, top_k=top_k, allowed=flags)
            assert [hit.passage_id for hit in hits] == best
            assert [hit.score for hit in hits] == pytest.approx([scores[one] for one in best], abs=1e-8)


@pytest.mark.parametrize("seed", range(6))
def test_search_equals_the_formula_after_additions_and_removals(seed: int) -> None:
    random = np.random.default_rng(seed)
    index, passages, last = LexicalIndex(), {}, 0
    for size in (600, 40, 300, 3, 0, 150):
        new = drawn(random, range(last + 1, last + size + 1))
        last += size
        index, passages = index.with_added(segment_of(new)), passages | new
        gone = random.choice([*passages], size=len(passages) // 8, replace=False)
        index = index.without(np.append(gone, last + 10_000))
        passages = {one: words for one, words in passages.items() if one not in set(gone.tolist())}
        assert_equals_the_formula(index, passages, random)


def test_a_saved_index_is_mapped_and_searched_as_it_was(tmp_path: Path) -> None:
    random = np.random.default_rng(8)
    passages = drawn(random, range(1, 500))
    index = LexicalIndex.of(segment_of(passages)).without(np.arange(1, 100, dtype=np.int64))
    with (tmp_path / "index").open("wb") as sink:
        index.save(sink)
    with (tmp_path / "index").open("rb") as file:
        mapped = LexicalIndex.of(Segment.load(file))
    (tmp_path / "index").unlink()
    assert_equals_the_formula(mapped, {one: words for one, words in passages.items() if one >= 100}, random)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, share: float) -> None:
    with (tmp_path / "index").open("wb") as sink:
        segment_of(drawn(np.random.default_rng(1), range(1, 100))).save(sink)
    content = (tmp_path / "index").read_bytes()
    (tmp_path / "index").write_bytes(content[: int(share * len(content))])
    with (tmp_path / "index").open("rb") as file, pytest.raises(ValueError, match=r"magic|EOF|length|header|buffer"):
        Segment.load(file)


def test_nothing_is_found_where_nothing_is() -> None:
    empty = LexicalIndex()
    assert empty.search([1, 2], top_k=5, allowed=None) == []
    some = LexicalIndex.of(segment_of({1: ([], [5])}))
    assert some.search([], top_k=5, allowed=None) == some.search([4], top_k=5, allowed=None) == []
    assert some.search([5], top_k=0, allowed=None) == []
    assert some.without(np.array([1])).search([5], top_k=5, allowed=None) == []
