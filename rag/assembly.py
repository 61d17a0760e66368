"""The composition root: the only place that chooses implementations and decides when weights load."""

import logging
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from rag.assistant import Assistant
from rag.calibration import Calibration
from rag.embedder import OnnxEmbedder, SentenceTransformerEmbedder
from rag.errors import ModelError
from rag.librarian import AdditionFinished, Librarian
from rag.model_files import NETWORK, load_manifest
from rag.protocols import Embedder
from rag.reader import OnnxReader
from rag.retriever import HybridRetriever
from rag.settings import BUNDLED, Settings
from rag.splitter import SentenceSplitter
from vectorstore.embedded import EmbeddedLibrary
from vectorstore.protocols import Library

__all__ = [
    "CALIBRATION",
    "MODELS",
    "build_assistant",
    "build_calibration",
    "build_embedder",
    "build_librarian",
    "build_reader",
    "build_retriever",
    "fill_library",
    "open_library",
    "reader_hash",
]

MODELS = Path(__file__).parent / "models"
"""The models that ship inside the package."""

_LOGGER = logging.getLogger(__name__)

CALIBRATION = MODELS / "reader" / "calibration.json"
"""The confidence that was fitted for the reader beside it."""


def build_embedder(settings: Settings) -> Embedder:
    """Return the embedder of the settings, not yet loaded where it need not be."""
    if settings.embedder.model == BUNDLED:
        return OnnxEmbedder(MODELS / "embedder", threads=_threads(settings))
    return SentenceTransformerEmbedder(settings.embedder.model, threads=_threads(settings))


def build_reader(settings: Settings) -> OnnxReader:
    """Return the reader that ships with the package."""
    return OnnxReader(
        MODELS / "reader",
        threads=_threads(settings),
        max_span_tokens=settings.reader.max_span_tokens,
        spans_per_passage=settings.reader.spans_per_passage,
    )


def reader_hash() -> str:
    """Return the SHA-256 of the shipped reader's network, which names the reader a calibration is fitted for."""
    return load_manifest(MODELS / "reader").files[NETWORK]


def build_calibration() -> Calibration:
    """Return the shipped calibration.

    Raises:
        ModelError: It is missing or damaged, or was fitted for another reader than the one beside it.
    """
    calibration = Calibration.load(CALIBRATION)
    if calibration.reader_sha256 != reader_hash():
        raise ModelError(f"The calibration {CALIBRATION} was fitted for another reader.", "Run `make calibration`.")
    return calibration


def build_retriever(settings: Settings, *, library: Library) -> HybridRetriever:
    """Return what finds passages in the library."""
    return HybridRetriever(
        library, candidates=settings.retriever.candidates, dense_weight=settings.retriever.dense_weight
    )


def open_library(settings: Settings, *, embedder: Embedder, create: bool = False) -> EmbeddedLibrary:
    """Open the library of the settings, checked against the embedder; ``create`` makes one where none stands."""
    return EmbeddedLibrary.open(settings.library, embedder=embedder.identity, create=create, on_rebuild=_LOGGER.warning)


def fill_library(settings: Settings, paths: Sequence[Path]) -> AdditionFinished:
    """Add files and folders to the library of the settings, made where none stands, without telling the steps."""
    embedder = build_embedder(settings)
    with closing(open_library(settings, embedder=embedder, create=True)) as library:
        for event in build_librarian(settings, library=library, embedder=embedder).add(paths):
            if isinstance(event, AdditionFinished):
                return event
    raise AssertionError("adding ends in AdditionFinished")


def build_assistant(settings: Settings, *, library: Library, embedder: Embedder) -> Assistant:
    """Return the assistant that every front asks."""
    return Assistant(
        embedder=embedder,
        retriever=build_retriever(settings, library=library),
        reader=build_reader(settings),
        calibration=build_calibration(),
        top_k=settings.reader.top_k,
        min_confidence=settings.answer.min_confidence,
    )


def build_librarian(settings: Settings, *, library: Library, embedder: Embedder) -> Librarian:
    """Return what adds articles to the library."""
    return Librarian(
        library,
        splitter=SentenceSplitter(
            max_passage_tokens=settings.splitter.max_passage_tokens,
            overlap_sentences=settings.splitter.overlap_sentences,
            embedder=embedder,
        ),
        embedder=embedder,
        max_file_bytes=int(settings.loading.max_file_mb * 1_000_000),
    )


def _threads(settings: Settings) -> int | None:
    """Return how many threads a model may use; None leaves it to the model."""
    return settings.threads or None
