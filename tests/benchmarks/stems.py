"""Measure what stems, stop words and the title's weight do to lexical search alone."""

import argparse
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from rag.assembly import build_embedder, fill_library, open_library
from rag.evaluation.question_sets import ExpectedAnswer, load_question_set
from rag.evaluation.retrieval import recall, reciprocal_rank
from rag.evaluation.squad_data import read_contexts
from rag.evaluation.squad_library import write_library
from rag.settings import Settings
from tests.benchmarks.fusion import OWN, TESTS, rank
from vectorstore.analysis import STOP_WORDS, query_terms, terms_in
from vectorstore.articles import StoredPassage
from vectorstore.lexical_index import LexicalIndex
from vectorstore.postings import FORWARD, build_segment

Cut = Callable[[str], list[str]]


def words(text: str) -> list[str]:
    """Return the words in lower case, without stems."""
    return "".join(character if character.isalnum() else " " for character in text.lower()).split()


WAYS: dict[str, tuple[Cut, Cut, int]] = {
    "stems, no stop words (ours)": (terms_in, query_terms, 1),
    "stems, stop words too": (terms_in, terms_in, 1),
    "whole words, no stop words": (words, lambda text: [word for word in words(text) if word not in STOP_WORDS], 1),
    "whole words, stop words too": (words, words, 1),
    "ours, no title": (terms_in, query_terms, 0),
    "ours, title as the text": (terms_in, query_terms, 2),
}


class Words:
    """An index of passages whose terms are cut in one way."""

    def __init__(self, passages: Sequence[StoredPassage], cut: Cut, title_halves: int) -> None:
        self._numbers: dict[str, int] = {}
        counted, lengths = [], []
        for passage in passages:
            halves: Counter[int] = Counter()
            parts = ((cut(passage.title), title_halves), (cut(passage.text), 2))
            for terms, weight in parts:
                for term in terms if weight else ():
                    halves[self._numbers.setdefault(term, len(self._numbers))] += weight
            counted.append(halves)
            lengths.append(sum(len(terms) for terms, weight in parts if weight))
        forward = np.array([(term, min(255, count)) for one in counted for term, count in one.items()], FORWARD)
        ids = np.array([passage.id for passage in passages], np.int64)
        counts = np.array([len(one) for one in counted], np.int64)
        self._index = LexicalIndex.of(build_segment(ids, np.array(lengths, np.uint32), counts, forward))

    def search(self, terms: Sequence[str]) -> list[int]:
        numbers = {self._numbers[term] for term in terms if term in self._numbers}
        return [hit.passage_id for hit in self._index.search(sorted(numbers), top_k=100, allowed=None)]


def measure(name: str, articles: Path, questions: Sequence[ExpectedAnswer]) -> None:
    """Print a table of one set."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(library=Path(folder) / "library")
        fill_library(settings, [articles])
        with closing(open_library(settings, embedder=build_embedder(settings))) as library:
            count = sum(one.passage_count for one in library.articles())
            passages = library.passages(range(1, count + 1))
    asked = [one for one in questions if one.is_answerable]
    right = [
        {
            one.id
            for one in passages
            if one.source in asks.answering_articles and any(a in one.text for a in asks.answers)
        }
        for asks in asked
    ]
    print(f"\n**{name}**, {len(asked):,} questions, passages\n\n| | recall@1 | @5 | @20 | MRR |\n|---|---|---|---|---|")
    for way, (cut, ask, title_halves) in WAYS.items():
        index = Words(passages, cut, title_halves)
        ranks = [rank(index.search(ask(one.question)), wanted) for one, wanted in zip(asked, right, strict=True)]
        figures = [np.mean([recall(one, k=k) for one in ranks]) for k in (1, 5, 20)]
        figures.append(np.mean([reciprocal_rank(one) for one in ranks]))
        print(f"| {way} | {' | '.join(f'{figure:.3f}' for figure in figures)} |", flush=True)


def main() -> None:
    """Print a table for each set, as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    data = parser.parse_args().data
    own = [one for name in OWN for one in load_question_set(TESTS / f"questions/{name}.jsonl")]
    measure("own", TESTS / "library", own)
    for name in ("dev-squad", "dev-new_wiki"):
        with tempfile.TemporaryDirectory() as folder:
            questions = write_library(read_contexts([data / f"{name}.jsonl.gz"]), Path(folder))
            measure(name, Path(folder), questions)


if __name__ == "__main__":
    main()
