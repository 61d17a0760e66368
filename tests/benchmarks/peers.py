"""Pullquote beside haystack, txtai and a plain pipeline: one library, one question set, one reader's weights.

``make bench-peers READER_WEIGHTS=DIR`` runs it in an environment of its own and writes docs/comparison.md.
"""

import argparse
import hashlib
import json
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from rag.assembly import MODELS
from rag.evaluation.metrics import RIGHT_F1, bootstrap_interval, exact_match, token_f1
from rag.evaluation.question_sets import ExpectedAnswer, load_question_set
from rag.evaluation.retrieval import rank_of, recall
from rag.model_files import load_manifest
from tests.benchmarks.full_precision import in_fp32
from tests.benchmarks.timing import percentile

PEERS = ("pullquote", "BM25 and reader", "haystack", "txtai")
SETS = ("politics", "economy", "sport-weather", "science-courts", "near-misses")
ARTICLES = ("seeds", "tests/library")
COLUMNS = (
    *("", "F1, answerable", "exact match", "refused of what cannot be answered", "right of what is shown"),
    *("recall at 5", "p50, ms", "p95, ms", "first answer, s", "peak memory, MB"),
)


def row(name: str, questions: Sequence[ExpectedAnswer], told: dict[str, Any]) -> list[str]:
    """Return the figures of one pipeline; those with an interval in percent."""
    pairs = list(zip(questions, told["answers"], strict=True))
    answerable = [(one, got) for one, got in pairs if one.is_answerable]
    ranks = [rank_of(got["sources"], one.answering_articles) for one, got in answerable]
    times_ms = [1000 * seconds for seconds in told["seconds"]]
    return [
        name,
        _percent([token_f1(got["text"], one.answers) for one, got in answerable]),
        _percent([exact_match(got["text"], one.answers) for one, got in answerable]),
        _percent([not got["text"] for one, got in pairs if not one.is_answerable]),
        _percent([token_f1(got["text"], one.answers) >= RIGHT_F1 for one, got in pairs if got["text"]]),
        _percent([recall(rank, k=5) for rank in ranks]),
        f"{percentile(times_ms, 0.5):.0f}",
        f"{percentile(times_ms, 0.95):.0f}",
        f"{told['first_answer_s']:.1f}",
        f"{told['peak_mb']:.0f}",
    ]


def _percent(values: Sequence[float]) -> str:
    interval = bootstrap_interval(np.array(values, dtype=np.float64))
    return f"{100 * interval.mean:.1f} [{100 * interval.low:.1f}, {100 * interval.high:.1f}]"


def check_weights(folder: Path) -> None:
    """Refuse weights that the shipped reader was not exported from: that would compare models."""
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    wanted = load_manifest(MODELS / "reader").source_sha256
    if digest != wanted:
        raise SystemExit(f"The shipped reader was exported from weights with the SHA-256 {wanted}, not {digest}.")


def measured(name: str, questions: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Ask one pipeline everything, in a process of its own."""
    weights = ["--reader-weights", str(options.reader_weights), "--embedder-weights", str(options.embedder_weights)]
    with tempfile.TemporaryDirectory() as folder:
        given = ["--articles", *ARTICLES, "--questions", str(questions), "--library", str(Path(folder) / "library")]
        started = ["--started", str(time.time())]
        command = [sys.executable, "-m", "tests.benchmarks.peer_chains", name, *started, *given, *weights]
        printed = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout
    told: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return told


def page(rows: Sequence[Sequence[str]], *, count: int, command: str) -> str:
    """Return docs/comparison.md."""
    versions = ", ".join(
        f"{one} {version(one)}" for one in ("pullquote", "haystack-ai", "txtai", "torch", "onnxruntime")
    )
    table = [f"| {' | '.join(COLUMNS)} |", f"|---|{'---:|' * (len(COLUMNS) - 1)}"]
    table += [f"| {' | '.join(cells)} |" for cells in rows]
    return f"""# Beside others

<!-- Written by `{command}`. -->

{datetime.now(UTC).date()}, {platform.machine()}, Python {platform.python_version()}; {versions}.

{count:,} questions ({", ".join(SETS)}) over the articles of {" and ".join(ARTICLES)}, asked
of each in a process of its own, one after the other. All search the same passages, read the eight best (txtai joins
them to one text) and have the same reader's weights: Pullquote and the plain pipeline as shipped in int8, the others in
fp32. Each abstains by its own rule. Percentages have 95 % bootstrap intervals. "First answer" is from the start of the
process, with all articles read, cut and indexed; peak memory is of the whole process.

{chr(10).join(table)}

- **pullquote**: hybrid search, reader, fitted confidence, as `pullquote ask`.
- **BM25 and reader**: BM25, then the span with the largest margin over null, where that is above 0.
- **haystack**: `InMemoryBM25Retriever`, `TransformersExtractiveReader` with its defaults, "no answer" among them.
- **txtai**: hybrid `Embeddings` with the same embedder, `RAG` over `Questions` with its defaults.
  Where the model says that the text does not answer, txtai 9.14 raises `TypeError`; that is counted as an abstention.
"""


def main() -> None:
    """Measure every pipeline and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader-weights", type=Path, required=True, help="folder of the weights before quantisation")
    parser.add_argument("--embedder-weights", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--limit", type=int, help="ask only so many questions, spread over the sets")
    parser.add_argument("--out", type=Path, default=Path("docs/comparison.md"))
    options = parser.parse_args()
    check_weights(options.reader_weights)
    lines = [line for name in SETS for line in Path(f"tests/questions/{name}.jsonl").read_text("utf-8").splitlines()]
    chosen = lines if options.limit is None else lines[:: -(-len(lines) // options.limit)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "questions.jsonl"
        path.write_text("\n".join(chosen) + "\n", encoding="utf-8")
        options.reader_weights = in_fp32(options.reader_weights, Path(folder) / "reader")
        questions = load_question_set(path)
        rows = []
        for name in PEERS:
            rows.append(row(name, questions, measured(name, path, options)))
            print(" | ".join(rows[-1]), flush=True)
    command = "make bench-peers READER_WEIGHTS=DIR EMBEDDER_WEIGHTS=DIR"
    options.out.write_text(page(rows, count=len(questions), command=command), encoding="utf-8")


if __name__ == "__main__":
    main()
