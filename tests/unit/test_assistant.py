import math
from dataclasses import replace
from datetime import date

import pytest

from rag.answers import AbstentionReason, Answer, Tense
from rag.articles import Article, ArticleFilter
from rag.assistant import AskOptions, Assistant
from rag.conversation import PastTurn
from rag.errors import QuestionError
from rag.events import Answered, PassageRead, PassagesRetrieved, QueryPrepared
from rag.librarian import passage_input
from rag.retriever import HybridRetriever
from rag.splitter import SentenceSplitter
from rag.testing import HashedWordsEmbedder, PhraseReader
from tests.unit.evaluated import BY_MARGIN
from vectorstore.articles import Addition
from vectorstore.memory import MemoryLibrary

EMBEDDER = HashedWordsEmbedder()
STORIES = {
    "a.txt": "Halt begins\n\nThe halt began on Friday. The halt ends on Sunday, the ministry said.",
    "b.txt": "Halt ends soon\n\nAid groups say that the halt ends on Sunday. They want more.",
    "c.txt": "Halt prolonged\n\nThe halt ends on Monday, a spokesman told a radio station.",
    "d.txt": "Museum buys painting\n\nThe museum bought a painting by Ada Ray.",
}


def addition(source: str, text: str) -> Addition:
    article = Article(origin=f"/{source}", source=source, title=text.split("\n", maxsplit=1)[0], text=text)
    splitter = SentenceSplitter(max_passage_tokens=32, overlap_sentences=0, embedder=EMBEDDER)
    passages = tuple(splitter.split(text))
    vectors = EMBEDDER.encode_passages([passage_input(article, passage) for passage in passages])
    return Addition(article=article, passages=passages, vectors=vectors)


@pytest.fixture
def library() -> MemoryLibrary:
    library = MemoryLibrary(embedder=EMBEDDER.identity)
    library.add([addition(source, text) for source, text in STORIES.items()])
    return library


def assistant_with(library: MemoryLibrary, scores: dict[str, float], **options) -> Assistant:
    return Assistant(
        embedder=EMBEDDER,
        retriever=HybridRetriever(library, candidates=50, dense_weight=0.5),
        reader=PhraseReader(scores),
        calibration=BY_MARGIN,
        top_k=8,
        **options,
    )


def ask(
    library: MemoryLibrary,
    scores: dict[str, float],
    options: AskOptions | None = None,
    question: str = "when does the halt end?",
) -> Answer:
    return assistant_with(library, scores).answer(question, options)


def after_article(article_id: int | None) -> AskOptions:
    return AskOptions(history=(PastTurn(question="Who announced the halt?", answer="a man", article_id=article_id),))


def test_the_most_confident_value_is_quoted_and_the_others_are_reported(library):
    answer = ask(library, {"Sunday": 6.0, "Monday": 4.0, "Friday": 3.0})
    assert answer.quotation is not None
    assert answer.quotation.text == "Sunday"
    assert [other.text for other in answer.also_reported] == ["Monday", "Friday"]
    assert answer.abstention is None
    confidences = [answer.quotation.confidence, *(other.confidence for other in answer.also_reported)]
    assert confidences == sorted(confidences, reverse=True)


def test_every_quotation_is_verbatim_and_stands_in_its_sentence(library):
    answer = ask(library, {"Sunday": 6.0, "Monday": 4.0, "Friday": 3.0})
    assert answer.quotation is not None
    for quotation in (answer.quotation, *answer.also_reported):
        citation = quotation.citation
        text = library.article(citation.article_id, version=citation.version).text
        assert text[citation.start : citation.end] == quotation.text
        sentence = citation.sentence
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.start <= citation.start
        assert citation.end <= sentence.end
        assert sentence.text.endswith(".")


def test_a_time_in_the_answer_is_resolved_against_its_own_article_and_the_clock():
    library = MemoryLibrary(embedder=EMBEDDER.identity)
    dated = addition("a.txt", STORIES["a.txt"])
    library.add([replace(dated, article=replace(dated.article, published="2026-01-30"))])
    for clock, tense in ((date(2026, 1, 31), Tense.COMING), (date(2026, 2, 2), Tense.PAST)):
        quotation = ask(library, {"Sunday": 4.0}, AskOptions(clock=clock)).quotation
        assert quotation is not None
        assert quotation.text == "Sunday"
        assert quotation.resolved is not None
        assert (quotation.resolved.start, quotation.resolved.tense) == ("2026-02-01", tense)


def test_words_without_a_time_or_a_date_to_count_from_are_left_as_they_are(library):
    for words in ("Sunday", "Ada Ray"):
        quotation = ask(library, {words: 4.0}).quotation
        assert quotation is not None
        assert quotation.resolved is None


def test_articles_that_say_the_same_count_once_each(library):
    answer = ask(library, {"Sunday": 6.0, "on Sunday": 5.0, "Monday": 1.0})
    assert answer.quotation is not None
    assert answer.quotation.sources == 2
    assert answer.also_reported == ()


def test_what_stands_in_the_article_in_focus_is_surer(library):
    asked = ask(library, {"Sunday": 3.2, "Monday": 3.0})
    assert asked.quotation is not None
    assert asked.quotation.text == "Sunday"
    followed = ask(library, {"Sunday": 3.2, "Monday": 3.0}, after_article(3), "when does it end?")
    assert followed.query == "When does the halt end?"
    assert followed.trace.follow_up is not None
    assert followed.trace.follow_up.article_id == 3
    assert followed.quotation is not None
    assert followed.quotation.text == "Monday"
    assert followed.quotation.confidence == pytest.approx(1 / (1 + math.exp(-3.0 + 2.0 - BY_MARGIN.focus_odds)))


def test_after_an_answer_its_article_is_in_focus_and_after_none_the_nearest(library):
    answered, declined = ask(library, {"Monday": 4.0}), ask(library, {"Monday": -4.0})
    assert answered.quotation is not None
    assert PastTurn.of("?", answered).article_id == answered.quotation.citation.article_id == 3
    assert declined.quotation is None
    assert PastTurn.of("?", declined).article_id == declined.trace.hits[0].article_id
    nothing = ask(MemoryLibrary(embedder=EMBEDDER.identity), {"Monday": 4.0})
    assert PastTurn.of("?", nothing).article_id is None


def test_an_article_in_focus_that_is_gone_changes_nothing(library):
    gone, unknown = (ask(library, {"Sunday": 3.0}, after_article(one), "when does it end?") for one in (99, None))
    assert gone.quotation is not None
    assert gone.quotation == unknown.quotation


def test_a_filter_leaves_other_articles_unread(library):
    only = AskOptions(article_filter=ArticleFilter(source="c.txt"))
    answer = ask(library, {"Sunday": 6.0, "Monday": 4.0}, only)
    assert answer.quotation is not None
    assert answer.quotation.text == "Monday"
    assert {hit.article_id for hit in answer.trace.hits} == {3}


def test_an_empty_library_has_nothing_to_find():
    answer = ask(MemoryLibrary(embedder=EMBEDDER.identity), {"Sunday": 6.0})
    assert answer.abstention is not None
    assert answer.abstention.reason is AbstentionReason.NOTHING_FOUND
    assert answer.trace.hits == ()


@pytest.mark.parametrize("scores", [{}, {"Sunday": -1.0}, {"Sunday": 0.0}])
def test_passages_of_which_none_answers_are_told_so(library, scores):
    answer = ask(library, scores)
    assert answer.abstention is not None
    assert answer.abstention.reason is AbstentionReason.NOTHING_ANSWERS


def test_below_the_operating_point_nothing_is_quoted(library):
    answer = ask(library, {"Sunday": 1.0})
    assert answer.quotation is None
    assert answer.abstention is not None
    assert answer.abstention.reason is AbstentionReason.NOT_SURE
    assert "27%" in answer.abstention.message


@pytest.mark.parametrize(("minimum", "is_answered"), [(0.0, True), (0.2, True), (0.9, False), (1.0, False)])
def test_a_question_moves_the_operating_point(library, minimum, is_answered):
    answer = ask(library, {"Sunday": 1.0}, AskOptions(min_confidence=minimum))
    assert (answer.quotation is not None) is is_answered


def test_an_assistant_may_have_an_operating_point_of_its_own_even_zero(library):
    answer = assistant_with(library, {"Sunday": 0.5}, min_confidence=0.0).answer("when does the halt end?")
    assert answer.quotation is not None


def test_the_steps_are_told_in_order_and_the_last_is_the_answer(library):
    events = list(assistant_with(library, {"Sunday": 6.0}).ask("  when does\nthe halt end? "))
    query, retrieved, *read, last = events
    assert query == QueryPrepared("when does the halt end?")
    assert isinstance(retrieved, PassagesRetrieved)
    assert all(isinstance(event, PassageRead) for event in read)
    assert [event.passage for event in read] == list(retrieved.passages)
    assert isinstance(last, Answered)
    assert last.answer.question == "  when does\nthe halt end? "


def test_nothing_is_read_before_the_next_step_is_asked_for(library):
    steps = assistant_with(library, {"Sunday": 6.0}).ask("when does the halt end?")
    next(steps)
    library.remove([1, 2])
    *_, last = steps
    assert isinstance(last, Answered)
    assert {hit.article_id for hit in last.answer.trace.hits} == {3, 4}


def test_a_search_finds_what_a_question_would_read(library):
    question = "when does the halt end?"
    assistant = assistant_with(library, {"Sunday": 6.0})
    options = AskOptions(top_k=3, article_filter=ArticleFilter(source="b.txt"))
    told = [event for event in assistant.ask(question, options) if isinstance(event, PassagesRetrieved)]
    assert told == [PassagesRetrieved(tuple(assistant.search(question, options)))]
    assert {found.passage.source for found in told[0].passages} == {"b.txt"}
    with pytest.raises(QuestionError):
        assistant.search(" ")


def test_the_trace_tells_ranks_and_scores_of_what_was_read(library):
    hits = ask(library, {"Sunday": 6.0}).trace.hits
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert {hit.dense_rank for hit in hits} == set(range(1, len(hits) + 1))
    assert any(hit.lexical_rank is None for hit in hits)
    assert {hit.span_score for hit in hits} == {6.0, None}


@pytest.mark.parametrize("question", ["", " \n\t ", "x" * 1001, "lone \udcff surrogate"])
def test_a_question_that_cannot_be_read_is_refused_at_the_first_step(library, question):
    steps = assistant_with(library, {}).ask(question)
    with pytest.raises(QuestionError):
        next(steps)


def test_top_k_bounds_what_is_read_and_leaves_the_confidence(library):
    few = ask(library, {"Sunday": 6.0}, AskOptions(top_k=1))
    many = ask(library, {"Sunday": 6.0}, AskOptions(top_k=8))
    assert len(few.trace.hits) == 1
    assert few.quotation is not None
    assert many.quotation is not None
    assert few.quotation.confidence == many.quotation.confidence


def test_a_question_of_more_tokens_than_the_reader_takes_in_is_refused_with_both_numbers(library):
    with pytest.raises(QuestionError, match="has 101 tokens") as refused:
        assistant_with(library, {}).answer("why " * 101)
    assert refused.value.remedy
    assert assistant_with(library, {}).answer("why " * 100).abstention
