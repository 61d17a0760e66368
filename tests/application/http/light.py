"""The application without its models, in this process: a library in memory, and words that are hashed."""

import asyncio
from pathlib import Path

import httpx
import numpy as np

from api.app import create_app
from api.state import ApiState, build_state
from rag.assistant import Assistant
from rag.calibration import FEATURES, Calibration, LogisticModel
from rag.librarian import Librarian
from rag.protocols import Reader
from rag.retriever import HybridRetriever
from rag.settings import ApiSettings
from rag.splitter import SentenceSplitter
from rag.testing import HashedWordsEmbedder, PhraseReader
from vectorstore.memory import MemoryLibrary


def light_state(jobs_directory: Path, *, reader: Reader | None = None) -> ApiState:
    """Return a state on an empty library."""
    embedder = HashedWordsEmbedder()
    library = MemoryLibrary(embedder.identity)
    ones = np.ones(len(FEATURES))
    model = LogisticModel(weights=ones, means=ones, scales=ones, bias=0.0)
    assistant = Assistant(
        embedder=embedder,
        retriever=HybridRetriever(library, candidates=10, dense_weight=0.5),
        reader=reader or PhraseReader({}),
        calibration=Calibration(
            ranking=model, confidence=model, focus_odds=0.0, min_confidence=0.5, reader_margin=0.0, reader_sha256="none"
        ),
        top_k=4,
    )
    splitter = SentenceSplitter(max_passage_tokens=64, overlap_sentences=1, embedder=embedder)
    librarian = Librarian(library, splitter=splitter, embedder=embedder, max_file_bytes=10_000)
    return build_state(assistant=assistant, library=library, librarian=librarian, jobs_directory=jobs_directory)


class LightClient:
    """Sends requests to one application, each in an event loop of its own."""

    def __init__(self, state: ApiState, settings: ApiSettings | None = None) -> None:
        self.app = create_app(state, settings)

    def __call__(self, method: str, path: str, **request) -> httpx.Response:
        return asyncio.run(self._send(method, path, request))

    async def _send(self, method: str, path: str, request: dict) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.request(method, path, **request)
