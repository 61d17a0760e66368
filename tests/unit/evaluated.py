"""An evaluation of a tiny library by fakes, shared by the tests of what comes of one."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from rag.articles import Article
from rag.assistant import Assistant
from rag.calibration import FEATURES, Calibration, LogisticModel
from rag.evaluation.conditions import conditions_of
from rag.evaluation.question_sets import ExpectedAnswer, PlacedQuestion
from rag.evaluation.report import Report
from rag.evaluation.run import Evaluation
from rag.librarian import passage_input
from rag.retriever import HybridRetriever
from rag.settings import load_settings
from rag.splitter import SentenceSplitter
from rag.testing import HashedWordsEmbedder, PhraseReader
from vectorstore.articles import Addition
from vectorstore.memory import MemoryLibrary

EMBEDDER = HashedWordsEmbedder()
STORIES = {
    "halt.txt": "Halt begins\n\nThe halt began on Friday. The halt ends on Sunday, the ministry said.",
    "copy.txt": "Halt ends soon\n\nAid groups say that the halt ends on Sunday. They want more.",
    "paint.txt": "Museum buys painting\n\nThe museum bought a painting by Ada Ray.",
}
SCORES = {"Sunday": 6.0, "Friday": 3.0, "Ada Ray": 1.0}
"""By the calibration below, a score of 6 is 98 % sure, one of 3 is 73 %, and one of 1 is 27 %: held back."""

_MARGIN = LogisticModel(
    weights=np.array([1.0 if name == "margin" else 0.0 for name in FEATURES]),
    means=np.zeros(len(FEATURES)),
    scales=np.ones(len(FEATURES)),
    bias=-2.0,
)
BY_MARGIN = Calibration(
    ranking=_MARGIN, confidence=_MARGIN, focus_odds=1.0, min_confidence=0.5, reader_margin=0.0, reader_sha256=""
)
"""Rank and confidence rise with the margin alone; the confidence passes one half at a margin of 2."""


def library_of(stories: Mapping[str, str]) -> MemoryLibrary:
    library = MemoryLibrary(embedder=EMBEDDER.identity)
    splitter = SentenceSplitter(max_passage_tokens=64, overlap_sentences=0, embedder=EMBEDDER)
    for source, text in stories.items():
        article = Article(origin=f"/{source}", source=source, title=text.split("\n", maxsplit=1)[0], text=text)
        passages = tuple(splitter.split(text))
        vectors = EMBEDDER.encode_passages([passage_input(article, passage) for passage in passages])
        library.add([Addition(article=article, passages=passages, vectors=vectors)])
    return library


def assistant_of(library: MemoryLibrary, scores: Mapping[str, float], *, top_k: int = 8) -> Assistant:
    return Assistant(
        embedder=EMBEDDER,
        retriever=HybridRetriever(library, candidates=50, dense_weight=0.5),
        reader=PhraseReader(scores),
        calibration=BY_MARGIN,
        top_k=top_k,
    )


def placed(
    id_: str, question: str, *answers: str, article: str | None = "halt.txt", **fields: object
) -> PlacedQuestion:
    given = {"also": (), "type": "what", **fields}
    expected = ExpectedAnswer(id=id_, question=question, answers=answers, article=article, **given)  # type: ignore[arg-type]
    return PlacedQuestion("set", f"set.jsonl, line of {id_}", expected)


QUESTIONS = (
    placed("ends", "when does the halt end?", "Sunday", also=("copy.txt",), type="when"),
    placed("began", "when did the halt begin?", "Friday", type="when"),
    placed("painter", "who is the painting by?", "Ada Ray", article="paint.txt", type="who"),
    placed("price", "what did the painting cost?", article="paint.txt"),
)


def evaluation_of(
    questions: Sequence[PlacedQuestion] = QUESTIONS,
    *,
    out: Path | None = None,
    stories: Mapping[str, str] = STORIES,
    scores: Mapping[str, float] = SCORES,
    top_k: int = 8,
) -> Evaluation:
    library = library_of(stories)
    return Evaluation(
        assistant_of(library, scores, top_k=top_k),
        library,
        conditions=conditions_of(load_settings(), library, []),
        questions=questions,
        faults=[],
        out=out,
    )


def report_of(questions: Sequence[PlacedQuestion] = QUESTIONS, **options) -> Report:
    evaluation = evaluation_of(questions, **options)
    list(evaluation.run())
    return evaluation.report()
