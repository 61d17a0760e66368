"""What the libraries are asked: real questions about the articles whose sentences they hold, with real vectors."""

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from rag.evaluation.question_sets import load_question_set
from rag.protocols import Embedder
from vectorstore.articles import Vectors

SETS = ("politics", "economy", "sport-weather", "science-courts")
ASKED = 100


def load_queries(questions: Path) -> list[str]:
    """Return questions spread over the sets of a folder."""
    found = [one.question for name in SETS for one in load_question_set(questions / f"{name}.jsonl")]
    return found[:: max(1, len(found) // ASKED)][:ASKED]


def save_queries(folder: Path, queries: list[str], embedder: Embedder) -> Vectors:
    """Write queries, vectors and the embedder's identity for other processes, and return the vectors."""
    folder.mkdir(parents=True, exist_ok=True)
    vectors = embedder.encode_queries(queries)
    told = {"embedder": asdict(embedder.identity), "queries": queries}
    (folder / "queries.json").write_text(json.dumps(told), encoding="utf-8")
    np.save(folder / "queries.npy", vectors, allow_pickle=False)
    return vectors
