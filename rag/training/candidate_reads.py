"""What the product's own parts put forward for questions: the examples that the confidence is fitted on."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rag.articles import ArticleFilter
from rag.assembly import build_embedder, build_reader, build_retriever, fill_library, open_library
from rag.calibration import FloatArray, candidate_features
from rag.candidates import candidates_of
from rag.conversation import PastTurn, standalone_question
from rag.evaluation.dialogues import dialogues_of
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
        is_in_focus: Whether each stands in the article that answered the question on which this one leans.
    """

    expected: ExpectedAnswer
    scope: Scope
    features: FloatArray
    f1: FloatArray
    is_in_focus: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Chain:
    """The parts that put candidates forward."""

    embedder: Embedder
    retriever: HybridRetriever
    reader: Reader
    top_k: int
    article_ids: Mapping[str, int]

    def read(self, expected: ExpectedAnswer, scope: Scope, history: Sequence[PastTurn] = ()) -> CandidateReads:
        """Ask one question of one scope, as the assistant does up to its candidates."""
        standalone = standalone_question(" ".join(expected.question.split()), history)
        query, in_focus = standalone.query, standalone.follow_up.article_id
        (vector,) = self.embedder.encode_queries([query])
        article_filter = ArticleFilter(source=scope)
        found = self.retriever.retrieve(query, vector, top_k=self.top_k, article_filter=article_filter)
        passages = [PassageText(one.passage.title, one.passage.text) for one in found]
        readings = list(self.reader.read(standalone.in_context, passages))
        candidates = candidates_of(found, readings)
        f1 = [token_f1(one.text, expected.answers) if expected.answers else 0.0 for one in candidates]
        return CandidateReads(
            expected,
            scope,
            candidate_features(query, candidates),
            np.asarray(f1),
            np.asarray([one.article_id == in_focus for one in candidates], dtype=np.bool_),
        )

    def read_all(self, questions: Iterable[ExpectedAnswer], *, in_every_scope: bool) -> list[CandidateReads]:
        """Ask every question of the whole library, or of every scope of ``scopes_of``."""
        return [
            self.read(expected, scope)
            for expected in questions
            for scope in (scopes_of(expected) if in_every_scope else [None])
        ]

    def read_follow_ups(self, turns: Iterable[ExpectedAnswer]) -> Iterator[CandidateReads]:
        """Ask every follow-up of dialogues of the whole library, after the turns before it with their right answers.

        A turn without an answer has its article in focus, as the nearest one is after a question that was declined.
        """
        for dialogue in dialogues_of(turns):
            history: tuple[PastTurn, ...] = ()
            for turn in dialogue:
                if turn.follows is not None:
                    yield self.read(turn, None, history)
                answer = turn.answers[0] if turn.answers else None
                article_id = self.article_ids[turn.article] if turn.article else None
                history = (*history, PastTurn(question=turn.question, answer=answer, article_id=article_id))


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
            article_ids = {article.source: article.id for article in library.articles()}
            yield Chain(embedder, retriever, build_reader(settings), settings.reader.top_k, article_ids)
