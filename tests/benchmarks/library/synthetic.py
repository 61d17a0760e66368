"""Articles of any number, with the words and vectors of real sentences.

A passage takes its sentences from two articles of tests/library and trades some of their words for others, so that
words are as frequent as in news, and one in a hundred is a name that few passages hold. Its vector is made of those of
the sentences, of which one or two weigh most, and a little noise: passages lie in clusters, as real ones do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

import numpy as np

from rag.protocols import Embedder
from rag.sentences import sentences
from vectorstore.articles import Addition, Article, DateCertainty, DateOrigin, Passage, Vectors

PASSAGES = 10
"""Of an article."""

BATCH_ARTICLES = 500
SENTENCES = 6
TRADED = 0.2
"""Share of the words that are traded for others."""

NAMES = 0.01
"""Share of the words that are names; there are as many different ones as passages in the largest library."""

NOISE = 0.3
"""Length of what is added to a vector before it is brought to unit length."""

SYLLABLES = ("ba", "den", "fol", "ga", "hir", "ka", "lis", "mor", "nu", "pel", "ros", "sta", "tor", "ul", "vik", "zan")
FIRST_DAY = date(2021, 1, 1)


@dataclass(frozen=True)
class Sources:
    """Real sentences, article by article, with their vectors."""

    titles: Sequence[str]
    sentences: Sequence[Sequence[str]]
    vectors: Sequence[Vectors]

    @cached_property
    def words(self) -> list[str]:
        """Every word as often as it occurs."""
        return [word for article in self.sentences for sentence in article for word in sentence.split()]


def read_sources(folder: Path, embedder: Embedder) -> Sources:
    """Read and encode the sentences of the articles in a folder."""
    titles, found = [], []
    for path in sorted(folder.rglob("*.txt")):
        text = path.read_text(encoding="utf-8")
        title, *told = [text[one.start : one.end] for one in sentences(text)]
        if len(told) >= SENTENCES:
            titles.append(title)
            found.append(told)
    return Sources(titles, found, [embedder.encode_passages(told) for told in found])


def batch(sources: Sources, number: int) -> list[Addition]:
    """Return the articles of one batch; the same number gives the same articles."""
    return [_addition(sources, number * BATCH_ARTICLES + place) for place in range(BATCH_ARTICLES)]


def batch_vectors(sources: Sources, number: int) -> Vectors:
    """Return the vectors of the passages of one batch, without their text."""
    first = number * BATCH_ARTICLES
    picks = (_Picks(sources, article) for article in range(first, first + BATCH_ARTICLES))
    return np.concatenate([one.vectors for one in picks])


class _Picks:
    """Which sentences an article takes, and the vectors that they give its passages."""

    def __init__(self, sources: Sources, number: int) -> None:
        random = np.random.default_rng([number, 1])
        about, beside = random.integers(len(sources.sentences), size=2)
        self.title = sources.titles[about]
        pool = [*sources.sentences[about], *sources.sentences[beside]]
        chosen = random.integers(len(pool), size=(PASSAGES, SENTENCES))
        self.sentences = [[pool[one] for one in row] for row in chosen]
        weights = random.dirichlet(np.full(SENTENCES, 0.5), size=PASSAGES).astype(np.float32)
        real = np.concatenate([sources.vectors[about], sources.vectors[beside]])
        vectors = np.einsum("ps,psd->pd", weights, real[chosen])
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        noise = random.standard_normal(vectors.shape, dtype=np.float32)
        vectors += NOISE * noise / np.sqrt(vectors.shape[1])
        self.vectors: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _addition(sources: Sources, number: int) -> Addition:
    picks = _Picks(sources, number)
    texts = list(_traded(picks.sentences, sources.words, np.random.default_rng([number, 2])))
    ends = np.cumsum([len(text) + 1 for text in texts])
    passages = tuple(
        Passage(start=int(end) - len(text) - 1, end=int(end) - 1) for text, end in zip(texts, ends, strict=True)
    )
    article = Article(
        origin=f"/news/{number}.txt",
        source=f"wire-{number % 10}/{number}.txt",
        title=picks.title,
        text="\n".join(texts),
        published=(FIRST_DAY + timedelta(days=number % 1800)).isoformat(),
        published_origin=DateOrigin.METADATA,
        published_certainty=DateCertainty.CERTAIN,
    )
    return Addition(article=article, passages=passages, vectors=picks.vectors)


def _traded(rows: Sequence[Sequence[str]], words: Sequence[str], random: np.random.Generator) -> Iterator[str]:
    """Yield the text of each row with some of its words traded for others."""
    for row in rows:
        text = " ".join(row).split()
        others, chances = random.integers(len(words), size=len(text)), random.random(len(text))
        for place in np.flatnonzero(chances < TRADED + NAMES):
            text[place] = words[others[place]] if chances[place] < TRADED else _name(random)
        yield " ".join(text)


def _name(random: np.random.Generator) -> str:
    return "".join(SYLLABLES[one] for one in random.integers(len(SYLLABLES), size=5)).title()
