"""Works off one job after the other on a thread of its own."""

import logging
import secrets
import threading
import time
from collections import Counter
from collections.abc import Sequence

from api.additions import Adder, Outcome, Posted
from api.article_schemas import AddedArticle, Job, JobState, RefusedArticle
from api.errors import BusyError, JobNotFoundError, StoppingError
from api.jobs.spool import FINISHED_KEPT, Spool
from rag.errors import PullquoteError

__all__ = ["Jobs"]

MAX_WAITING = 16
"""Jobs that wait; with the largest of bodies they take half a gigabyte of disk."""

RETRY_AFTER_S = 10

_LOGGER = logging.getLogger(__name__)


class Jobs:
    """The jobs of one server; what is not done when it ends is taken up by the next."""

    def __init__(self, spool: Spool, adder: Adder) -> None:
        self._spool = spool
        self._adder = adder
        self._jobs: dict[str, Job] = {}
        self._resumed: frozenset[str] = frozenset()
        self._changed = threading.Condition()
        self._is_stopping = False
        self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)

    @property
    def is_stopping(self) -> bool:
        """Whether nothing new is taken up."""
        return self._is_stopping

    def start(self) -> None:
        """Take up what an earlier server left undone, and begin to work."""
        self._jobs = {job.id: job for job in self._spool.finished()}
        waiting = self._spool.waiting()
        self._resumed = frozenset(waiting)
        self._jobs |= {job_id: _new(job_id, total) for job_id, total in waiting.items()}
        self._thread.start()

    def submit(self, posted: Sequence[Posted]) -> Job:
        """Accept an addition; when this returns it will be done, if need be after a restart.

        Raises:
            BusyError: Too many jobs wait.
            StoppingError: The server is about to end.
            LibraryFullError: It cannot be kept.
        """
        with self._changed:
            if self._is_stopping:
                raise StoppingError("The server is about to end.", "Send it again once the server is back.")
            if self.counts()[JobState.WAITING] >= MAX_WAITING:
                message = f"{MAX_WAITING} additions are waiting already."
                raise BusyError(message, "Wait until some of them are done.", retry_after_s=RETRY_AFTER_S)
            job = _new(f"{time.time_ns():016x}{secrets.token_hex(4)}", len(posted))
            self._spool.accept(job.id, posted)
            self._jobs[job.id] = job
            self._changed.notify()
            return job

    def job(self, job_id: str) -> Job:
        """Return how far a job is.

        Raises:
            JobNotFoundError: There is none.
        """
        try:
            return self._jobs[job_id]
        except KeyError:
            message = "There is no such job; those that ended long ago are forgotten."
            raise JobNotFoundError(message, "See GET /v1/articles for what the library holds.") from None

    def counts(self) -> dict[JobState, int]:
        """Return how many jobs are in each state."""
        counted = Counter(job.state for job in list(self._jobs.values()))
        return {state: counted[state] for state in JobState}

    def refuse_new(self) -> None:
        """Take nothing new, and let the job that runs stop behind the batch it is at."""
        with self._changed:
            self._is_stopping = True
            self._changed.notify()

    def close(self, *, timeout_s: float) -> None:
        """Stop, and wait for the batch that is being stored; a job that is not done stays on disk."""
        self.refuse_new()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _work(self) -> None:
        while (job := self._next()) is not None:
            try:
                self._run(job)
            except PullquoteError as error:
                self._fail(job.id, f"{error.message} {error.remedy}")
            except Exception:
                if not self._is_stopping:
                    _LOGGER.exception("job %s broke off", job.id)
                self._fail(job.id, "This is a fault of Pullquote's own; the server's log tells more.")
            self._forget()

    def _next(self) -> Job | None:
        """Wait for a job; None when there will be none."""
        with self._changed:
            while not self._is_stopping:
                for job in self._jobs.values():
                    if job.state is JobState.WAITING:
                        return self._put(job, state=JobState.RUNNING)
                self._changed.wait()
        return None

    def _run(self, job: Job) -> None:
        for outcomes in self._adder.add(self._spool.posted(job.id), is_resumed=job.id in self._resumed):
            job = self._put(job, **_progress(job, outcomes))
            if self._is_stopping:
                break
        if job.done == job.total:
            self._spool.finish(job.model_copy(update={"state": JobState.DONE}))
            self._put(job, state=JobState.DONE)

    def _fail(self, job_id: str, failure: str) -> None:
        # What breaks while the server ends, such as a library that is closed, is tried again by the next.
        if not self._is_stopping:
            job = self._put(self._jobs[job_id], state=JobState.FAILED, failure=failure)
            try:
                self._spool.finish(job)
            except PullquoteError as error:
                _LOGGER.warning("job %s: %s", job.id, error.message)

    def _forget(self) -> None:
        ended = [job.id for job in self._jobs.values() if job.state in (JobState.DONE, JobState.FAILED)]
        with self._changed:
            for job_id in ended[:-FINISHED_KEPT]:
                del self._jobs[job_id]

    def _put(self, job: Job, **changes: object) -> Job:
        self._jobs[job.id] = changed = job.model_copy(update=changes)
        return changed


def _new(job_id: str, total: int) -> Job:
    return Job(id=job_id, state=JobState.WAITING, total=total, done=0, articles=[], refused=[])


def _progress(job: Job, outcomes: Sequence[Outcome]) -> dict[str, object]:
    return {
        "done": job.done + len(outcomes),
        "articles": [*job.articles, *(one for one in outcomes if isinstance(one, AddedArticle))],
        "refused": [*job.refused, *(one for one in outcomes if isinstance(one, RefusedArticle))],
    }
