"""What the server counts and times, for Prometheus; of one application, and of nothing a person wrote."""

import time
from collections.abc import Generator
from contextlib import closing

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rag.answers import Answer
from rag.assistant import AskOptions, Assistant
from rag.events import Answered, AskEvent
from rag.retriever import RetrievedPassage

__all__ = ["MeasuredAssistant", "MeasuredRequests", "Metrics"]

METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
OTHER = "other"
"""For paths that lead nowhere and methods that nobody knows: a client must not choose how many series there are."""

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The series of one application."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self.requests = Counter(
            "pullquote_requests", "Requests answered.", ["method", "route", "status"], registry=registry
        )
        self.latency = Histogram(
            "pullquote_request_seconds",
            "From a request's headers to the end of its response.",
            ["method", "route"],
            buckets=SECONDS,
            registry=registry,
        )
        self.stages = Histogram(
            "pullquote_stage_seconds", "Time in a stage of a question.", ["stage"], buckets=SECONDS, registry=registry
        )
        self.answers = Counter("pullquote_answers", "Questions that were answered.", registry=registry)
        self.abstentions = Counter(
            "pullquote_abstentions", "Questions that the articles did not answer.", ["reason"], registry=registry
        )
        self.library = Gauge("pullquote_library", "What the library holds.", ["what"], registry=registry)
        self.work = Gauge("pullquote_work", "Requests by state.", ["kind", "state"], registry=registry)
        self.jobs = Gauge("pullquote_jobs", "Long additions by state.", ["state"], registry=registry)

    def answered(self, answer: Answer) -> None:
        """Count an answer, and where its time went."""
        timings = answer.trace.timings_ms
        for stage, took_ms in (("encode", timings.encode), ("search", timings.search), ("read", timings.read)):
            self.stages.labels(stage).observe(took_ms / 1000)
        if answer.abstention is None:
            self.answers.inc()
        else:
            self.abstentions.labels(answer.abstention.reason.value).inc()

    def told(self) -> bytes:
        """Return everything in Prometheus' text format."""
        return generate_latest(self._registry)


class MeasuredAssistant(Assistant):
    """Answers as another assistant does, and counts it."""

    def __init__(self, assistant: Assistant, metrics: Metrics) -> None:
        self._assistant = assistant
        self._metrics = metrics

    def ask(self, question: str, options: AskOptions | None = None) -> Generator[AskEvent, None, None]:
        """Answer the question; one that is given up is not counted."""
        with closing(self._assistant.ask(question, options)) as steps:
            for step in steps:
                if isinstance(step, Answered):
                    self._metrics.answered(step.answer)
                yield step

    def search(self, query: str, options: AskOptions | None = None) -> list[RetrievedPassage]:
        """Search, uncounted."""
        return self._assistant.search(query, options)


class MeasuredRequests:
    """ASGI middleware: counts and times every request by the route that it took."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, began = 0, time.perf_counter()

        async def send_counted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_counted)
        finally:
            method = scope["method"] if scope["method"] in METHODS else OTHER
            route = getattr(scope.get("route"), "path", OTHER)
            self._metrics.requests.labels(method, route, str(status)).inc()
            self._metrics.latency.labels(method, route).observe(time.perf_counter() - began)
