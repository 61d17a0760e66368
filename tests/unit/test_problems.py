import asyncio
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

import httpx
import numpy as np
import pytest

from api.app import MAX_BODY_BYTES, create_app
from api.errors import ApiError
from api.problems import STATUSES, status_of
from api.state import build_state
from rag.assistant import Assistant
from rag.calibration import FEATURES, Calibration, LogisticModel
from rag.errors import LibraryBusyError, LibraryFullError, ModelError, PullquoteError
from rag.librarian import Librarian
from rag.protocols import PassageReading, PassageText
from rag.retriever import HybridRetriever
from rag.splitter import SentenceSplitter
from rag.testing import HashedWordsEmbedder, PhraseReader
from vectorstore.memory import MemoryLibrary


class ReaderThatRaises(PhraseReader):
    """A Reader whose every reading fails."""

    def __init__(self, error: Exception) -> None:
        super().__init__({})
        self._error = error

    def read(self, question: str, passages: Sequence[PassageText]) -> Generator[PassageReading, None, None]:
        raise self._error


def sent(reader, *, path: str = "/v1/ask", method: str = "POST", **request) -> httpx.Response:
    """Return the response of an app on an empty library."""
    embedder = HashedWordsEmbedder()
    library = MemoryLibrary(embedder.identity)
    ones = np.ones(len(FEATURES))
    model = LogisticModel(weights=ones, means=ones, scales=ones, bias=0.0)
    assistant = Assistant(
        embedder=embedder,
        retriever=HybridRetriever(library, candidates=10, dense_weight=0.5),
        reader=reader,
        calibration=Calibration(
            ranking=model, confidence=model, focus_odds=1.0, min_confidence=0.5, reader_margin=0.0, reader_sha256="none"
        ),
        top_k=4,
    )
    splitter = SentenceSplitter(max_passage_tokens=64, overlap_sentences=1, embedder=embedder)
    librarian = Librarian(library, splitter=splitter, embedder=embedder, max_file_bytes=10_000)
    # No test here begins a job, so that nothing is ever written there.
    state = build_state(assistant=assistant, library=library, librarian=librarian, jobs_directory=Path("nowhere"))
    app = create_app(state)

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.request(method, path, **request)

    return asyncio.run(send())


def problem_of(response: httpx.Response) -> dict:
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == response.status_code
    assert problem["title"]
    assert problem["detail"]
    assert problem["remedy"]
    return problem


def families(root: type[Exception]) -> Iterator[type[PullquoteError | ApiError]]:
    for family in root.__subclasses__():
        yield family
        yield from families(family)


def test_every_error_has_a_status():
    for family in [*families(PullquoteError), *families(ApiError)]:
        assert status_of(family("What happened.", "What mends it.")) >= 400


def test_every_row_of_the_table_is_needed():
    for family, status in STATUSES.items():
        above = [STATUSES[parent] for parent in family.__mro__[1:] if parent in STATUSES]
        assert above[:1] != [status]


def test_an_error_takes_the_status_of_its_nearest_family():
    assert status_of(LibraryBusyError("", "")) == 503
    assert status_of(LibraryFullError("", "")) == 507


def test_an_error_is_told_with_its_remedy():
    response = sent(ReaderThatRaises(ModelError("The reader is gone.", "Reinstall it.")), json={"question": "Who?"})
    assert problem_of(response) == {
        "type": "urn:pullquote:ModelError",
        "title": "Service Unavailable",
        "status": 503,
        "detail": "The reader is gone.",
        "remedy": "Reinstall it.",
    }


def test_a_bug_shows_no_internals():
    response = sent(ReaderThatRaises(RuntimeError("the secret")), json={"question": "Who?"})
    assert problem_of(response)["status"] == 500
    assert "secret" not in response.text
    assert "Traceback" not in response.text


@pytest.mark.parametrize("is_length_declared", [True, False])
def test_a_body_that_is_too_large_is_refused_whether_or_not_its_length_is_declared(is_length_declared):
    body = b" " * (MAX_BODY_BYTES + 1)

    async def streamed():
        yield body

    response = sent(
        PhraseReader({}),
        content=body if is_length_declared else streamed(),
        headers={"content-type": "application/json"},
    )
    assert problem_of(response)["status"] == 413


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 422),
        (b"null", 422),
        (b"[]", 422),
        (b'"when?"', 422),
        (b'{"question": "\xff"}', 400),
        (b"[" * 100_000, 400),
        (b'{"question": "\\ud800"}', 422),
        (b'{"question": "when?", "source": "\\ud800"}', 422),
        (b'{"question": "when?", "\\ud800": 1}', 422),
        (b'{"question": "when?", "top_k": ' + b"9" * 5000 + b"}", 400),
        (b'{"question": "when?", "min_confidence": NaN}', 422),
    ],
)
def test_a_body_that_is_no_question_is_a_problem(body, status):
    response = sent(PhraseReader({}), content=body, headers={"content-type": "application/json"})
    assert problem_of(response)["status"] == status


@pytest.mark.parametrize(
    "request_body",
    [
        {},
        {"question": 5},
        {"question": ""},
        {"question": "when? " * 200},
        {"question": None},
        {"question": "when?", "sicne": "2026-01-01"},
        {"question": "when?", "since": 1767225600},
        {"question": "when?", "since": "1767225600"},
        {"question": "when?", "since": "2026-02-30"},
        {"question": "when?", "until": "2026-1-1"},
        {"question": "when?", "as_of": "2026-01-01T00:00:00"},
        {"question": "when?", "as_of": True},
        {"question": "when?", "source": 1},
        {"question": "when?", "source": "a" * 4097},
        {"question": "when?", "min_confidence": "0.5"},
        {"question": "when?", "min_confidence": 1.01},
        {"question": "when?", "min_confidence": True},
        {"question": "when?", "top_k": 0},
        {"question": "when?", "top_k": 101},
        {"question": "when?", "top_k": 1.5},
    ],
)
def test_fields_that_are_unknown_wrong_or_out_of_bounds_are_named(request_body):
    problem = problem_of(sent(PhraseReader({}), json=request_body))
    assert problem["status"] == 422
    named = list(request_body)[-1] if request_body else "question"
    assert f"body.{named}: " in problem["detail"]


def test_a_refusal_does_not_echo_what_was_sent():
    value = sent(PhraseReader({}), json={"question": "when?", "top_k": "x" * 100_000})
    names = sent(PhraseReader({}), json={"x" * 1000 + str(number): number for number in range(500)})
    assert "xxx" not in problem_of(value)["detail"]
    assert len(problem_of(names)["detail"]) < 2000


def test_options_left_out_or_null_are_the_same():
    fields = ("since", "until", "as_of", "source", "min_confidence", "top_k")
    response = sent(PhraseReader({}), json={"question": "when?", **dict.fromkeys(fields)})
    assert response.json()["abstention"]["reason"] == "nothing_found"


def test_json_under_another_name_is_not_read():
    # A page elsewhere can send text/plain without asking first; application/json it cannot.
    response = sent(PhraseReader({}), content=b'{"question": "when?"}', headers={"content-type": "text/plain"})
    assert problem_of(response)["status"] == 422


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "[::2]"])
def test_a_host_that_is_not_this_machine_is_refused(host):
    response = sent(PhraseReader({}), path="/healthz", method="GET", headers={"host": host})
    assert (problem_of(response)["status"], problem_of(response)["detail"]) == (400, "Invalid host header.")


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:1", "[::1]:8000"])
def test_this_machine_is_served_under_each_of_its_names(host):
    response = sent(PhraseReader({}), path="/healthz", method="GET", headers={"host": host})
    assert response.json() == {"status": "alive"}


def test_unknown_paths_and_methods_are_problems():
    assert problem_of(sent(PhraseReader({}), path="/v2/ask"))["status"] == 404
    refused = sent(PhraseReader({}), path="/v1/ask", method="GET")
    assert problem_of(refused)["status"] == 405
    assert refused.headers["allow"] == "POST"
