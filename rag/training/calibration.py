"""Fits the confidence for the shipped reader: ``python -m rag.training.calibration --data DIR``.

Every question of the fitting sets is asked of a library that the product's own parts build. Each candidate that was
read is an example, right or not; a question that the articles do not answer has no right one.
"""

import argparse
import json
import logging
import os
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from rag.assembly import CALIBRATION, build_reader, reader_hash
from rag.calibration import FEATURES, FORMAT_VERSION, Calibration, FloatArray, LogisticModel
from rag.errors import PullquoteError
from rag.evaluation.confidence import Forced, confidence_figures, operating_figures
from rag.evaluation.metrics import RIGHT_F1
from rag.evaluation.question_sets import load_question_set
from rag.evaluation.reading import figures_of, read_all
from rag.evaluation.squad_data import read_contexts
from rag.evaluation.squad_library import write_library
from rag.settings import Settings
from rag.training.candidate_reads import CandidateReads, chain_over

__all__ = ["main"]

_log = logging.getLogger(__name__)

Reads = Mapping[str, Sequence[CandidateReads]]

NEWS_SETS = ("truce", "politics", "economy", "sport-weather", "science-courts")
"""The project's question sets. Each was written apart from the others, with stories and people of its own, so that
leaving one out in turn measures the weights on stories that they do not know."""

NEAR_MISSES = "near-misses"
"""More questions without an answer, on the articles of the news sets, whose folders bear the sets' names."""

ENCYCLOPEDIA_SETS = ("dev-squad", "dev-new_wiki")
"""The files whose questions name what they ask about, so that they can be asked of a whole library. No training sees
them, nor does the fit: they tell what the confidence is worth on other articles than news."""

QUESTIONS_A_FILE = 1000
"""Spread evenly over a file: as many as there are of the news."""

MIN_CONFIDENCE = 0.45
"""The declared operating point. Decision: docs/decisions/005-confidence.md."""

MAX_FOCUS_ODDS = 3.0
"""Bounds the fit: no article in focus makes an answer twenty times as likely."""

INVERSE_REGULARISATION = 1.0
"""scikit-learn's C, its default: seven weights from thousands of candidates hardly need any."""


def read_sets(articles: Sequence[Path], questions: Path, data: Path) -> dict[str, list[CandidateReads]]:
    """Return what is put forward for every set, asked of the news articles and of an encyclopedia's.

    News is asked of the whole library, of the folder of its article, and of its article alone, so that the confidence
    holds for large libraries and for small ones.
    """
    news = {name: load_question_set(questions / f"{name}.jsonl") for name in NEWS_SETS}
    for tempting in load_question_set(questions / f"{NEAR_MISSES}.jsonl"):
        news[(tempting.article or "").partition("/")[0]].append(tempting)
    with chain_over(articles) as chain:
        reads = {name: chain.read_all(asked, in_every_scope=True) for name, asked in news.items()}
    with tempfile.TemporaryDirectory() as folder:
        encyclopedia = {
            name: write_library(read_contexts([data / f"{name}.jsonl.gz"]), Path(folder)) for name in ENCYCLOPEDIA_SETS
        }
        with chain_over([Path(folder)]) as chain:
            reads |= {
                name: chain.read_all(asked[:: -(-len(asked) // QUESTIONS_A_FILE)], in_every_scope=False)
                for name, asked in encyclopedia.items()
            }
    return reads


def read_conversations(folder: Path) -> list[CandidateReads]:
    """Return what is put forward for the follow-ups of the conversations, asked of their own library."""
    with chain_over([folder / "library"]) as chain:
        return list(chain.read_follow_ups(load_question_set(folder / "dialogues.jsonl")))


def fit(
    reads: Sequence[CandidateReads],
    conversations: Sequence[CandidateReads] = (),
    *,
    reader_margin: float = 0.0,
    reader_sha256: str = "",
) -> Calibration:
    """Fit what ranks candidates on all of them, and the confidence on those that come out first.

    What an article in focus is worth is fitted on conversations, with the rest as it is.
    """
    features = np.concatenate([read.features for read in reads])
    is_right = np.concatenate([read.f1 >= RIGHT_F1 for read in reads])
    ranking = _fitted(features, is_right)
    first = _firsts(ranking, reads)
    confidence = _fitted(
        np.stack([read.features[at] for read, at in first]),
        np.asarray([read.f1[at] >= RIGHT_F1 for read, at in first]),
    )
    return Calibration(
        ranking=ranking,
        confidence=confidence,
        focus_odds=_focus_odds(confidence, _firsts(ranking, conversations)),
        min_confidence=MIN_CONFIDENCE,
        reader_margin=reader_margin,
        reader_sha256=reader_sha256,
    )


def _firsts(ranking: LogisticModel, reads: Iterable[CandidateReads]) -> list[tuple[CandidateReads, int]]:
    """Return where in each question's candidates the one stands that comes out first; nothing where there is none."""
    return [(read, int(np.argmax(ranking.probability(read.features)))) for read in reads if len(read.features)]


def _focus_odds(confidence: LogisticModel, firsts: Iterable[tuple[CandidateReads, int]]) -> float:
    """Return what makes candidates in the article in focus most likely what they are; 0 where there are none."""
    inside = [(read, at) for read, at in firsts if read.is_in_focus[at]]
    if not inside:
        return 0.0
    features = np.stack([read.features[at] for read, at in inside])
    is_right = np.asarray([read.f1[at] >= RIGHT_F1 for read, at in inside])
    odds = np.where(is_right, 1.0, -1.0)

    def doubt(more: float) -> float:
        return float(np.logaddexp(0.0, -odds * (confidence.log_odds(features) + more)).sum())

    return float(minimize_scalar(doubt, bounds=(-MAX_FOCUS_ODDS, MAX_FOCUS_ODDS), method="bounded").x)


def _fitted(features: FloatArray, is_right: npt.NDArray[np.bool_]) -> LogisticModel:
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=INVERSE_REGULARISATION).fit(scaler.transform(features), is_right)
    return LogisticModel(
        weights=model.coef_[0], means=scaler.mean_, scales=scaler.scale_, bias=float(model.intercept_[0])
    )


def best_margin(contexts: Path) -> float:
    """Return the margin over null from which on answering gives these contexts' questions the best F1."""
    read = list(read_all(read_contexts([contexts]), build_reader(Settings())))
    return figures_of(read, threshold=0.0).at_best_threshold.threshold


def left_out_in_turn(reads: Reads) -> dict[str, dict[str, Any]]:
    """Return the figures of each set with weights fitted on the other news: asked of everything, and of one article."""
    figures: dict[str, dict[str, Any]] = {}
    for name, own in reads.items():
        others = [read for other in NEWS_SETS if other != name for read in reads[other]]
        calibration = fit(others)
        asked_of = {
            "whole_library": [read for read in own if read.scope is None],
            "one_article": [read for read in own if read.scope is not None and read.scope == read.expected.article],
        }
        figures[name] = {scope: _figures(calibration, some) for scope, some in asked_of.items() if some}
    return figures


def _figures(calibration: Calibration, reads: Sequence[CandidateReads]) -> dict[str, Any]:
    answers = [_first(calibration, read) for read in reads]
    return asdict(confidence_figures(answers)) | asdict(
        operating_figures(answers, min_confidence=calibration.min_confidence)
    )


def _first(calibration: Calibration, read: CandidateReads) -> Forced:
    """Return the candidate that comes out first."""
    is_answerable = read.expected.is_answerable
    if not len(read.features):
        return Forced(confidence=0.0, f1=0.0, is_right=False, is_answerable=is_answerable)
    first = int(np.argmax(calibration.ranking.probability(read.features)))
    confidence, f1 = float(calibration.confidence.probability(read.features[first])), float(read.f1[first])
    return Forced(confidence=confidence, f1=f1, is_right=f1 >= RIGHT_F1, is_answerable=is_answerable)


def save(calibration: Calibration, figures: Mapping[str, Any], path: Path) -> None:
    """Write the artefact, whole or not at all."""
    stored = {
        "format_version": FORMAT_VERSION,
        "features": FEATURES,
        "ranking": _as_json(calibration.ranking),
        "confidence": _as_json(calibration.confidence),
        "focus_odds": calibration.focus_odds,
        "min_confidence": calibration.min_confidence,
        "reader_margin": calibration.reader_margin,
        "reader_sha256": calibration.reader_sha256,
        "fitted_on": NEWS_SETS,
        "left_out_in_turn": figures,
    }
    # A share of nothing is no number, which JSON does not know.
    plain = json.loads(json.dumps(stored), parse_constant=lambda _: None)
    beside = path.with_suffix(".tmp")
    beside.write_text(json.dumps(plain, indent=2) + "\n", encoding="utf-8")
    beside.replace(path)


def _as_json(model: LogisticModel) -> dict[str, Any]:
    columns = {"weights": model.weights, "means": model.means, "scales": model.scales}
    return {name: column.tolist() for name, column in columns.items()} | {"bias": model.bias}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        margin = best_margin(options.data / f"{ENCYCLOPEDIA_SETS[0]}.jsonl.gz")
        reads = read_sets(options.articles, options.questions, options.data)
        figures = left_out_in_turn(reads)
        news = [read for name in NEWS_SETS for read in reads[name]]
        conversations = read_conversations(options.conversations)
        calibration = fit(news, conversations, reader_margin=margin, reader_sha256=reader_hash())
        save(calibration, figures, options.out)
    except PullquoteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    _log.info("%s", json.dumps(figures, indent=2))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m rag.training.calibration", description="Fit the confidence.")
    data = os.environ.get("PULLQUOTE_TRAINING_DATA")
    parser.add_argument("--data", type=Path, default=data, required=data is None, help="folder of dev-*.jsonl.gz files")
    parser.add_argument("--articles", type=Path, nargs="+", default=[Path("seeds"), Path("tests/library")])
    parser.add_argument("--questions", type=Path, default=Path("tests/questions"), help="folder of the news sets")
    parser.add_argument("--conversations", type=Path, default=Path("tests/conversations"), help="folder of follow-ups")
    parser.add_argument("--out", type=Path, default=CALIBRATION)
    return parser


if __name__ == "__main__":
    sys.exit(main())
