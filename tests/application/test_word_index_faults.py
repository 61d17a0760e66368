"""A word index that was damaged, lost or exchanged is built again from the terms, and never searched."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from vectorstore.articles import Hit
from vectorstore.embedded import EmbeddedLibrary
from vectorstore.testing import TINY_EMBEDDER, make_addition

NEWS = [make_addition(f"The truce ends on day {day}.\nNews {day}.", source=f"{day}.txt") for day in range(20)]


def search(directory: Path, told: list[str]) -> list[Hit]:
    library = EmbeddedLibrary.open(directory, embedder=TINY_EMBEDDER, create=True, on_rebuild=told.append)
    with closing(library):
        library.add(NEWS)
        return library.search_lexical("truce day 7", top_k=30)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-10])


def flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def exchange_analyser(path: Path) -> None:
    manifest = path.parent / "words.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("snowball", "another"), encoding="utf-8")


@pytest.mark.parametrize("damage", [truncate, flip_a_bit, empty, Path.unlink, exchange_analyser])
def test_a_word_index_that_cannot_be_trusted_is_built_again(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    told: list[str] = []
    expected = search(tmp_path / "library", told)
    assert expected
    assert not told
    (path,) = (tmp_path / "library").glob("words-*.postings")
    damage(path)
    assert search(tmp_path / "library", told) == expected
    assert [line.startswith("Rebuilding the word index of 40 passages: ") for line in told] == [True]
    assert search(tmp_path / "library", told) == expected
    assert len(told) == 1


def test_an_index_of_another_library_is_not_used(tmp_path: Path) -> None:
    told: list[str] = []
    expected = search(tmp_path / "library", told)
    search(tmp_path / "other", told)
    for path in (tmp_path / "other").glob("words*"):
        (tmp_path / "library" / path.name).write_bytes(path.read_bytes())
    assert search(tmp_path / "library", told) == expected
    assert "another library" in told[0]
