import json

import numpy as np
import pytest

from rag.articles import StoredPassage
from rag.calibration import FEATURES, Calibration, LogisticModel, candidate_features
from rag.candidates import Candidate
from rag.errors import ModelError
from rag.retriever import RetrievedPassage


def candidate(text: str, *, margin: float, article_id: int = 1, passage: str = "", rank: int = 1) -> Candidate:
    stored = StoredPassage(
        id=article_id * 10 + rank,
        article_id=article_id,
        version=1,
        title="The halt",
        source="a.txt",
        url=None,
        published=None,
        text=passage or f"It ends on {text}.",
        start=0,
        end=60,
    )
    retrieved = RetrievedPassage(passage=stored, score=0.03, dense_rank=rank, dense_score=0.6, lexical_rank=None)
    return Candidate(
        retrieved=retrieved, rank=rank, start=0, end=len(text), text=text, span_score=margin + 1.0, null_score=1.0
    )


def column(question: str, name: str, *candidates: Candidate) -> list[float]:
    return candidate_features(question, candidates)[:, FEATURES.index(name)].tolist()


def model(**changed) -> dict:
    count = len(FEATURES)
    return {"weights": [0.5] * count, "means": [0.0] * count, "scales": [1.0] * count, "bias": 0.0, **changed}


def stored(**changed) -> dict:
    return {
        "format_version": 3,
        "features": list(FEATURES),
        "ranking": model(),
        "confidence": model(),
        "focus_odds": 0.6,
        "min_confidence": 0.4,
        "reader_margin": 1.5,
        "reader_sha256": "ab",
        **changed,
    }


def test_a_probability_rises_with_what_has_weight():
    fitted = LogisticModel(
        weights=np.ones(len(FEATURES)), means=np.zeros(len(FEATURES)), scales=np.full(len(FEATURES), 2.0), bias=0.0
    )
    rows = np.array([[value] + [0.0] * (len(FEATURES) - 1) for value in (-1e9, -2.0, 0.0, 2.0, 1e9)])
    probabilities = fitted.probability(rows)
    assert probabilities == pytest.approx([0.0, 1 / (1 + np.e), 0.5, 1 / (1 + 1 / np.e), 1.0])
    assert ((probabilities >= 0.0) & (probabilities <= 1.0)).all()


def test_no_candidates_have_no_features():
    assert candidate_features("when?", []).shape == (0, len(FEATURES))


def test_other_articles_that_agree_count_once_each_and_only_above_null():
    one = candidate("Sunday", margin=5.0)
    again = candidate("Sunday", margin=4.0, rank=2)
    elsewhere = candidate("Sunday", margin=1.0, article_id=2)
    doubtful = candidate("Sunday", margin=-1.0, article_id=3)
    agreeing = column("when does it end?", "agreeing_articles", one, again, elsewhere, doubtful)
    assert agreeing == pytest.approx(np.log1p([1, 1, 1, 2]).tolist())


def test_a_span_of_another_kind_than_asked_is_told():
    spans = candidate("Sunday", margin=1.0), candidate("the harbour", margin=1.0)
    assert column("when does it end?", "is_of_asked_kind", *spans) == [1.0, 0.0]


def test_the_questions_words_are_looked_for_in_headline_and_passage():
    near = candidate("Sunday", margin=1.0, passage="The halt of strikes ends on Sunday.")
    far = candidate("Sunday", margin=1.0, passage="The fair ends on Sunday.", article_id=2)
    shares = column("when does the halt of the striking end?", "question_words_in_passage", near, far)
    assert shares == [1.0, pytest.approx(2 / 3)]


def test_a_calibration_reads_back(tmp_path):
    path = tmp_path / "calibration.json"
    path.write_text(json.dumps(stored()))
    calibration = Calibration.load(path)
    assert (calibration.min_confidence, calibration.reader_sha256) == (0.4, "ab")
    assert calibration.ranking.weights.tolist() == [0.5] * len(FEATURES)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        json.dumps(stored(format_version=99)),
        json.dumps(stored(features=["margin"])),
        json.dumps(stored(ranking=None)),
        json.dumps(stored(ranking=model(weights=[1.0]))),
        json.dumps(stored(ranking=model(means=["x"]))),
        json.dumps(stored(confidence=model(scales=[float("nan")] * len(FEATURES)))),
        json.dumps(stored(confidence=model(bias=None))),
    ],
)
def test_a_damaged_calibration_is_refused_by_name(tmp_path, content):
    path = tmp_path / "calibration.json"
    path.write_text(content)
    with pytest.raises(ModelError, match=r"calibration\.json"):
        Calibration.load(path)


def test_a_missing_calibration_is_refused_by_name(tmp_path):
    with pytest.raises(ModelError, match=r"gone\.json"):
        Calibration.load(tmp_path / "gone.json")
