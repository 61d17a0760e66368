"""The HTTP server under load, over the assistant in this process, and beside txtai's own server."""

import argparse
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from rag.assembly import build_assistant, build_embedder, fill_library, open_library
from rag.evaluation.question_sets import load_question_set
from rag.settings import Settings, load_settings
from tests.benchmarks.full_precision import in_fp32
from tests.benchmarks.http.load import longest_wait_ms, post, run_load
from tests.benchmarks.http.servers import memory_mb, ours, txtais
from tests.benchmarks.peer_chains import TOP_K, passages_below
from tests.benchmarks.timing import Row, print_rows, seconds

ROOT = Path(__file__).parent.parent.parent.parent
ARTICLES = (ROOT / "seeds", ROOT / "tests" / "library")
SETS = ("politics", "economy")
CLIENTS = (1, 8, 64, 512)
BESIDE = 8
STARTS = 5


def our_rows(settings: Settings, questions: Sequence[str], options: argparse.Namespace) -> Iterator[Row]:
    """Measure the product's server."""
    requests = [post("/v1/ask", {"question": question}) for question in questions]
    starts = []
    for _ in range(STARTS):
        with ours(settings.library) as (_, _, ready_s):
            starts.append(ready_s)
    yield Row(f"from the start of the process to ready, median of {STARTS}", f"{statistics.median(starts):.2f} s")
    with ours(settings.library) as (pid, port, _):
        run_load(port, requests, clients=2, seconds=2)
        yield overhead_row(settings, questions, port)
        for clients in CLIENTS:
            load = run_load(port, requests, clients=clients, seconds=options.seconds)
            told = f"{load.quantiles_ms()} ms (p50 / p95 / p99)"
            yield Row(f"answers a second, {clients} clients", f"{load.per_second:.1f}", told, load.refusals())
        often, longest = longest_wait_ms(port, requests, clients=BESIDE, seconds=options.seconds)
        yield Row(
            f"an answer of the event loop, {BESIDE} clients", f"{often:.0f} ms", f"{longest:.0f} ms at most", "p99"
        )
        before = memory_mb(pid)
        load = run_load(port, requests, clients=BESIDE, seconds=options.memory_seconds, most=options.memory_requests)
        many = f"memory after {len(load.seconds):,} more answers"
        yield Row(many, f"{memory_mb(pid):.0f} MB", f"{before:.0f} MB before")


def overhead_row(settings: Settings, questions: Sequence[str], port: int) -> Row:
    """Ask every question in this process and over HTTP in turn, so that a machine that drifts drifts for both."""
    embedder = build_embedder(settings)
    inside, outside = [], []
    with closing(open_library(settings, embedder=embedder)) as library:
        assistant = build_assistant(settings, library=library, embedder=embedder)
        assistant.warm_up()
        for question in questions:
            request = [post("/v1/ask", {"question": question})]
            outside.append(run_load(port, request, clients=1, seconds=60, most=1).seconds[0])
            inside.append(seconds(lambda asked=question: assistant.answer(asked)))
    added = [1000 * (over - within) for over, within in zip(outside, inside, strict=True)]
    medians = [1000 * statistics.median(times) for times in (inside, outside)]
    told = f"{medians[0]:.1f} ms in the process, {medians[1]:.1f} ms over HTTP"
    return Row("added by HTTP to a question, median", f"{statistics.median(added):.1f} ms", told)


def beside_txtai(
    settings: Settings, questions: Sequence[str], folder: Path, options: argparse.Namespace
) -> Iterator[Row]:
    """Measure both servers in turn, with the same passages and the same weights."""
    asked = [{"queue": [{"name": "", "query": one, "question": one, "snippet": False}]} for one in questions]
    theirs = [post("/extract", body) for body in asked]
    requests = [post("/v1/ask", {"question": question, "top_k": TOP_K}) for question in questions]
    configuration = txtai_configuration(folder, options)
    with ours(settings.library) as (_, our_port, _), txtais(configuration) as (_, their_port, _):
        ratios = []
        for number in range(options.rounds + 1):
            first = run_load(our_port, requests, clients=BESIDE, seconds=options.seconds)
            second = run_load(their_port, theirs, clients=BESIDE, seconds=options.seconds)
            if number:  # The first round warms both.
                # txtai fails where its reader finds no answer, after as much work: that counts as an answer too.
                theirs_per_second = (second.statuses[200] + second.statuses[500]) / second.elapsed_s
                ratios.append(first.per_second / theirs_per_second)
                told = f"{theirs_per_second:.1f} (txtai; {second.refusals()})"
                yield Row(f"answers a second, {BESIDE} clients", f"{first.per_second:.1f}", told, f"{ratios[-1]:.1f}x")
    yield Row("the same, median of the ratios", "", "", f"{statistics.median(ratios):.1f}x")


def txtai_configuration(folder: Path, options: argparse.Namespace) -> Path:
    """Build txtai's index of the same passages, and return what its server is started with."""
    import yaml
    from txtai import Embeddings

    embeddings = Embeddings(path=str(options.embedder_weights), hybrid=True, content=True, gpu=False)
    passages = passages_below(ARTICLES, load_settings())
    embeddings.index([(number, {"text": one.text}, None) for number, one in enumerate(passages)])
    embeddings.save(str(folder / "index"))
    reader = in_fp32(options.reader_weights, folder / "reader")
    extractor = {"path": str(reader), "task": "question-answering", "gpu": False, "context": TOP_K}
    path = folder / "txtai.yml"
    path.write_text(yaml.safe_dump({"path": str(folder / "index"), "extractor": extractor}))
    return path


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20, help="how long each load lasts")
    parser.add_argument("--rounds", type=int, default=3, help="how many times both servers are loaded in turn")
    parser.add_argument("--memory-requests", type=int, default=10_000)
    parser.add_argument("--memory-seconds", type=float, default=900, help="stop asking after so long")
    parser.add_argument("--reader-weights", type=Path, help="folder of the reader's weights, to compare with txtai")
    parser.add_argument("--embedder-weights", type=Path, help="folder of the embedder's weights, for txtai")
    options = parser.parse_args()
    sets = [load_question_set(ROOT / "tests" / "questions" / f"{name}.jsonl") for name in SETS]
    questions = [one.question for questions in sets for one in questions if one.is_answerable and not one.follows]
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        settings = Settings(library=folder / "library")
        fill_library(settings, ARTICLES)
        print_rows(our_rows(settings, questions, options))
        if options.reader_weights is not None:
            print_rows(beside_txtai(settings, questions, folder, options))


if __name__ == "__main__":
    main()
