"""One whole pipeline, asked a question set in a process of its own: ``python -m tests.benchmarks.peer_chains NAME …``.

All of them get the same passages, those of Pullquote's splitter, and the same weights, so that what differs is how they
search, read and decide whether to answer; each abstains by its own rule. It prints one JSON object.
"""

import argparse
import json
import os
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rag.assembly import build_assistant, build_embedder, build_reader, fill_library, open_library
from rag.evaluation.question_sets import load_question_set
from rag.loading import discover, load
from rag.protocols import PassageText
from rag.settings import Settings, load_settings
from rag.splitter import SentenceSplitter

TOP_K = 8


@dataclass(frozen=True)
class Passage:
    """What is searched: the headline, the text, and the source of the article."""

    title: str
    text: str
    source: str


@dataclass(frozen=True)
class PeerAnswer:
    """What came of a question; an abstention has no text. Sources are those of the passages found, best first."""

    text: str
    sources: list[str]


Ask = Callable[[str], PeerAnswer]


def passages_below(folders: Sequence[Path], settings: Settings) -> list[Passage]:
    """Return the passages of all articles, as Pullquote cuts them."""
    splitter = SentenceSplitter(
        max_passage_tokens=settings.splitter.max_passage_tokens,
        overlap_sentences=settings.splitter.overlap_sentences,
        embedder=build_embedder(settings),
    )
    found = [file for folder in folders for file in discover(folder)]
    articles = [load(file, max_bytes=20_000_000) for file in found]
    return [
        Passage(article.title, article.text[passage.start : passage.end], article.source)
        for article in articles
        for passage in splitter.split(article.text)
    ]


def pullquote(options: argparse.Namespace) -> Ask:
    """Return the product, as it ships."""
    settings = load_settings(library=options.library)
    fill_library(settings, options.articles)
    embedder = build_embedder(settings)
    library = open_library(settings, embedder=embedder)
    assistant = build_assistant(settings, library=library, embedder=embedder)
    sources = {summary.id: summary.source for summary in library.articles()}

    def ask(question: str) -> PeerAnswer:
        answer = assistant.answer(question)
        found = [sources[hit.article_id] for hit in answer.trace.hits]
        return PeerAnswer(answer.quotation.text if answer.quotation is not None else "", found)

    return ask


def plain(options: argparse.Namespace) -> Ask:
    """Return BM25 and the shipped reader: the span with the largest margin over null, if that is above 0."""
    settings = load_settings(library=options.library)
    fill_library(settings, options.articles)
    library, reader = open_library(settings, embedder=build_embedder(settings)), build_reader(settings)

    def ask(question: str) -> PeerAnswer:
        found = library.passages([hit.passage_id for hit in library.search_lexical(question, top_k=TOP_K)])
        readings = list(reader.read(question, [PassageText(passage.title, passage.text) for passage in found]))
        spans = [
            (reading.spans[0].score - reading.null_score, passage.text[reading.spans[0].start : reading.spans[0].end])
            for passage, reading in zip(found, readings, strict=True)
            if reading.spans
        ]
        margin, text = max(spans, default=(0.0, ""))
        return PeerAnswer(text if margin > 0.0 else "", [passage.source for passage in found])

    return ask


def haystack(options: argparse.Namespace) -> Ask:
    """Return haystack: BM25 in memory, then its extractive reader, which may answer that there is no answer."""
    os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"  # Read when haystack is imported.
    from haystack import Document
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore
    from haystack_integrations.components.readers.transformers import TransformersExtractiveReader

    store = InMemoryDocumentStore()
    passages = passages_below(options.articles, load_settings())
    store.write_documents(
        [
            Document(content=one.text, id=str(number), meta={"title": one.title, "source": one.source})
            for number, one in enumerate(passages)
        ]
    )
    retriever = InMemoryBM25Retriever(store, top_k=TOP_K)
    reader = TransformersExtractiveReader(model=options.reader_weights, token=None, top_k=1)
    reader.warm_up()

    def ask(question: str) -> PeerAnswer:
        documents = retriever.run(query=question)["documents"]
        best = reader.run(query=question, documents=documents)["answers"] if documents else []
        text = max(best, key=lambda one: one.score).data if best else None
        return PeerAnswer(text or "", [str(document.meta["source"]) for document in documents])

    return ask


def txtai(options: argparse.Namespace) -> Ask:
    """Return txtai: hybrid search, then its extractive question pipeline over what was found, as its RAG joins it."""
    from txtai import Embeddings
    from txtai.pipeline import RAG, Questions

    passages = passages_below(options.articles, load_settings())
    embeddings = Embeddings(path=str(options.embedder_weights), hybrid=True, content=True, gpu=False)
    embeddings.index([(number, {"text": one.text}, None) for number, one in enumerate(passages)])
    pipeline = RAG(embeddings, Questions(str(options.reader_weights), gpu=False), context=TOP_K, output="reference")

    def ask(question: str) -> PeerAnswer:
        found = [passages[int(one["id"])].source for one in embeddings.search(question, TOP_K)]
        try:
            (answered,) = pipeline([{"name": "", "query": question, "question": question, "snippet": False}])
        except TypeError:
            # txtai 9.14 fails where the model's best span is "does not answer", which is no word of the text.
            return PeerAnswer("", found)
        return PeerAnswer(answered["answer"] or "", found)

    return ask


PEERS: dict[str, Callable[[argparse.Namespace], Ask]] = {
    "pullquote": pullquote,
    "BM25 and reader": plain,
    "haystack": haystack,
    "txtai": txtai,
}


def main() -> None:
    """Build one pipeline, ask it everything, and print answers, seconds and memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=PEERS)
    parser.add_argument(
        "--started", type=float, required=True, help="seconds since the epoch at which this was started"
    )
    parser.add_argument("--articles", type=Path, nargs="+", required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--library", type=Path, required=True, help="where Pullquote's library is built")
    parser.add_argument("--reader-weights", type=Path, required=True)
    parser.add_argument("--embedder-weights", type=Path, required=True)
    options = parser.parse_args()
    questions = load_question_set(options.questions)
    ask = PEERS[options.name](options)
    ask(questions[0].question)
    first_answer_s = time.time() - options.started
    answers, seconds = [], []
    for expected in questions:
        began = time.perf_counter()
        answers.append(asdict(ask(expected.question)))
        seconds.append(time.perf_counter() - began)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps({"answers": answers, "seconds": seconds, "first_answer_s": first_answer_s, "peak_mb": peak_mb}))


if __name__ == "__main__":
    main()
