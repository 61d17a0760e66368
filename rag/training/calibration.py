"""Fits the confidence for the shipped reader: ``python -m rag.training.calibration``.

Every question of the fitting sets is asked of a library that the product's own parts build: of the whole of it, of the
folder of its article, and of its article alone, so that the confidence holds for large libraries and for small ones.
Each candidate that was read is an example, right or not; a question that the articles do not answer has no right one.
"""

import argparse
import json
import logging
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from rag.articles import ArticleFilter
from rag.assembly import (
    CALIBRATION,
    build_embedder,
    build_reader,
    build_retriever,
    fill_library,
    open_library,
    reader_hash,
)
from rag.calibration import FEATURES, FORMAT_VERSION, Calibration, FloatArray, LogisticModel, candidate_features
from rag.candidates import candidates_of
from rag.errors import PullquoteError
from rag.evaluation.answering import RIGHT_F1, expected_calibration_error
from rag.evaluation.metrics import token_f1
from rag.evaluation.question_sets import ExpectedAnswer, load_question_set
from rag.protocols import Embedder, PassageText, Reader
from rag.retriever import HybridRetriever
from rag.settings import Settings

__all__ = ["main"]

_log = logging.getLogger(__name__)

SETS = ("truce", "politics", "economy", "sport-weather", "science-courts")
"""The question sets. Each was written apart from the others, with stories and people of its own, so that leaving one
out in turn measures the weights on stories that they do not know."""

MIN_CONFIDENCE = 0.4
"""The declared operating point. Decision: docs/decisions/005-confidence.md."""

INVERSE_REGULARISATION = 1.0
"""scikit-learn's C, its default: eight weights from thousands of candidates hardly need any."""


@dataclass(frozen=True, slots=True)
class Read:
    """The candidates of one question asked of one scope.

    Attributes:
        scope: Source below which the articles were searched; None for all.
        features: Shape (candidates, len(FEATURES)).
        f1: Token F1 of each candidate with the expected answers; shape (candidates,), 0 where none is expected.
    """

    expected: ExpectedAnswer
    scope: str | None
    features: FloatArray
    f1: FloatArray


@dataclass(frozen=True, slots=True)
class Chain:
    """The parts that put candidates forward."""

    embedder: Embedder
    retriever: HybridRetriever
    reader: Reader
    top_k: int

    def read(self, expected: ExpectedAnswer, scope: str | None) -> Read:
        """Ask one question of the articles below a source, as the assistant does up to its candidates."""
        query = " ".join(expected.question.split())
        (vector,) = self.embedder.encode_queries([query])
        article_filter = ArticleFilter(source=scope)
        found = self.retriever.retrieve(query, vector, top_k=self.top_k, article_filter=article_filter)
        readings = self.reader.read(query, [PassageText(one.passage.title, one.passage.text) for one in found])
        candidates = candidates_of(found, readings)
        f1 = [token_f1(one.text, expected.answers) if expected.answers else 0.0 for one in candidates]
        return Read(expected, scope, candidate_features(query, candidates), np.asarray(f1))


def scopes_of(expected: ExpectedAnswer) -> list[str | None]:
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


def fit(reads: Sequence[Read], *, reader_sha256: str) -> Calibration:
    """Fit what ranks candidates on all of them, and the confidence on those that come out first.

    The lead over another value is left out of the ranking: it repeats the margin, with the others' sign.
    """
    features = np.concatenate([read.features for read in reads])
    is_right = np.concatenate([read.f1 >= RIGHT_F1 for read in reads])
    ranking = _fitted(features, is_right, left_out=("lead",))
    first = [(read, int(np.argmax(ranking.probability(read.features)))) for read in reads if len(read.features)]
    confidence = _fitted(
        np.stack([read.features[at] for read, at in first]),
        np.asarray([read.f1[at] >= RIGHT_F1 for read, at in first]),
    )
    return Calibration(
        ranking=ranking, confidence=confidence, min_confidence=MIN_CONFIDENCE, reader_sha256=reader_sha256
    )


def _fitted(features: FloatArray, is_right: npt.NDArray[np.bool_], *, left_out: Sequence[str] = ()) -> LogisticModel:
    kept = [at for at, name in enumerate(FEATURES) if name not in left_out]
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=INVERSE_REGULARISATION).fit(scaler.transform(features)[:, kept], is_right)
    weights = np.zeros(len(FEATURES))
    weights[kept] = model.coef_[0]
    return LogisticModel(weights=weights, means=scaler.mean_, scales=scaler.scale_, bias=float(model.intercept_[0]))


def measured(calibration: Calibration, reads: Sequence[Read]) -> dict[str, float]:
    """Return how good the answers are at the operating point, and how true the confidence is."""
    best = [_best(calibration, read) for read in reads]
    confidences, f1 = np.asarray([pair[0] for pair in best]), np.asarray([pair[1] for pair in best])
    is_answerable = np.asarray([read.expected.is_answerable for read in reads])
    is_right, is_shown = f1 >= RIGHT_F1, confidences >= calibration.min_confidence
    return {
        "questions": len(reads),
        "f1": _share(np.where(is_shown, f1, 0.0)[is_answerable]),
        "precision": _share(is_right[is_shown]),
        "refusal_precision": _share(~is_answerable[~is_shown]),
        "refusal_recall": _share(~is_shown[~is_answerable]),
        "auroc": float(roc_auc_score(is_right, confidences)),
        "calibration_error": expected_calibration_error(confidences.tolist(), is_right.tolist()),
    }


def _best(calibration: Calibration, read: Read) -> tuple[float, float]:
    """Return the confidence and token F1 of the candidate that comes out first."""
    if not len(read.features):
        return 0.0, 0.0
    first = int(np.argmax(calibration.ranking.probability(read.features)))
    return float(calibration.confidence.probability(read.features[first])), float(read.f1[first])


def _share(values: npt.NDArray[Any]) -> float:
    return float(values.mean()) if len(values) else 0.0


def left_out_in_turn(reads: Mapping[str, Sequence[Read]]) -> dict[str, dict[str, dict[str, float]]]:
    """Return the figures of each set, with weights fitted on the others: asked of everything, and of one article."""
    figures = {}
    for name, own in reads.items():
        others = [read for other, some in reads.items() if other != name for read in some]
        calibration = fit(others, reader_sha256="")
        whole = [read for read in own if read.scope is None]
        alone = [read for read in own if read.scope is not None and read.scope == read.expected.article]
        figures[name] = {
            "whole_library": measured(calibration, whole),
            "one_article": measured(calibration, alone),
        }
    return figures


def save(calibration: Calibration, figures: Mapping[str, Any], path: Path) -> None:
    """Write the artefact, whole or not at all."""
    stored = {
        "format_version": FORMAT_VERSION,
        "features": FEATURES,
        "ranking": _as_json(calibration.ranking),
        "confidence": _as_json(calibration.confidence),
        "min_confidence": calibration.min_confidence,
        "reader_sha256": calibration.reader_sha256,
        "fitted_on": list(figures),
        "left_out_in_turn": figures,
    }
    beside = path.with_suffix(".tmp")
    beside.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    beside.replace(path)


def _as_json(model: LogisticModel) -> dict[str, Any]:
    columns = {"weights": model.weights, "means": model.means, "scales": model.scales}
    return {name: column.tolist() for name, column in columns.items()} | {"bias": model.bias}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m rag.training.calibration", description=__doc__)
    parser.add_argument("--articles", type=Path, nargs="+", default=[Path("seeds"), Path("tests/library")])
    parser.add_argument("--questions", type=Path, default=Path("tests/questions"), help="folder of the sets")
    parser.add_argument("--out", type=Path, default=CALIBRATION)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        sets = {name: load_question_set(options.questions / f"{name}.jsonl") for name in SETS}
        with chain_over(options.articles) as chain:
            reads = {
                name: [chain.read(expected, scope) for expected in questions for scope in scopes_of(expected)]
                for name, questions in sets.items()
            }
        figures = left_out_in_turn(reads)
        save(fit([read for some in reads.values() for read in some], reader_sha256=reader_hash()), figures, options.out)
    except PullquoteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    _log.info("%s", json.dumps(figures, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
