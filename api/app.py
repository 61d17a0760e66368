"""The HTTP application: its routes, and what stands before them."""

from fastapi import FastAPI
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from api.plain_refusals import PlainRefusalsAsProblems
from api.problems import add_problem_handlers
from api.routes import articles, ask, health, jobs, page, stats, verify
from api.state import ApiState

__all__ = ["create_app"]

LOCAL_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
MAX_BODY_BYTES = 1_000_000
"""Far above any question, so that one that is too long is still told how long it may be."""


def create_app(state: ApiState) -> FastAPI:
    """Return the application that answers with this state."""
    app = FastAPI(
        title="Pullquote",
        summary="Ask your articles; the answer is a quotation.",
        # The pages of FastAPI would load scripts from elsewhere; /openapi.json stays.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.api = state
    app.include_router(articles.router)
    app.include_router(ask.router)
    app.include_router(health.router)
    app.include_router(jobs.router)
    app.include_router(page.router)
    app.include_router(stats.router)
    app.include_router(verify.router)
    add_problem_handlers(app)
    # The last one added is the first to see a request. A route may state a limit of its own, which counts instead.
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=MAX_BODY_BYTES)
    # Without it, a page elsewhere whose name is made to resolve to 127.0.0.1 could read the library.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=LOCAL_HOSTS, www_redirect=False)
    app.add_middleware(PlainRefusalsAsProblems)
    return app
