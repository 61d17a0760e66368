"""Run every benchmark and print one table; see ``--help`` for the weights that some comparisons need."""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rag.assembly import fill_library
from rag.settings import Settings
from tests.benchmarks import answering, cold_start, models
from tests.benchmarks.timing import Row, print_rows

ROOT = Path(__file__).parent.parent.parent


def rows(reader_weights: Path | None, rounds: int) -> Iterator[Row]:
    """Yield every measurement as it is made."""
    with tempfile.TemporaryDirectory() as folder:
        sample = built(Path(folder) / "sample", ROOT / "seeds")
        news = built(Path(folder) / "news", ROOT / "seeds", ROOT / "tests" / "library")
        yield from models.sizes()
        yield from cold_start.rows(sample, rounds=rounds)
        yield from answering.rows(sample, news)
        yield from models.embedder_rows(ROOT / "tests" / "library", rounds=rounds)
        if reader_weights is not None:
            yield from models.reader_rows(ROOT / "tests" / "library", reader_weights, rounds=rounds)


def built(directory: Path, *paths: Path) -> Settings:
    """Build a library with the product's own parts."""
    settings = Settings(library=directory)
    fill_library(settings, paths)
    return settings


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how many pairs of each comparison")
    parser.add_argument(
        "--reader-weights",
        type=Path,
        help="folder of the reader's weights before quantisation, to compare with PyTorch fp32",
    )
    options = parser.parse_args()
    print_rows(rows(options.reader_weights, options.rounds))


if __name__ == "__main__":
    main()
