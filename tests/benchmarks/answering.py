"""A question to an assistant that is already loaded."""

import statistics
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from rag.assembly import build_assistant, build_embedder, open_library
from rag.evaluation.question_sets import load_question_set
from rag.settings import Settings
from tests.benchmarks.timing import Row, percentile

QUESTIONS = Path(__file__).parent.parent / "questions"
ASKED = 60


def rows(sample: Settings, news: Settings) -> Iterator[Row]:
    """Ask questions of the sample article from both libraries."""
    for name, settings in (("sample library", sample), ("tests/library", news)):
        embedder = build_embedder(settings)
        with closing(open_library(settings, embedder=embedder)) as library:
            assistant = build_assistant(settings, library=library, embedder=embedder)
            assistant.answer("is it warm?")
            asked = load_question_set(QUESTIONS / "truce.jsonl")[:ASKED]
            timings = [assistant.answer(expected.question).trace.timings_ms for expected in asked]
        totals = [timing.total for timing in timings]
        stages = ", ".join(
            f"{stage} {statistics.median(getattr(timing, stage) for timing in timings):.0f}"
            for stage in ("encode", "search", "read")
        )
        yield Row(f"warm question, {name}, median", f"{statistics.median(totals):.0f} ms", f"medians: {stages} ms")
        yield Row(f"warm question, {name}, p95", f"{percentile(totals, 0.95):.0f} ms")
