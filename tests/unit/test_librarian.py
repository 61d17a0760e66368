import threading
from datetime import date
from pathlib import Path

import pytest

from rag.articles import Article, Passage, Standing
from rag.background_encoder import TEXTS_AT_ONCE
from rag.errors import ModelError
from rag.librarian import (
    AdditionFinished,
    ArticleStored,
    FileRefused,
    FilesFound,
    Librarian,
    passage_input,
)
from rag.splitter import SentenceSplitter
from rag.testing import HashedWordsEmbedder
from vectorstore.memory import MemoryLibrary

STORY = "The bridge toll rises\n\nThe toll rises to four euros on Monday. Drivers protested at the town hall."


@pytest.fixture
def library() -> MemoryLibrary:
    return MemoryLibrary(embedder=HashedWordsEmbedder().identity)


@pytest.fixture
def librarian(library: MemoryLibrary) -> Librarian:
    embedder = HashedWordsEmbedder()
    splitter = SentenceSplitter(max_passage_tokens=64, overlap_sentences=1, embedder=embedder)
    return Librarian(library, splitter=splitter, embedder=embedder, max_file_bytes=10_000)


def finished(librarian: Librarian, *paths: Path, **options) -> AdditionFinished:
    *_, last = librarian.add(paths, **options)
    assert isinstance(last, AdditionFinished)
    return last


def test_every_file_is_told_and_counted(librarian, tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.txt").write_text("")
    found, refused, stored, last = librarian.add([tmp_path])
    assert found == FilesFound(2)
    assert isinstance(refused, FileRefused)
    assert refused.source == "b.txt"
    assert stored == ArticleStored("a.txt", Standing.ADDED)
    assert isinstance(last, AdditionFinished)
    assert (last.added, last.updated, last.unchanged, last.refused) == (1, 0, 0, (refused,))


def test_a_file_reached_by_two_paths_is_one_article(librarian, library, tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    assert finished(librarian, tmp_path, tmp_path / "a.txt").added == 1
    assert len(library.articles()) == 1


def test_passages_hold_the_articles_own_words(librarian, library, tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    finished(librarian, tmp_path)
    article = library.article(1)
    hits = library.search_lexical("toll euros protested", top_k=10)
    passages = library.passages([hit.passage_id for hit in hits])
    assert passages
    assert all(article.text[passage.start : passage.end] == passage.text for passage in passages)


def test_the_headline_is_encoded_with_each_passage(librarian, library, tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    finished(librarian, tmp_path)
    article = library.article(1)
    (passage, *_) = library.passages([hit.passage_id for hit in library.search_lexical("protested", top_k=1)])
    encoded = passage_input(article, passage)
    assert encoded == f"{article.title}\n{passage.text}"
    (vector,) = HashedWordsEmbedder().encode_passages([encoded])
    (hit, *_) = library.search_dense(vector, top_k=1)
    assert (hit.passage_id, hit.score) == (passage.id, pytest.approx(1.0, abs=1e-5))


def test_what_a_person_gives_stands_above_what_the_file_says(librarian, library, tmp_path):
    (tmp_path / "a.md").write_text("---\ntitle: Toll\npublished: 2026-01-01\n---\nThe toll rises on Monday.")
    finished(librarian, tmp_path, source="wire", published="2026-03-05")
    article = library.article(1)
    assert (article.source, article.published) == ("wire/a.md", "2026-03-05")


def test_every_date_tells_its_origin(librarian, library, tmp_path):
    today = date(2026, 11, 23)
    stories = {
        "a.md": "---\npublished: 2026-01-01\n---\nThe toll rises on Monday.",
        "b.txt": "Headline\n\nLISVIK, 14 March 2026 - The toll rises on Monday.",
        "c.txt": "Headline\n\nThe truce ends on Sunday, February 1st.",
        "d.txt": "Headline\n\nThe truce ends on Sunday.",
        "e.md": "---\npublished: 2031-01-01\n---\nThe toll rose on Monday.",
    }
    for name, text in stories.items():
        (tmp_path / name).write_text(text)
    finished(librarian, tmp_path, today=today)
    told = {one.source: (one.published, one.published_origin, one.published_certainty) for one in library.articles()}
    assert told == {
        "a.md": ("2026-01-01", "metadata", "certain"),
        "b.txt": ("2026-03-14", "dateline", "certain"),
        "c.txt": ("2026-02-01", "inferred", "likely"),
        "d.txt": (None, None, None),
        "e.md": ("2031-01-01", "metadata", "unsure"),
    }
    assert finished(librarian, tmp_path, today=date(2040, 1, 1)).unchanged == len(stories)
    finished(librarian, tmp_path, published="2026-03-05")
    assert {(one.published_origin, one.published_certainty) for one in library.articles()} == {("given", "certain")}


def test_a_dry_run_tells_the_same_and_stores_nothing(librarian, library, tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    assert finished(librarian, tmp_path, is_dry_run=True).added == 1
    assert library.articles() == []


def test_articles_beyond_one_batch_are_all_stored(librarian, library, tmp_path):
    text = " ".join(f"Sentence number {number} tells of the river and of the toll." for number in range(400))
    for name in range(4):
        (tmp_path / f"{name}.txt").write_text(text[: 9_000 + name])
    assert finished(librarian, tmp_path).added == 4
    assert [summary.source for summary in library.articles()] == ["0.txt", "1.txt", "2.txt", "3.txt"]


def test_what_was_stored_stays_when_the_caller_stops(librarian, library, tmp_path):
    for name in range(30):
        (tmp_path / f"{name:02}.txt").write_text(" ".join(f"River {name} rose {day} times." for day in range(200)))
    for event in librarian.add([tmp_path]):
        if isinstance(event, ArticleStored):
            break
    stored = library.articles()
    assert 0 < len(stored) < 30


def test_nothing_given_adds_nothing(librarian):
    assert finished(librarian) == AdditionFinished(added=0, updated=0, unchanged=0, refused=())


def test_a_passage_without_a_headline_is_encoded_alone():
    article = Article(origin="x", source="x", title="", text="Rain fell. Snow fell.")
    assert passage_input(article, Passage(start=11, end=21)) == "Snow fell."


def test_articles_that_are_read_already_are_added_as_files_are(librarian, library):
    text = "The toll rises to four euros on Sunday, February 1st."
    posted = [Article(origin=f"urn:{number}", source=f"{number}", title="Toll", text=text) for number in range(2)]
    assert librarian.add_articles([*posted, posted[0]], today=date(2026, 11, 23)) == [
        Standing.ADDED,
        Standing.ADDED,
        Standing.UNCHANGED,
    ]
    assert library.article(1).published == "2026-02-01"
    assert library.generation == 1
    assert librarian.add_articles(posted) == [Standing.UNCHANGED] * 2
    assert librarian.add_articles([]) == []
    assert library.generation == 1


class WatchedEmbedder(HashedWordsEmbedder):
    """Encodes only when a number of files was read, and remembers how many texts it was given at once."""

    def __init__(self, *, refuses: bool = False) -> None:
        super().__init__()
        self.counted = threading.Event()
        self.sizes: list[int] = []
        self._refuses = refuses

    def count_tokens(self, texts):
        if self.sizes:
            self.counted.set()
        return super().count_tokens(texts)

    def encode_passages(self, texts):
        self.sizes.append(len(texts))
        if self._refuses:
            raise ModelError("The model is gone.", "Bring it back.")
        return super().encode_passages(texts)


def many_articles(folder: Path, count: int) -> None:
    for name in range(count):
        (folder / f"{name:02}.txt").write_text(" ".join(f"River {name} rose {day} times." for day in range(900)))


def watched(embedder: WatchedEmbedder, library: MemoryLibrary) -> Librarian:
    splitter = SentenceSplitter(max_passage_tokens=64, overlap_sentences=1, embedder=embedder)
    return Librarian(library, splitter=splitter, embedder=embedder, max_file_bytes=1_000_000)


def test_the_next_files_are_split_while_a_batch_is_encoded(library, tmp_path):
    class Waiting(WatchedEmbedder):
        def encode_passages(self, texts):
            vectors = super().encode_passages(texts)
            assert self.counted.wait(timeout=20), "nothing was split meanwhile"
            return vectors

    many_articles(tmp_path, 5)
    assert finished(watched(Waiting(), library), tmp_path).added == 5
    assert len(library.articles()) == 5


def test_a_caller_that_stops_waits_for_a_run_of_encoding_and_no_more(library, tmp_path):
    many_articles(tmp_path, 8)
    embedder = WatchedEmbedder()
    for event in watched(embedder, library).add([tmp_path]):
        if isinstance(event, ArticleStored):
            break
    ran = len(embedder.sizes)
    assert max(embedder.sizes) <= TEXTS_AT_ONCE
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("encode")]
    assert len(embedder.sizes) == ran


def test_an_embedder_that_fails_ends_the_addition_with_its_error(library, tmp_path):
    many_articles(tmp_path, 3)
    with pytest.raises(ModelError, match="model is gone"):
        list(watched(WatchedEmbedder(refuses=True), library).add([tmp_path]))
    assert library.articles() == []
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("encode")]
