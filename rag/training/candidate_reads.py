"""What the product's own parts put forward for questions: the examples that the confidence is fitted on."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rag.articles import ArticleFilter
from rag.assembly import build_embedder, build_reader, build_retriever, fill_library, open_library
from rag.calibration import FloatArray, candidate_features
from rag.candidates import candidates_of
from rag.evaluation.metrics import token_f1
from rag.evaluation.question_sets import ExpectedAnswer
from rag.protocols import Embedder, PassageText, Reader
from rag.retriever import HybridRetriever
from rag.settings import Settings

__all__ = ["CandidateReads", "Chain", "Scope", "chain_over", "scopes_of"]

Scope = str | None
"""A source below which articles are searched; None searches all."""


@dataclass(frozen=True, slots=True)
class CandidateReads:
    """The candidates of one question asked of one scope.

    Attributes:
        features: Shape (candidates, len(FEATURES)).
        f1: Token F1 of each candidate with the expected answers; shape (candidates,), 0 where none is expected.
    """

    expected: ExpectedAnswer
    scope: Scope
    features: FloatArray
    f1: FloatArray


@dataclass(frozen=True, slots=True)
class Chain:
    """The parts that put candidates forward."""

    embedder: Embedder
    retriever: HybridRetriever
    reader: Reader
    top_k: int

    def read(self, expected: ExpectedAnswer, scope: Scope) -> CandidateReads:
        """Ask one question of one scope, as the assistant does up to its candidates."""
        query = " ".join(expected.question.split())
        (vector,) = self.embedder.encode_queries([query])
        article_filter = ArticleFilter(source=scope)
        found = self.retriever.retrieve(query, vector, top_k=self.top_k, article_filter=article_filter)
        readings = list(self.reader.read(query, [PassageText(one.passage.title, one.passage.text) for one in found]))
        candidates = candidates_of(found, readings)
        f1 = [token_f1(one.text, expected.answers) if expected.answers else 0.0 for one in candidates]
        return CandidateReads(expected, scope, candidate_features(query, candidates), np.asarray(f1))

    def read_all(self, questions: Iterable[ExpectedAnswer], *, in_every_scope: bool) -> list[CandidateReads]:
        """Ask every question of the whole library, or of every scope of ``scopes_of``."""
        return [
            self.read(expected, scope)
            for expected in questions
            for scope in (scopes_of(expected) if in_every_scope else [None])
        ]


def scopes_of(expected: ExpectedAnswer) -> list[Scope]:
    """Return the scopes to ask a question of: everything, the folder of its article, and its article alone."""
    if expected.article is None:
        return [None]
    folder, slash, _ = expected.article.partition("/")
    return [None, folder, expected.article] if slash else [None, expected.article]


@contextmanager
def chain_over(articles: Sequence[Path]) -> Iterator[Chain]:
    """Build a library of the articles and yield the parts that search and read it."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(library=Path(folder) / "library")
        fill_library(settings, articles)
        embedder = build_embedder(settings)
        with closing(open_library(settings, embedder=embedder)) as library:
            retriever = build_retriever(settings, library=library)
            yield Chain(embedder, retriever, build_reader(settings), settings.reader.top_k)
