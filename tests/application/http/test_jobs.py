"""Long additions: accepted on disk, worked off in the background, taken up again by the next server."""

import json
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.additions import Posted, PostedFile, new_origin
from api.article_schemas import Job, JobState
from api.errors import BusyError, JobNotFoundError, StoppingError
from api.jobs import Spool
from api.jobs.spool import FINISHED_KEPT
from api.jobs.worker import MAX_WAITING
from rag.articles import Article, DateCertainty, DateOrigin
from rag.errors import LibraryFullError
from tests.application.http.light import LightClient, light_state
from tests.application.http.serving import serving

SENTENCE = "The council of ward {number} votes on the new bridge on Monday. "


def article(number: int, **known) -> Article:
    text = f"The truce of {number} ends on Sunday."
    return Article(origin=new_origin(), source=f"{number}.txt", title="Truce", text=text, **known)


def ended(jobs, job: Job) -> Job:
    began = time.monotonic()
    while (found := jobs.job(job.id)).state not in (JobState.DONE, JobState.FAILED):
        assert time.monotonic() - began < 20
        time.sleep(0.01)
    return found


@pytest.fixture
def spool(tmp_path) -> Spool:
    return Spool(tmp_path / "jobs")


def test_what_is_kept_comes_back_as_it_was(spool):
    dated = article(1, published="2026-01-30", published_origin=DateOrigin.GIVEN)
    posted: list[Posted] = [
        dated,
        article(2, published_certainty=DateCertainty.LIKELY, language="en", url="https://a.example"),
        PostedFile(name="ü.txt", content=bytes(range(256)), origin=new_origin()),
    ]
    spool.accept("a", posted)
    assert spool.waiting() == {"a": 3}
    assert list(spool.posted("a")) == posted


def test_a_job_that_ended_is_kept_without_what_was_sent_and_old_ones_are_forgotten(spool, tmp_path):
    def done(number: int) -> Job:
        return Job(id=f"{number:04}", state=JobState.DONE, total=1, done=1, articles=[], refused=[])

    (tmp_path / "jobs").mkdir()
    for number in range(FINISHED_KEPT + 4):
        (tmp_path / "jobs" / f"{number:04}.json").write_text(done(number).model_dump_json())
    last = done(FINISHED_KEPT + 4)
    spool.accept(last.id, [article(1)])
    spool.finish(last)
    assert spool.waiting() == {}
    assert [job.id for job in spool.finished()] == [f"{number:04}" for number in range(5, FINISHED_KEPT + 5)]
    assert len(list((tmp_path / "jobs").iterdir())) == FINISHED_KEPT


def test_a_directory_that_cannot_be_written_to_is_told(tmp_path):
    (tmp_path / "jobs").write_text("not a directory")
    with pytest.raises(LibraryFullError):
        Spool(tmp_path / "jobs").accept("a", [article(1)])


def test_jobs_are_worked_off_in_order_and_told_article_by_article(tmp_path):
    jobs = light_state(tmp_path / "jobs").jobs
    first = jobs.submit([article(1), PostedFile(name="b.exe", content=b"MZ", origin=new_origin()), article(1)])
    second = jobs.submit([article(1), article(2)])
    jobs.start()
    told = ended(jobs, first)
    assert (told.state, told.done, [one.standing for one in told.articles]) == ("done", 3, ["added", "unchanged"])
    assert [one.source for one in told.refused] == ["b.exe"]
    assert [one.standing for one in ended(jobs, second).articles] == ["unchanged", "added"]
    jobs.close(timeout_s=5)


def test_too_many_jobs_are_refused_and_none_is_taken_while_the_server_ends(tmp_path):
    jobs = light_state(tmp_path / "jobs").jobs
    for number in range(MAX_WAITING):
        jobs.submit([article(number)])
    with pytest.raises(BusyError) as refused:
        jobs.submit([article(0)])
    assert refused.value.retry_after_s
    jobs.refuse_new()
    with pytest.raises(StoppingError):
        jobs.submit([article(0)])


def test_what_one_server_left_the_next_takes_up_and_tells_as_if_nothing_had_been(tmp_path):
    state = light_state(tmp_path / "jobs")
    posted = [article(number) for number in range(3)]
    job = state.jobs.submit(posted)
    # As if the server had been killed behind the first article.
    list(state.adder.add(posted[:1]))
    following = light_state(tmp_path / "jobs")
    list(following.adder.add(posted[:1]))
    following.jobs.start()
    told = ended(following.jobs, job)
    assert [one.standing for one in told.articles] == ["added"] * 3
    following.jobs.close(timeout_s=5)
    last = light_state(tmp_path / "jobs").jobs
    last.start()
    assert last.job(job.id) == told
    last.close(timeout_s=5)


def test_a_job_that_breaks_off_says_so(tmp_path):
    jobs_directory = tmp_path / "jobs"
    state = light_state(jobs_directory)
    job = state.jobs.submit([article(1)])
    (jobs_directory / f"{job.id}.jsonl").write_text('{"total": 1}\nnot JSON\n')
    state.jobs.start()
    told = ended(state.jobs, job)
    assert told.state is JobState.FAILED
    assert "fault of Pullquote's own" in told.failure
    with pytest.raises(JobNotFoundError):
        state.jobs.job("../" + job.id)
    state.jobs.close(timeout_s=5)


def test_a_client_that_does_not_want_to_wait_gets_a_job_to_poll_and_to_stream(tmp_path):
    state = light_state(tmp_path / "jobs")
    client = LightClient(state)
    taken = client("POST", "/v1/articles", json={"text": "The truce ends."}, headers={"prefer": "respond-async"})
    assert (taken.status_code, taken.json()["state"]) == (202, "waiting")
    state.jobs.start()
    events = client("GET", taken.headers["location"] + "/events")
    assert events.headers["content-type"].startswith("text/event-stream")
    names = [line.removeprefix("event: ") for line in events.text.splitlines() if line.startswith("event: ")]
    assert names[-1] == "done"
    assert client("GET", taken.headers["location"]).json()["articles"][0]["id"] == 1
    for path in ("/v1/jobs/nope", "/v1/jobs/nope/events", "/v1/jobs/..%2F..%2Flibrary.sqlite"):
        assert client("GET", path).status_code == 404
    state.jobs.close(timeout_s=5)


def long_articles(count: int) -> dict:
    texts = [SENTENCE.format(number=number) * 30 for number in range(count)]
    return {"articles": [{"text": text, "source": f"{number}.txt"} for number, text in enumerate(texts)]}


def progress(client: httpx.Client, job: str) -> Iterator[dict]:
    while True:
        told = client.get(f"/v1/jobs/{job}").json()
        yield told
        time.sleep(0.05)


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
def test_a_server_that_ends_in_the_middle_loses_nothing(tmp_path: Path, ending):
    count = 100
    with serving(tmp_path / "library") as (process, client):
        accepted = client.post("/v1/articles", json=long_articles(count))
        assert accepted.status_code == 202
        job = accepted.json()["id"]
        told = next(told for told in progress(client, job) if told["done"])
        with client.stream("GET", f"/v1/jobs/{job}/events") as events:
            lines = events.iter_lines()
            assert next(lines) == "event: progress"
            process.send_signal(ending)
            process.wait(timeout=60)
    with serving(tmp_path / "library") as (_, client):
        told = next(told for told in progress(client, job) if told["state"] == "done")
        assert (told["done"], told["refused"]) == (count, [])
        assert {one["standing"] for one in told["articles"]} == {"added"}
        assert client.get("/v1/stats").json()["articles"] == count
    assert [json.loads(path.read_text())["state"] for path in (tmp_path / "library" / "jobs").iterdir()] == ["done"]
