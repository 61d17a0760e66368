"""The figures of a report as tables of text, which terminal, page and docs/quality.md each draw in their own way."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from rag.evaluation.answering import AnsweringFigures
from rag.evaluation.confidence import ConfidenceFigures
from rag.evaluation.latency import Percentiles
from rag.evaluation.losses import Step
from rag.evaluation.metrics import Interval
from rag.evaluation.report import Report
from rag.evaluation.summary import Summary, summary_of

__all__ = ["Table", "headline", "percent", "tables_of", "words"]

COUNTS = ("questions", "answered_rightly", "answered_wrongly", "abstained_rightly", "abstained_wrongly")
BY_TYPE = ("has_answer_exact", "has_answer_f1", "no_answer", "precision", "recall_at_5")
NOTHING = "-"
CONFIDENCE = ("auroc", "calibration_error", "coverage_at_90", "coverage_at_95")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A title, the heads of the columns, and rows whose first cell names them."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def headline(report: Report) -> Iterator[str]:
    """Yield what must be known before the figures: how many questions, of what, and whether they are all."""
    yield f"Asked: {len(report.asked):,}. Articles: {report.conditions.library['articles']:,}. Made: {report.made}."
    if report.is_partial:
        yield f"PARTIAL: {len(report.asked):,} of {report.total:,} questions were asked."
    if report.faults:
        yield f"{len(report.faults):,} were left out, the first of them {report.faults[0]}."


def tables_of(report: Report) -> list[Table]:
    """Return every table of a report; none where nothing was asked."""
    if not report.asked:
        return []
    summary = summary_of(report.asked)
    columns = {"all": summary.all} | (summary.by_set if len(summary.by_set) > 1 else {})
    return [
        _answers("Answers, refusals and articles found, % with 95 % intervals", columns),
        _kinds("By type of question, %", summary.by_type),
        *([_kinds("By the way it is typed, %", summary.by_typed)] if len(summary.by_typed) > 1 else []),
        _confidence({"fitted": summary.confidence, "reader's softmax": summary.softmax}),
        _losses(summary),
        _latency(summary.latency_ms),
    ]


def percent(interval: Interval) -> str:
    """Return a mean with its interval in percent, a dash where there is nothing to judge."""
    if math.isnan(interval.mean):
        return NOTHING
    return f"{100 * interval.mean:.1f} [{100 * interval.low:.1f}, {100 * interval.high:.1f}]"


def words(name: str) -> str:
    """Return the name of a field as words."""
    return {"mrr": "MRR", "ndcg": "nDCG", "auroc": "AUROC", "f1": "F1", "has_answer_f1": "has answer F1"}.get(
        name, name.replace("_", " ")
    )


def _answers(title: str, columns: Mapping[str, AnsweringFigures]) -> Table:
    rows = [
        (words(field.name), *(_cell(getattr(figures, field.name)) for figures in columns.values()))
        for field in fields(AnsweringFigures)
    ]
    return Table(title=title, columns=("", *columns), rows=tuple(rows))


def _kinds(title: str, by_kind: Mapping[str, AnsweringFigures]) -> Table:
    names = (*COUNTS, *BY_TYPE)
    rows = [
        (words(kind), *(_cell(getattr(figures, name), is_short=True) for name in names))
        for kind, figures in by_kind.items()
    ]
    return Table(title=title, columns=("", *map(words, names)), rows=tuple(rows))


def _confidence(columns: Mapping[str, ConfidenceFigures]) -> Table:
    rows = [(words(name), *(_number(getattr(one, name)) for one in columns.values())) for name in CONFIDENCE]
    return Table(title="Confidence in what stood first, shown or not", columns=("", *columns), rows=tuple(rows))


def _losses(summary: Summary) -> Table:
    total = sum(summary.lost.values())
    rows = [(step.value, str(summary.lost[step]), _share(summary.lost[step], total)) for step in Step]
    return Table(title="Where answers are lost", columns=("", "questions", "share"), rows=tuple(rows))


def _latency(by_stage: Mapping[str, Percentiles]) -> Table:
    total = by_stage["total"].mean
    rows = [
        (stage, *(f"{one:.1f}" for one in (times.p50, times.p95, times.p99, times.mean)), _share(times.mean, total))
        for stage, times in by_stage.items()
    ]
    columns = ("", "p50", "p95", "p99", "mean", "share of the time")
    return Table(title="Latency, ms", columns=columns, rows=tuple(rows))


def _cell(value: int | Interval, *, is_short: bool = False) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    if is_short:
        return NOTHING if math.isnan(value.mean) else f"{100 * value.mean:.1f}"
    return percent(value)


def _number(value: float) -> str:
    return NOTHING if math.isnan(value) else f"{value:.3f}"


def _share(part: float, whole: float) -> str:
    return f"{100 * part / whole:.1f} %" if whole else NOTHING
