"""How sure we are: the probability that a candidate is a right answer, from what retrieval and reading said of it.

Two logistic regressions, fitted by ``rag.training.calibration`` and shipped with the reader they were fitted for: one
over all candidates, which ranks them, and one over the candidates that came out first, which says how sure we are. A
single one, fitted over the many candidates that are not shown, took the few that are for too much like them.

Source: Kamath, Jia and Liang, "Selective question answering under domain shift", ACL 2020, who train a calibrator on
such features and find that it beats the reader's own softmax. Decision: docs/decisions/005-confidence.md.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rag.articles import StoredPassage
from rag.candidates import Candidate
from rag.errors import ModelError
from rag.question_kind import question_kind, suits_kind
from rag.values.sameness import is_same_value
from vectorstore.analysis import query_terms, terms_in

__all__ = ["FEATURES", "FORMAT_VERSION", "Calibration", "FloatArray", "LogisticModel", "candidate_features"]

FloatArray = npt.NDArray[np.float64]

FORMAT_VERSION = 3

FEATURES = (
    "margin",
    "null_score",
    "dense_score",
    "question_words_in_passage",
    "is_of_asked_kind",
    "span_words",
    "agreeing_articles",
)
"""What the calibration sees of a candidate, in the order of ``candidate_features``' columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogisticModel:
    """A fitted logistic regression over standardised features.

    Attributes:
        weights: float64, shape (len(FEATURES),).
        means: float64, shape (len(FEATURES),).
        scales: float64, shape (len(FEATURES),).
        bias: The log-odds of a candidate with mean features.
    """

    weights: FloatArray
    means: FloatArray
    scales: FloatArray
    bias: float

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "LogisticModel":
        """Read one; raises ValueError, KeyError or TypeError when it is not whole."""
        columns = {name: np.asarray(stored[name], dtype=np.float64) for name in ("weights", "means", "scales")}
        if any(column.shape != (len(FEATURES),) or not np.isfinite(column).all() for column in columns.values()):
            raise ValueError("it needs one finite number for each feature")
        return cls(**columns, bias=float(stored["bias"]))

    def log_odds(self, features: FloatArray) -> FloatArray:
        """Return the log-odds for each row of features, shape (n, len(FEATURES)) to (n,)."""
        return (features - self.means) / self.scales @ self.weights + self.bias

    def probability(self, features: FloatArray, more: FloatArray | float = 0.0) -> FloatArray:
        """Return the probability for each row of features, shape (n, len(FEATURES)) to (n,).

        Args:
            features: As ``candidate_features`` gives them.
            more: Added to the log-odds, for what the features do not see; shape (n,).
        """
        odds = self.log_odds(features) + more
        return 1.0 / (1.0 + np.exp(-np.clip(odds, -50.0, 50.0)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """A fitted calibration.

    Attributes:
        ranking: Orders the candidates of a question.
        confidence: The probability that a candidate is right, had it come out first.
        focus_odds: What the log-odds of a candidate gain if it stands in the article that answered the question on
            which this one leans.
        min_confidence: The declared operating point: below it, abstain.
        reader_margin: Margin over null below which the reader alone, on a given passage, had better abstain.
        reader_sha256: Weights of the reader it was fitted for.
    """

    ranking: LogisticModel
    confidence: LogisticModel
    focus_odds: float
    min_confidence: float
    reader_margin: float
    reader_sha256: str

    @classmethod
    def load(cls, path: Path) -> "Calibration":
        """Read the artefact.

        Raises:
            ModelError: It is missing, damaged, or fitted for other features.
        """
        remedy = "Reinstall Pullquote: `pip install --force-reinstall pullquote`."
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
            if stored["format_version"] != FORMAT_VERSION or tuple(stored["features"]) != FEATURES:
                raise ModelError(f"The calibration {path} was fitted for another version of Pullquote.", remedy)
            return cls(
                ranking=LogisticModel.from_json(stored["ranking"]),
                confidence=LogisticModel.from_json(stored["confidence"]),
                focus_odds=float(stored["focus_odds"]),
                min_confidence=float(stored["min_confidence"]),
                reader_margin=float(stored["reader_margin"]),
                reader_sha256=str(stored["reader_sha256"]),
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"The calibration {path} cannot be read: {error}.", remedy) from error


def candidate_features(question: str, candidates: Sequence[Candidate]) -> FloatArray:
    """Return what the calibration sees of the candidates of one question, shape (len(candidates), len(FEATURES)).

    ``agreeing_articles`` counts the other articles that give the same value with a positive margin.
    """
    kind = question_kind(question)
    shares = _shares_of_question(question, {one.retrieved.passage.id: one.retrieved.passage for one in candidates})
    rows = []
    for candidate in candidates:
        same = [other for other in candidates if is_same_value(other.text, candidate.text)]
        agreeing = {other.article_id for other in same if other.margin > 0.0} - {candidate.article_id}
        rows.append(
            (
                candidate.margin,
                candidate.null_score,
                candidate.retrieved.dense_score or 0.0,
                shares[candidate.retrieved.passage.id],
                float(suits_kind(candidate.text, kind)),
                math.log1p(len(candidate.text.split())),
                math.log1p(len(agreeing)),
            )
        )
    return np.asarray(rows, dtype=np.float64).reshape(len(candidates), len(FEATURES))


def _shares_of_question(question: str, passages: Mapping[int, StoredPassage]) -> dict[int, float]:
    """Return for each passage the share of the question's terms that it or its headline holds."""
    asked = set(query_terms(question))
    if not asked:
        return dict.fromkeys(passages, 0.0)
    return {
        passage_id: len(asked.intersection(terms_in(f"{passage.title} {passage.text}"))) / len(asked)
        for passage_id, passage in passages.items()
    }
