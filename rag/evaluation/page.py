"""The report as one HTML page that needs nothing else: tables, plots, and every question with what lies behind it.

Nothing of an article or a question ever becomes markup: Jinja escapes what stands in the page, the questions are data
that the page's own script shows as text, and the policy of the page lets no other script run.
"""

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rag.errors import DataError
from rag.evaluation.asking import AskedQuestion
from rag.evaluation.losses import step_lost
from rag.evaluation.plots import latency_plot, losses_plot, reliability_plot, risk_coverage_plot
from rag.evaluation.report import Report
from rag.evaluation.summary import summary_of
from rag.evaluation.tables import headline, tables_of

__all__ = ["page_of", "write_page"]

FILES = Path(__file__).parent / "page"


def write_page(report: Report, path: Path) -> None:
    """Write the page of a report.

    Raises:
        DataError: It cannot be written.
    """
    try:
        path.write_text(page_of(report), encoding="utf-8", errors="replace")
    except OSError as error:
        message = f"The page {path} cannot be written: {error.strerror}."
        raise DataError(message, "Name a file in a folder that you may write to.") from error


def page_of(report: Report) -> str:
    """Return the page of a report."""
    environment = Environment(loader=FileSystemLoader(FILES), autoescape=True, undefined=StrictUndefined)
    style, script = (FILES / name for name in ("page.css", "page.js"))
    style_text, script_text = (file.read_text(encoding="utf-8") for file in (style, script))
    return environment.get_template("page.html.j2").render(
        headline=list(headline(report)),
        is_partial=report.is_partial,
        tables=tables_of(report),
        plots=_plots(report.asked),
        faults=[str(fault) for fault in report.faults],
        conditions=report.conditions,
        data=_data(report.asked),
        style=style_text,
        script=script_text,
        policy=f"default-src 'none'; style-src '{_hash(style_text)}'; script-src '{_hash(script_text)}'",
    )


def _plots(asked: Sequence[AskedQuestion]) -> dict[str, str]:
    if not asked:
        return {}
    summary = summary_of(asked)
    return {
        "How true the confidence is": reliability_plot(summary.confidence),
        "What answering more costs": risk_coverage_plot(summary.confidence, summary.softmax),
        "Where answers are lost": losses_plot(summary.lost),
        "How long answers take": latency_plot(asked),
    }


def _data(asked: Sequence[AskedQuestion]) -> dict[str, Any]:
    """Return what the script shows: questions, and the passages behind them, each once."""
    passages = {
        f"{read.article_id}:{read.start}": [read.source, read.title, read.text, read.start]
        for one in asked
        for read in one.passages
    }
    return {"questions": [_question(one) for one in asked], "passages": passages}


def _question(asked: AskedQuestion) -> dict[str, Any]:
    expected, answer = asked.expected, asked.answer
    follow_up = answer["trace"]["follow_up"]
    return {
        "id": expected.id,
        "set": asked.set,
        "type": expected.type,
        "question": expected.question,
        "query": answer["query"],
        "follow_up": follow_up["reason"] if follow_up else None,
        "wanted": list(expected.answers),
        "article": expected.article,
        "outcome": f"{'answered' if asked.is_answered else 'abstained'} {'rightly' if asked.is_right else 'wrongly'}",
        "step": step_lost(asked).value if expected.is_answerable else None,
        "f1": round(asked.f1, 3),
        "first": asked.first,
        "confidence": round(asked.confidence, 3),
        "answer": answer["answer"],
        "also": [[other["text"], round(other["confidence"], 3)] for other in answer["also_reported"]],
        "abstention": answer["abstention"]["message"] if answer["abstention"] else None,
        "ms": round(answer["trace"]["timings_ms"]["total"], 1),
        "passages": [
            [f"{read.article_id}:{read.start}", read.dense_rank, read.lexical_rank, read.span, read.margin]
            for read in asked.passages
        ],
    }


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
