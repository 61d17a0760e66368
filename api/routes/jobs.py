"""``/v1/jobs``: how far long additions are, to poll and to stream."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.article_schemas import Job, JobState
from api.problems import PROBLEM_RESPONSES
from api.state import State

__all__ = ["router"]

LOOK_AGAIN_S = 0.1

router = APIRouter(prefix="/v1/jobs", tags=["jobs"], responses=PROBLEM_RESPONSES)


@router.get("/{job_id}")
async def get_job(job_id: str, state: State) -> Job:
    """Tell how far a job is, and what became of the articles so far."""
    return state.jobs.job(job_id)


def _followed(job_id: str, state: State) -> Job:
    """Find the job before the stream begins, so that an unknown one is a problem."""
    return state.jobs.job(job_id)


@router.get("/{job_id}/events", response_class=EventSourceResponse)
async def follow_job(job: Annotated[Job, Depends(_followed)], state: State) -> AsyncIterator[ServerSentEvent]:
    """Stream a job: ``progress`` whenever it comes further, then ``done`` or ``failed`` with the whole of it.

    The stream ends without either when the server does; the job goes on when it is back.
    """
    told: tuple[JobState, int] | None = None
    while True:
        job = state.jobs.job(job.id)
        if job.state in (JobState.DONE, JobState.FAILED):
            yield ServerSentEvent(event=job.state, data=job)
            return
        if (job.state, job.done) != told:
            told = (job.state, job.done)
            yield ServerSentEvent(event="progress", data=job.model_dump(include={"id", "state", "total", "done"}))
        if state.jobs.is_stopping:
            return
        await asyncio.sleep(LOOK_AGAIN_S)
