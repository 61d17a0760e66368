"""The HTTP application: its routes, and what stands before them."""

from dataclasses import replace

from fastapi import Depends, FastAPI
from fastapi.security import HTTPBearer
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Route

from api.docs.examples import DocumentedApi
from api.guards.body_time import BodyInTime
from api.guards.checks import Checks
from api.guards.keys import require_key
from api.guards.origins import refuse_other_origins
from api.guards.rate import limit_rate
from api.guards.response_headers import SecurityHeaders
from api.guards.work import ANSWERING, WorkLimits
from api.mcp_endpoint import McpEndpoint
from api.metrics import MeasuredAssistant, MeasuredRequests, Metrics
from api.openai.errors import ProblemsAsOpenAiErrors
from api.plain_refusals import PlainRefusalsAsProblems
from api.problems import add_problem_handlers
from api.request_log import REQUEST_ID, RequestLog
from api.routes import articles, ask, docs, health, jobs, openai, page, stats, verify
from api.routes import metrics as metrics_route
from api.state import ApiState
from rag.settings import ApiSettings

__all__ = ["create_app"]

LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
MAX_BODY_BYTES = 1_000_000
"""Far above any question, so that one that is too long is still told how long it may be."""


def create_app(state: ApiState, settings: ApiSettings | None = None) -> FastAPI:
    """Return the application that answers with this state, within the limits of the settings."""
    settings = settings or ApiSettings()
    app = DocumentedApi(
        title="Pullquote",
        summary="Ask your articles; the answer is a quotation.",
        # The pages of FastAPI would load scripts from elsewhere; /openapi.json stays.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        # Sent where OTEL_EXPORTER_OTLP_ENDPOINT says, and nowhere without it; logs would hold what was asked.
        telemetry={"auto_configure": True, "logs": False},
        dependencies=[Depends(HTTPBearer(auto_error=False, description="A key of this server."))] * bool(settings.keys),
    )
    metrics = Metrics()
    state = replace(state, assistant=MeasuredAssistant(state.assistant, metrics))
    app.state.api = state
    app.state.metrics = metrics
    app.state.limits = WorkLimits(workers=settings.workers, max_waiting=settings.max_waiting)
    app.include_router(articles.router)
    app.include_router(ask.router, dependencies=[ANSWERING])
    app.include_router(docs.router)
    app.include_router(health.router)
    app.include_router(jobs.router)
    app.include_router(metrics_route.router)
    app.include_router(openai.router)
    app.include_router(page.router)
    app.include_router(stats.router)
    app.include_router(verify.router)
    app.router.routes.append(Route("/mcp", McpEndpoint(state, app.state.limits)))
    add_problem_handlers(app)
    _add_guards(app, settings)
    # Outside all guards, so that what they refuse is counted too.
    app.add_middleware(MeasuredRequests, metrics=metrics)
    return app


def _add_guards(app: FastAPI, settings: ApiSettings) -> None:
    """Put before the routes what every request passes; the last one added is the first to see it."""
    # A route may state a limit of its own, which counts instead.
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=MAX_BODY_BYTES)
    app.add_middleware(BodyInTime, timeout_s=settings.body_timeout_s)
    app.add_middleware(
        Checks,
        checks=(
            limit_rate(settings.requests_per_minute),
            refuse_other_origins(settings.origins),
            require_key(settings.keys),
        ),
    )
    if settings.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.origins,
            allow_methods=["GET", "POST", "PUT", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "Prefer", REQUEST_ID],
            expose_headers=["Location", "Retry-After", REQUEST_ID],
        )
    # Without it, a page elsewhere whose name is made to resolve to 127.0.0.1 could read the library.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*LOCAL_HOSTS, *settings.hosts], www_redirect=False)
    app.add_middleware(PlainRefusalsAsProblems)
    app.add_middleware(ProblemsAsOpenAiErrors)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(RequestLog)
