"""How often the right article is found in a library of every development article, one a title."""

import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from rag.assembly import build_embedder, build_retriever, fill_library, open_library
from rag.evaluation.question_sets import ExpectedAnswer
from rag.evaluation.retrieval import rank_of, recall
from rag.evaluation.squad_data import read_contexts
from rag.evaluation.squad_library import write_library
from rag.settings import Settings

ASKED_OF = "squad/"
PASSAGES = 40
"""Retrieved for a question: of one article several may come before the fifth article."""


def recall_at_5(data: Path, directory: Path) -> tuple[float, int, int]:
    """Read all ``dev-*.jsonl.gz`` as articles and ask the questions of dev-squad that have an answer.

    Returns:
        Recall@5 at article level, the number of questions, and of articles.
    """
    settings = Settings(library=directory)
    with tempfile.TemporaryDirectory() as folder:
        asked = write_library(read_contexts(sorted(data.glob("dev-*.jsonl.gz"))), Path(folder))
        fill_library(settings, [Path(folder)])
    questions = [one for one in asked if one.answers and one.article.startswith(ASKED_OF)]
    return _recall(settings, questions), len(questions), len({one.article for one in asked})


def _recall(settings: Settings, questions: Sequence[ExpectedAnswer]) -> float:
    embedder = build_embedder(settings)
    with closing(open_library(settings, embedder=embedder)) as library:
        retriever = build_retriever(settings, library=library)
        vectors = embedder.encode_queries([one.question for one in questions])
        total = 0.0
        for one, vector in zip(questions, vectors, strict=True):
            found = retriever.retrieve(one.question, vector, top_k=PASSAGES)
            total += recall(rank_of([hit.passage.source for hit in found], {one.article}), k=5)
    return total / len(questions)
