from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import BertProcessing

from rag.evaluation.squad_data import Context, MarkedAnswer, MarkedQuestion
from rag.sentences import sentences
from rag.training.batches import batch_order, collate
from rag.training.examples import Example, agreed_answer, disturbed, paragraph_examples, sentence_examples
from rag.training.features import NULL_POSITION, build_features
from rag.training.hard_negatives import Asked, bm25_weights, mine_negatives
from rag.training.windows import cuts, window

TEXT = "The truce ends on Sunday. Kyiv is cold. Macron said nothing of it. The power is back in Lviv, says DTEK."


def tokenizer() -> Tokenizer:
    letters = [chr(code) for code in range(33, 127)]
    pieces = ["[UNK]", "[CLS]", "[SEP]", *letters, *(f"##{letter}" for letter in letters), "sun", "##day", "truce"]
    made = Tokenizer(WordPiece({piece: number for number, piece in enumerate(pieces)}, unk_token="[UNK]"))
    made.normalizer = BertNormalizer()
    made.pre_tokenizer = BertPreTokenizer()
    made.post_processor = BertProcessing(("[SEP]", 2), ("[CLS]", 1))
    return made


def context(*answers: str, text: str = TEXT) -> Context:
    marked = tuple(MarkedAnswer(answer, text.index(answer)) for answer in answers)
    question = MarkedQuestion(id="q", text="When does it end?", answers=marked)
    return Context(source="squad", title="Truce", text=text, questions=(question,))


@pytest.mark.parametrize("answer", ["Sunday", "on Sunday", "The truce", "DTEK.", "Kyiv is cold. Macron"])
def test_a_feature_marks_the_tokens_of_its_answer(answer: str) -> None:
    (example,) = sentence_examples([context(answer)])
    (feature,) = build_features([example], tokenizer())
    encoded = tokenizer().encode(TEXT, add_special_tokens=False)
    first, last = feature.start - feature.passage_start, feature.end - feature.passage_start
    assert TEXT[encoded.offsets[first][0] : encoded.offsets[last][1]] == answer
    assert feature.tokens[feature.passage_start : -1].tolist() == encoded.ids


@settings(deadline=None, max_examples=50)
@given(st.data())
def test_any_answer_comes_back_from_its_tokens_with_no_more_than_the_rest_of_its_words(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="aé 日.Ⅷß\u0301", min_size=1, max_size=40))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    examples = [Example(question="?", passage=text, span=(start, end))]
    encoded = tokenizer().encode(text, add_special_tokens=False)
    for feature in build_features(examples, tokenizer()):
        first, last = feature.start - feature.passage_start, feature.end - feature.passage_start
        assert encoded.offsets[first][1] > start
        assert encoded.offsets[last][0] < end
        assert text[start:end].strip() == "" or encoded.offsets[first][0] <= encoded.offsets[last][1]


def test_an_unanswerable_example_points_at_the_first_token() -> None:
    (feature,) = build_features([Example(question="Who?", passage=TEXT, span=None)], tokenizer())
    assert (feature.start, feature.end) == (NULL_POSITION, NULL_POSITION)


def test_a_passage_stands_below_its_headline_unless_it_begins_with_it() -> None:
    told = Example(question="Who?", passage=TEXT, span=(4, 9), headline="Truce on Sunday")
    bare = Example(question="Who?", passage=TEXT, span=(4, 9))
    twice = Example(question="Who?", passage=TEXT, span=(4, 9), headline="The truce ends")
    headed, without, again = build_features([told, bare, twice], tokenizer())
    above = tokenizer().encode("Truce on Sunday", add_special_tokens=False).ids
    assert headed.tokens[: headed.passage_start].tolist() == [*without.tokens[: without.passage_start], *above, 2]
    assert headed.start - headed.passage_start == without.start - without.passage_start
    assert again.tokens.tolist() == without.tokens.tolist()


def test_a_share_of_the_headlines_is_left_out() -> None:
    examples = [Example(question="Who?", passage=TEXT, span=None, headline="Truce")] * 1000
    shown = [one.headline for one in disturbed(examples, Random(1), hurried_share=0.0, headless_share=0.4)]
    assert 0.35 < shown.count("") / len(shown) < 0.45


def test_an_answer_beyond_the_window_is_left_out_and_one_within_is_kept() -> None:
    examples = [*sentence_examples([context("truce"), context("DTEK")])]
    features = list(build_features(examples, tokenizer(), max_tokens=40))
    assert [len(feature.tokens) for feature in features] == [40]


def test_the_agreed_answer_is_the_majoritys_and_else_the_one_most_like_the_others() -> None:
    def texts(*answers: str) -> str:
        return agreed_answer([MarkedAnswer(answer, 0) for answer in answers]).text

    assert texts("on Sunday", "Sunday", "Sunday") == "Sunday"
    assert texts("shelling of Kyiv and cities", "shelling", "shelling of Kyiv") == "shelling of Kyiv"


def test_paragraph_examples_keep_the_answer_in_their_window() -> None:
    shown = [
        one
        for seed in range(40)
        for one in paragraph_examples([context("Lviv")], Random(seed), beside_shares={"squad": 0.1})
    ]
    answering = [one for one in shown if one.span is not None]
    assert len(answering) == 40
    assert all(one.span and one.passage[slice(*one.span)] == "Lviv" for one in answering)
    assert all("Lviv" not in one.passage for one in shown if one.span is None)


def test_windows_are_whole_sentences_that_hold_the_anchor_at_any_place() -> None:
    found = sentences(TEXT)
    windows = {window(found, found[1], 70, Random(seed)) for seed in range(60)}
    assert all(start <= found[1].start and found[1].end <= end for start, end in windows)
    assert {start for start, _ in windows} == {found[0].start, found[1].start}
    assert all(end - start <= 70 for start, end in windows)


def test_cuts_hold_every_sentence_once_and_keep_to_the_budget() -> None:
    found = sentences(TEXT)
    slices = list(cuts(found, 45))
    assert [TEXT[start:end] for start, end in slices] == [
        "The truce ends on Sunday. Kyiv is cold.",
        "Macron said nothing of it.",
        "The power is back in Lviv, says DTEK.",
    ]
    assert list(cuts([], 45)) == []


def test_hurried_questions_keep_their_letters_and_come_in_the_asked_share() -> None:
    examples = [Example(question="When does the Truce end?", passage=TEXT, span=None)] * 400
    typed = [one.question for one in disturbed(examples, Random(1), hurried_share=0.5, headless_share=0.0)]
    changed = [question for question in typed if question != examples[0].question]
    assert 150 < len(changed) < 250
    assert {"".join(sorted(question.lower().rstrip("?"))) for question in changed} == {
        "".join(sorted("when does the truce end"))
    }
    assert [one.question for one in disturbed(examples, Random(1), hurried_share=0.5, headless_share=0.0)] == typed


@pytest.mark.parametrize("question", ["", "?", "a?", "ab", "Why?"])
def test_a_short_question_survives_hurry(question: str) -> None:
    for seed in range(20):
        (one,) = disturbed(
            [Example(question=question, passage=TEXT, span=None)], Random(seed), hurried_share=1.0, headless_share=0.0
        )
        assert len(one.question) <= len(question)


def test_a_negative_holds_no_answer_and_is_no_part_of_the_questions_own_context() -> None:
    passages = [TEXT[:25], "The ceasefire ends on MONDAY.", "The truce ends soon.", "A recipe for soup."]
    asked = [Asked(question="When does the truce end?", answers=("Sunday", "Monday"), context=TEXT)]
    flat = np.ones((4, 2), dtype=np.float32)
    (found,) = mine_negatives(asked, passages, question_vectors=flat[:1], passage_vectors=flat, top_k=4)
    assert found[0] == 2
    assert 0 not in found
    assert 1 not in found


def test_negatives_come_from_both_searches() -> None:
    passages = ["alpha beta", "gamma delta", "epsilon zeta", "eta theta"]
    asked = [Asked(question="alpha?", answers=("none",), context="")]
    vectors = np.eye(4, dtype=np.float32)
    (found,) = mine_negatives(
        asked, passages, question_vectors=vectors[3:], passage_vectors=vectors, top_k=2, candidates=1
    )
    assert set(found) == {0, 3}


def test_bm25_of_a_hand_worked_case() -> None:
    # Two passages of one term each; "a" stands in the first alone: idf = ln(1 + (2 - 1 + .5) / (1 + .5)) = ln 2,
    # both of mean length: weight = ln 2 * 1 * 2.2 / (1 + 1.2).
    weights = bm25_weights(csr_matrix(np.array([[1, 0], [0, 1]])))
    assert weights.toarray() == pytest.approx(np.log(2) * np.eye(2))


@settings(max_examples=50)
@given(st.lists(st.integers(1, 60), min_size=1, max_size=200), st.integers(0, 9))
def test_every_feature_is_in_one_batch_and_no_batch_is_above_the_budget(lengths: list[int], seed: int) -> None:
    batches = batch_order(lengths, batch_tokens=100, seed=seed)
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    assert all(len(batch) * max(lengths[index] for index in batch) <= 100 for batch in batches)
    assert batches == batch_order(lengths, batch_tokens=100, seed=seed)


def test_a_batch_is_padded_to_its_longest_and_tells_question_from_passage() -> None:
    features = list(build_features([*sentence_examples([context("Sunday"), context("It", text="It.")])], tokenizer()))
    batch = collate(features)
    assert batch.input_ids.shape == (2, len(features[0].tokens))
    assert batch.attention_mask.sum(1).tolist() == [len(feature.tokens) for feature in features]
    assert batch.token_type_ids[1].sum() == len(features[1].tokens) - features[1].passage_start
    assert batch.starts.tolist() == [feature.start for feature in features]
