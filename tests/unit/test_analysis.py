"""Any text becomes terms, and any question a bounded list of them."""

import time

import pytest

from vectorstore.analysis import MAX_QUERY_CHARS, MAX_TERMS, query_terms, terms_in


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("When does the truce end?", ["truce", "end"]),
        ("Truce, truce! TRUCE", ["truce"]),
        ("strikes striking strike", ["strike"]),
        ("Zelenskyy's plan", ["zelenskyy", "plan"]),
        ("is WHO late", ["who", "late"]),
        ("to be or not to be", ["to", "be", "or", "not"]),
        ("vitamin D and the tesla model S", ["vitamin", "d", "tesla", "model", "s"]),
        ("snake_case 3.5%", ["snake", "case", "3", "5"]),
        ("हिन्दी cafe\u0301 café", ["हिन्दी", "cafe"]),
        ("\0\ud800🙂\u0301", []),
        ("", []),
    ],
)
def test_words_are_what_is_left_of_a_question(query: str, terms: list[str]) -> None:
    assert query_terms(query) == terms


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("Зеленский", "Президент Зеленский прибыл."),
        ("محمد", "قال مُحَمَّد إن الهدنة انتهت"),
        ("السلام", "السـلام عليكم"),
        ("北京", "他在北京大学学习。"),
        ("学", "他在北京大学学习。"),
        ("서울", "그는 서울에서 산다"),
        ("ไทย", "ฉันพูดภาษาไทยได้"),
        ("東京", "昨日東京で会いました"),
        ("Ｔｒｕｃｅ", "the truce"),
        ("Straße", "STRASSE"),
    ],
)
def test_words_of_every_script_are_found(query: str, text: str) -> None:
    assert set(query_terms(query)) <= set(terms_in(text)) != set()


def test_a_run_without_spaces_is_looked_for_by_its_pairs() -> None:
    assert query_terms("北京大学") == ["北京", "京大", "大学"]
    assert terms_in("x北京y") == ["x", "北", "京", "北京", "y"]


def test_the_number_of_terms_is_bounded() -> None:
    assert query_terms(" ".join(f"w{number}" for number in range(1_000))) == [f"w{n}" for n in range(MAX_TERMS)]
    assert sum(map(len, query_terms("x" * 1_000_000))) <= MAX_QUERY_CHARS


@pytest.mark.parametrize("text", ["\u0315\u0300" * 200_000, "x" * 1_000_000, "北" * 200_000, "\ufdfa" * 100_000])
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    terms_in(text)
    assert time.process_time() - began < 2.0
