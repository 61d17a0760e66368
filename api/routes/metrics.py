"""``GET /metrics``."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

from api.guards.work import WorkLimit, WorkLimits
from api.metrics import Metrics
from api.problems import PROBLEM_RESPONSES
from api.state import State

__all__ = ["router"]

router = APIRouter(tags=["health"], responses=PROBLEM_RESPONSES)

AS_TEXT: dict[int | str, dict[str, Any]] = {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}}


def _metrics_of(request: Request) -> Metrics:
    metrics: Metrics = request.app.state.metrics
    return metrics


@router.get("/metrics", response_class=Response, responses=AS_TEXT)
def metrics(request: Request, state: State, series: Annotated[Metrics, Depends(_metrics_of)]) -> Response:
    """Tell what was counted and timed, in Prometheus' text format."""
    counts = state.library.counts()
    series.library.labels("articles").set(counts.articles)
    series.library.labels("passages").set(counts.passages)
    limits: WorkLimits = request.app.state.limits
    for kind, limit in (("answering", limits.answering), ("adding", limits.adding)):
        _show(series, kind, limit)
    for job_state, count in state.jobs.counts().items():
        series.jobs.labels(job_state).set(count)
    return Response(series.told(), media_type=CONTENT_TYPE_LATEST)


def _show(series: Metrics, kind: str, limit: WorkLimit) -> None:
    series.work.labels(kind, "running").set(limit.running)
    series.work.labels(kind, "waiting").set(limit.waiting)
