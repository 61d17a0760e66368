"""What the library's benchmark builds, counts and draws."""

import xml.etree.ElementTree as ET
from contextlib import closing

import numpy as np
import pytest

from rag.testing import HashedWordsEmbedder
from tests.benchmarks.library.building import BATCH_PASSAGES, build, exact_neighbours, recall
from tests.benchmarks.library.plot import log_plot
from tests.benchmarks.library.report import Row
from tests.benchmarks.library.synthetic import Sources, batch, batch_vectors, read_sources
from vectorstore.embedded import EmbeddedLibrary

EMBEDDER = HashedWordsEmbedder()


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    folder = tmp_path_factory.mktemp("sources")
    for name in range(3):
        told = " ".join(f"Bridge {name} of river {day} closes on Monday." for day in range(8))
        (folder / f"{name}.txt").write_text(f"Toll {name}\n\n{told}")
    return read_sources(folder, EMBEDDER)


def test_a_batch_is_the_same_every_time_and_unlike_the_next(sources):
    first, again, other = batch(sources, 0), batch(sources, 0), batch(sources, 1)
    assert [one.article for one in first] == [one.article for one in again]
    assert {one.article.text for one in first}.isdisjoint({one.article.text for one in other})
    np.testing.assert_array_equal(np.concatenate([one.vectors for one in first]), batch_vectors(sources, 0))


def test_the_exact_neighbours_are_those_of_the_library_that_is_built(sources, tmp_path):
    assert build(tmp_path / "library", BATCH_PASSAGES, sources=sources, embedder=EMBEDDER) is not None
    assert build(tmp_path / "library", BATCH_PASSAGES, sources=sources, embedder=EMBEDDER) is None
    queries = EMBEDDER.encode_queries(["bridge 2", "river"])
    exact = exact_neighbours(tmp_path / "e.npy", BATCH_PASSAGES, sources=sources, queries=queries, top_k=10)
    with closing(EmbeddedLibrary.open(tmp_path / "library", embedder=EMBEDDER.identity, create=False)) as library:
        found = [[hit.passage_id for hit in library.search_dense(query, top_k=10)] for query in queries]
    assert recall(found, exact) == 1.0
    assert recall([[*one[:5], *range(-5, 0)] for one in found], exact) == 0.5


@pytest.mark.parametrize(
    ("value", "is_more_better", "verdict"),
    [(3, False, "aim"), (9, False, "bar"), (11, False, "missed"), (12, True, "bar"), (2, True, "missed")],
)
def test_a_row_tells_what_it_reaches(value, is_more_better, verdict):
    bar, aim = (10, 20) if is_more_better else (10, 3)
    assert Row(what="", value=value, unit="ms", bar=bar, aim=aim, is_more_better=is_more_better).verdict == verdict


def test_a_plot_places_powers_of_ten_at_equal_distances():
    curves = {"<all>": [(10_000, 1.0), (100_000, 10.0), (1_000_000, 100.0)]}
    drawn = ET.fromstring(log_plot("t", x_label="x", y_label="y", curves=curves))
    points = [tuple(map(float, one.split(","))) for one in drawn[-5].attrib["points"].split()]
    steps = np.diff(np.array(points), axis=0)
    np.testing.assert_allclose(steps[0], steps[1], atol=0.2)
