"""Our reader beside those of haystack and txtai, all with the same weights, on the same eight passages.

``make bench-readers READER_WEIGHTS=DIR`` runs it in an environment of its own that has all three.
"""

import argparse
import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"  # Read when haystack is imported.

from haystack import Document
from haystack_integrations.components.readers.transformers import TransformersExtractiveReader
from txtai.pipeline import Questions

from rag.assembly import build_reader
from rag.protocols import PassageText
from rag.settings import Settings
from tests.benchmarks.full_precision import in_fp32
from tests.benchmarks.passages import QUESTION, passages_of
from tests.benchmarks.timing import Row, alternate, compared, print_rows

ROOT = Path(__file__).parent.parent.parent


def rows(weights: Path, *, rounds: int) -> Iterator[Row]:
    """Read with ours and with each of the others in turn."""
    passages = passages_of(ROOT / "tests" / "library")[:8]
    ours = build_reader(Settings())
    texts = [PassageText("", passage) for passage in passages]

    def read() -> None:
        list(ours.read(QUESTION, texts))

    haystack = TransformersExtractiveReader(model=weights, token=None)
    haystack.warm_up()
    documents = [Document(content=passage) for passage in passages]
    times = alternate(read, lambda: haystack.run(query=QUESTION, documents=documents), rounds=rounds)
    yield compared("one question, 8 passages", *times, named="haystack's TransformersExtractiveReader")

    txtai = Questions(str(weights), gpu=False)

    def read_with_txtai() -> None:
        for passage in passages:
            # It fails on a passage for which "does not answer" wins, after the work is done.
            with contextlib.suppress(TypeError):
                txtai([QUESTION], [passage])

    times = alternate(read, read_with_txtai, rounds=rounds)
    yield compared("one question, 8 passages", *times, named="txtai's Questions")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader-weights", type=Path, required=True, help="folder of the weights before quantisation")
    parser.add_argument("--rounds", type=int, default=9, help="how many pairs of each comparison")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print_rows(rows(in_fp32(options.reader_weights, Path(folder)), rounds=options.rounds))


if __name__ == "__main__":
    main()
