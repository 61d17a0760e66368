"""What every library promises: the same suite for the one on disk and the one in memory."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from vectorstore.articles import (
    Addition,
    Article,
    ArticleFilter,
    DateCertainty,
    DateOrigin,
    LibraryCounts,
    Passage,
    Standing,
)
from vectorstore.embedded import EmbeddedLibrary
from vectorstore.errors import ArticleNotFoundError
from vectorstore.memory import MemoryLibrary
from vectorstore.protocols import Library
from vectorstore.testing import TINY_EMBEDDER, make_addition, tiny_vector

TRUCE = make_addition("The truce ends on Sunday.\nKyiv asked for it.", source="politics/truce.txt", title="Truce")
TOLL = make_addition("The bridge toll rises in May.", source="economy/toll.txt", title="Toll")
EVERYTHING = 1_000


@pytest.fixture(params=["embedded", "memory"])
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Library]:
    if request.param == "memory":
        yield MemoryLibrary(TINY_EMBEDDER)
        return
    with closing(EmbeddedLibrary.open(tmp_path / "library", embedder=TINY_EMBEDDER, create=True)) as opened:
        yield opened


def found_texts(library: Library, query: str, article_filter: ArticleFilter | None = None) -> list[str]:
    hits = library.search_lexical(query, top_k=EVERYTHING, article_filter=article_filter)
    return [passage.text for passage in library.passages([hit.passage_id for hit in hits])]


def dense_ids(library: Library, vector: np.ndarray, top_k: int = EVERYTHING) -> list[int]:
    return [hit.passage_id for hit in library.search_dense(vector, top_k=top_k)]


def test_new_library_holds_nothing(library: Library) -> None:
    assert library.generation == 0
    assert library.articles() == []
    assert library.counts() == LibraryCounts(articles=0, passages=0, characters=0)
    assert library.search_lexical("truce", top_k=5) == []
    assert library.search_dense(tiny_vector("truce"), top_k=5) == []


def test_each_change_is_one_generation(library: Library) -> None:
    library.add([TRUCE, TOLL])
    assert library.generation == 1
    library.remove([1, 2])
    assert library.generation == 2


def test_no_change_leaves_the_generation(library: Library) -> None:
    library.add([TRUCE])
    assert library.add([TRUCE]) == [Standing.UNCHANGED]
    assert library.add([]) == []
    assert library.remove([]) == []
    assert library.generation == 1


def test_standing_tells_what_add_does(library: Library) -> None:
    edited = make_addition("The truce was broken.", source="politics/truce.txt")
    assert library.standing(TRUCE.article) is Standing.ADDED
    assert library.add([TRUCE]) == [Standing.ADDED]
    assert library.standing(TRUCE.article) is Standing.UNCHANGED
    assert library.standing(edited.article) is Standing.UPDATED
    assert library.add([edited]) == [Standing.UPDATED]


def test_a_moved_folder_is_unchanged(library: Library) -> None:
    library.add([TRUCE])
    moved = replace(TRUCE, article=replace(TRUCE.article, origin="/elsewhere/truce.txt"))
    assert library.add([moved]) == [Standing.UNCHANGED]
    assert len(library.articles()) == 1


def test_equal_text_from_another_source_is_another_article(library: Library) -> None:
    library.add([TRUCE])
    copied = replace(TRUCE, article=replace(TRUCE.article, origin="/copy.txt", source="copy.txt"))
    assert library.add([copied]) == [Standing.ADDED]


def test_one_article_twice_in_a_batch_is_one_article(library: Library) -> None:
    edited = make_addition("The truce was broken.", source="politics/truce.txt")
    assert library.add([TRUCE, TRUCE, edited]) == [Standing.ADDED, Standing.UNCHANGED, Standing.UPDATED]
    assert [(article.id, article.version) for article in library.articles()] == [(1, 2)]
    assert found_texts(library, "truce") == ["The truce was broken."]


def test_update_replaces_what_is_searched_and_keeps_the_old_text(library: Library) -> None:
    library.add([TRUCE])
    before = [hit.passage_id for hit in library.search_lexical("Kyiv", top_k=5)]
    library.add([make_addition("The truce was broken.", source="politics/truce.txt", title="Broken")])
    assert library.search_lexical("Kyiv", top_k=5) == []
    assert library.passages(before) == []
    assert not set(before) & set(dense_ids(library, tiny_vector("any")))
    assert library.article(1).text == "The truce was broken."
    assert library.article(1, version=1).text == TRUCE.article.text


def test_remove_returns_what_was_there_and_takes_it_out_of_every_search(library: Library) -> None:
    library.add([TRUCE, TOLL])
    removed = library.remove([2, 1, 2])
    assert [article.title for article in removed] == ["Toll", "Truce"]
    assert library.articles() == []
    assert library.search_lexical("truce toll", top_k=5) == []
    assert library.search_dense(tiny_vector("any"), top_k=5) == []
    with pytest.raises(ArticleNotFoundError):
        library.article(1, version=1)


def test_what_was_removed_is_added_again_under_its_id_and_versions(library: Library) -> None:
    edited = make_addition("The truce was broken.", source="politics/truce.txt", title="Truce")
    library.add([TRUCE])
    library.add([edited])
    library.add([TOLL])
    versions = [library.article(1, version=one.version) for one in library.versions(1)]
    library.remove([1])
    again = [replace(one, article=stored) for one, stored in zip((TRUCE, edited), versions, strict=True)]
    assert library.add(again) == [Standing.ADDED, Standing.UPDATED]
    assert [library.article(1, version=number).text for number in (1, 2)] == [one.text for one in versions]
    assert library.article(1).version == 2
    assert found_texts(library, "broken") == ["The truce was broken."]
    assert library.add(
        [replace(TOLL, article=replace(versions[0], origin="/else", text=f"{TOLL.article.text} So they say."))]
    ) == [Standing.ADDED]
    assert library.article(3).version == 1


def test_what_is_held_is_counted_as_it_is_listed(library: Library) -> None:
    library.add([TRUCE, TOLL])
    library.add([make_addition("The truce ends on Monday, they say.", source=TRUCE.article.source, title="Truce")])
    library.remove([2])
    (left,) = library.articles()
    assert left.version == 2
    assert library.counts() == LibraryCounts(
        articles=1, passages=left.passage_count, characters=len("The truce ends on Monday, they say.")
    )


def test_remove_of_an_unknown_id_removes_nothing(library: Library) -> None:
    library.add([TRUCE])
    with pytest.raises(ArticleNotFoundError):
        library.remove([1, 99])
    assert len(library.articles()) == 1
    assert library.generation == 1


def test_ids_are_never_given_twice(library: Library) -> None:
    library.add([TRUCE])
    gone = dense_ids(library, tiny_vector("any"))
    library.remove([1])
    library.add([TRUCE])
    assert [article.id for article in library.articles()] == [2]
    assert not set(gone) & set(dense_ids(library, tiny_vector("any")))


@pytest.mark.parametrize(
    ("article_id", "version"), [(2, None), (1, 2), (1, 0), (0, None), (-1, None), (10**30, 10**30)]
)
def test_unknown_article_or_version_is_an_error(library: Library, article_id: int, version: int | None) -> None:
    library.add([TRUCE])
    with pytest.raises(ArticleNotFoundError, match="holds no"):
        library.article(article_id, version=version)


def test_articles_are_stored_as_given(library: Library) -> None:
    addition = make_addition(
        "Žemė \0 \x1b[31m 停火 🙂\n" * 3,
        title="[/b] Title",
        url="https://x.test/",
        published="2026-01-30",
        published_origin=DateOrigin.INFERRED,
        published_certainty=DateCertainty.LIKELY,
        language="lt",
    )
    library.add([addition])
    stored, (summary,) = library.article(1), library.articles()
    names = [field.name for field in fields(Article)]
    assert {name: getattr(stored, name) for name in names} == {name: getattr(addition.article, name) for name in names}
    (passage, *_) = library.passages([1])
    for shown in (summary, passage):
        assert (shown.published_origin, shown.published_certainty) == (DateOrigin.INFERRED, DateCertainty.LIKELY)
    assert stored.content_hash == addition.article.content_hash
    assert (summary.length_chars, summary.passage_count) == (len(addition.article.text), 3)
    assert summary.added_at == stored.added_at
    assert stored.added_at.endswith("+00:00")


def test_an_inferred_date_makes_no_new_version(library: Library) -> None:
    inferred, other_day = (
        make_addition("Truce ends on Sunday, 1 February", published=day, published_origin=DateOrigin.INFERRED)
        for day in ("2026-02-01", "2032-02-01")
    )
    assert library.add([inferred]) == [Standing.ADDED]
    assert library.standing(other_day.article) is Standing.UNCHANGED
    assert library.add([make_addition("Truce ends on Sunday, 1 February", published="2026-02-01")]) == [
        Standing.UPDATED
    ]


def test_passages_are_slices_of_their_article_in_the_order_asked_for(library: Library) -> None:
    library.add([TRUCE, TOLL])
    ids = sorted(dense_ids(library, tiny_vector("any")), reverse=True)
    passages = library.passages([*ids, 99, 10**30, -1])
    assert [passage.id for passage in passages] == ids
    for passage in passages:
        article = library.article(passage.article_id, version=passage.version)
        assert passage.text == article.text[passage.start : passage.end]
        assert (passage.title, passage.source) == (article.title, article.source)


def test_an_article_without_passages_is_kept_and_not_found(library: Library) -> None:
    assert library.add([make_addition("", title="Nothing but a headline")]) == [Standing.ADDED]
    assert library.articles()[0].passage_count == 0
    assert library.search_lexical("headline", top_k=5) == []


def with_passage(passage: Passage) -> Addition:
    return replace(TOLL, passages=(passage,))


@pytest.mark.parametrize(
    "bad",
    [
        with_passage(Passage(start=0, end=10_000)),
        with_passage(Passage(start=-1, end=5)),
        with_passage(Passage(start=5, end=5)),
        replace(TOLL, vectors=np.zeros((2, 4), np.float32)),
        replace(TOLL, vectors=np.zeros((1, 5), np.float32)),
        replace(TOLL, vectors=np.zeros((1, 4), np.float64)),
        replace(TOLL, vectors=np.full((1, 4), np.nan, np.float32)),
        replace(TOLL, article=replace(TOLL.article, text=TOLL.article.text + "\ud800")),
        replace(TOLL, article=replace(TOLL.article, url="\udfff")),
    ],
)
def test_an_impossible_addition_stores_nothing_of_its_batch(library: Library, bad: Addition) -> None:
    with pytest.raises(ValueError, match=r"passage|vectors|surrogates"):
        library.add([TRUCE, bad])
    assert library.generation == 0
    assert library.articles() == []


def test_dense_search_gives_the_nearest_first_and_equals_by_lower_id(library: Library) -> None:
    library.add([make_addition("\n".join(f"line {number}" for number in range(64)))])
    query = tiny_vector("line 7")
    hits = library.search_dense(query, top_k=EVERYTHING)
    assert len(hits) == 64
    assert hits == sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))
    assert {hit.passage_id: hit.score for hit in hits}[8] == 1.0
    for top_k in range(65):
        assert library.search_dense(query, top_k=top_k) == hits[:top_k]


@pytest.mark.parametrize("shape", [(), (3,), (1, 4)])
def test_a_query_vector_of_another_shape_is_refused(library: Library, shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="shape"):
        library.search_dense(np.zeros(shape, np.float32), top_k=1)


def test_a_negative_top_k_is_refused_and_zero_gives_nothing(library: Library) -> None:
    library.add([TRUCE])
    with pytest.raises(ValueError, match="negative"):
        library.search_dense(tiny_vector("any"), top_k=-1)
    with pytest.raises(ValueError, match="negative"):
        library.search_lexical("truce", top_k=-1)
    assert library.search_dense(tiny_vector("any"), top_k=0) == []
    assert library.search_lexical("truce", top_k=0) == []


def test_rare_words_tell_more_than_frequent_ones(library: Library) -> None:
    lines = [*("the strike goes on",) * 3, "the strike in Torrhavn", *("some other news",) * 4]
    library.add([make_addition("\n".join(lines))])
    assert found_texts(library, "strike Torrhavn")[0] == "the strike in Torrhavn"


def test_a_passage_beats_a_headline(library: Library) -> None:
    library.add([make_addition("Nothing here.", source="a", title="Lynx seen"), TRUCE])
    library.add([make_addition("Lynx seen here.", source="b", title="Nothing"), TOLL])
    assert found_texts(library, "lynx") == ["Lynx seen here.", "Nothing here."]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("TRUCES", "The truce ends."),
        ("ending", "The truce ends."),
        ("zelensky's", "Zelensky's plan."),
        ("Zelensky", "Zelensky's plan."),
        ("cafe", "Le café ferme."),
        ("cafe\u0301", "Le café ferme."),
        ("перемирие", "Перемирие закончилось."),
        ("الهدنة", "انتهت الهدنة"),
        ("停火", "停火 结束"),
        ("हिन्दी", "वह हिन्दी बोलता है"),
        ("Straße", "Die Straße ist zu."),
        ("42", "It costs 42 euros."),
        ("WHO", "WHO warns of it."),
        ("to be or not to be", "To be is to do."),
        ("after", "before\0after"),
    ],
)
def test_words_are_found_whatever_their_form_or_script(library: Library, query: str, text: str) -> None:
    library.add([make_addition(text)])
    assert found_texts(library, query) == [text]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "?!.,",
        "🙂🙃",
        "\0",
        "\ud800",
        "\u0301",
        '"',
        "truce NEAR(",
        "title:truce",
        "truce* AND OR NOT ^",
        "'; DROP TABLE passages; --",
        "{title text}: truce + -truce",
        "truce " * 20_000,
        "x" * 100_000,
        " ".join(f"word{number}" for number in range(20_000)),
    ],
)
def test_any_string_is_a_query(library: Library, query: str) -> None:
    library.add([TRUCE])
    assert bool(library.search_lexical(query, top_k=5)) == ("truce" in query)


DATED = [
    make_addition("news one", source="politics/one.txt", published="2026-01-30"),
    make_addition("news two", source="politics/two.txt", published="2026-02-01T23:30:00+02:00"),
    make_addition("news three", source="politics2/three.txt", published="2026-02-02"),
    make_addition("news four", source="Politics/four.txt"),
    make_addition("news five", source="100%_sure/five.txt"),
    make_addition("news six", source="https://x.test/a", published="2025-12-31"),
]


@pytest.mark.parametrize(
    ("article_filter", "expected"),
    [
        (ArticleFilter(), ["one", "two", "three", "four", "five", "six"]),
        (ArticleFilter(since=date(2026, 2, 1)), ["two", "three"]),
        (ArticleFilter(until=date(2026, 2, 1)), ["one", "two", "six"]),
        (ArticleFilter(since=date(2026, 2, 1), until=date(2026, 2, 1)), ["two"]),
        (ArticleFilter(source="politics"), ["one", "two"]),
        (ArticleFilter(source="politics/"), ["one", "two"]),
        (ArticleFilter(source="politics/one.txt"), ["one"]),
        (ArticleFilter(source="politic"), []),
        (ArticleFilter(source="p%"), []),
        (ArticleFilter(source="politic_"), []),
        (ArticleFilter(source="100%_sure"), ["five"]),
        (ArticleFilter(source="https://x.test"), ["six"]),
        (ArticleFilter(source="politics", since=date(2026, 2, 1)), ["two"]),
    ],
)
def test_filters_act_before_the_cut(library: Library, article_filter: ArticleFilter, expected: list[str]) -> None:
    library.add(DATED)
    wanted = [f"news {name}" for name in expected]
    count = len(expected)
    lexical = library.search_lexical("news", top_k=max(count, 1), article_filter=article_filter)
    dense = library.search_dense(tiny_vector("news six"), top_k=max(count, 1), article_filter=article_filter)
    for hits in (lexical, dense):
        ids = sorted(hit.passage_id for hit in hits)
        assert [passage.text for passage in library.passages(ids)] == wanted


def test_a_filter_does_not_change_scores(library: Library) -> None:
    library.add(DATED)
    scores = {hit.passage_id: hit.score for hit in library.search_lexical("news two", top_k=EVERYTHING)}
    filtered = library.search_lexical("news two", top_k=5, article_filter=ArticleFilter(source="politics"))
    assert all(scores[hit.passage_id] == hit.score for hit in filtered)


def test_a_filter_asked_again_sees_what_came_and_went(library: Library) -> None:
    politics = ArticleFilter(source="politics")
    library.add([make_addition("news one", source="politics/1.txt")])
    for number in range(6):  # More filters than are kept.
        assert found_texts(library, "news", ArticleFilter(source=f"sport-{number}")) == []
    assert found_texts(library, "news", politics) == ["news one"]
    library.add([make_addition("news two", source="politics/2.txt"), make_addition("news three", source="sport/3.txt")])
    assert sorted(found_texts(library, "news", politics)) == ["news one", "news two"]
    assert len(library.search_dense(tiny_vector("news two"), top_k=9, article_filter=politics)) == 2
    library.remove([library.articles()[0].id])
    assert found_texts(library, "news", politics) == ["news two"]
    assert len(library.search_dense(tiny_vector("news two"), top_k=9, article_filter=politics)) == 1


def test_closing_twice_does_nothing(library: Library) -> None:
    library.add([TRUCE])
    library.close()
    library.close()


def test_pages_follow_each_other_newest_first_and_hold_every_article_once(library: Library) -> None:
    library.add([make_addition(f"Text {number}.", source=f"{number}.txt") for number in range(1, 8)])
    ids: list[int] = []
    before = None
    while page := library.article_page(limit=3, before=before):
        before = page[-1].id
        ids += [one.id for one in page]
        library.add([make_addition("A late one.", source="late.txt")])
    assert ids == [7, 6, 5, 4, 3, 2, 1]
    everything = {one.id: one for one in library.articles()}
    assert all(everything[one.id] == one for one in library.article_page(limit=EVERYTHING))


def test_a_page_has_bounds(library: Library) -> None:
    library.add([TRUCE, TOLL])
    assert library.article_page(limit=0) == []
    for nothing in (1, 0, -1, -(2**70)):
        assert library.article_page(limit=5, before=nothing) == []
    assert len(library.article_page(limit=5, before=2**70)) == 2


def test_a_page_takes_filters_and_words(library: Library) -> None:
    dated = make_addition("Snow fell.", source="Wetter/ÖSTLICH.txt", title="100% Schnee_fall")
    library.add([TRUCE, TOLL, replace(dated, article=replace(dated.article, published="2026-01-05T10:00:00"))])

    def sources(words: str = "", **restricted: object) -> list[str]:
        found = library.article_page(limit=9, words=words, article_filter=ArticleFilter(**restricted))
        return [one.source for one in found]

    assert sources("tru POLITICS") == ["politics/truce.txt"]
    assert sources("truce toll") == []
    assert sources("östlich 100%") == ["Wetter/ÖSTLICH.txt"]
    assert sources("e_f") == ["Wetter/ÖSTLICH.txt"]
    assert sources(" ") == sources()
    assert sources(source="politics") == ["politics/truce.txt"]
    assert sources(since=date(2026, 1, 5), until=date(2026, 1, 5)) == ["Wetter/ÖSTLICH.txt"]
    assert sources(until=date(2026, 1, 4)) == []


def test_an_article_is_found_by_its_origin_before_its_content(library: Library) -> None:
    library.add([TRUCE, TOLL])
    assert library.find(TRUCE.article) == 1
    assert library.find(replace(TOLL.article, origin="/elsewhere")) == 2
    assert library.find(replace(TOLL.article, origin=TRUCE.article.origin)) == 1
    assert library.find(replace(TOLL.article, origin="/elsewhere", text="Another.")) is None


def test_the_versions_of_an_article_are_listed_oldest_first(library: Library) -> None:
    library.add([TRUCE, TOLL])
    library.add([make_addition("Broken.", source="politics/truce.txt", title="Truce broken")])
    versions = library.versions(1)
    told = [(one.version, one.title, one.length_chars) for one in versions]
    assert told == [(1, "Truce", len(TRUCE.article.text)), (2, "Truce broken", 7)]
    assert [one.added_at for one in versions] == [library.article(1, version=n).added_at for n in (1, 2)]
    for unknown in (0, -1, 3, 2**70):
        with pytest.raises(ArticleNotFoundError):
            library.versions(unknown)
