"""Any question becomes a bounded list of plain words."""

import pytest

from vectorstore.lexical import MAX_QUERY_CHARS, MAX_TERMS, query_terms


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("When does the truce end?", ["truce", "end"]),
        ("Truce, truce! TRUCE", ["TRUCE"]),
        ("Zelenskyy's plan", ["Zelenskyy", "plan"]),
        ("is WHO late", ["WHO", "late"]),
        ("to be or not to be", ["to", "be", "or", "not"]),
        ("vitamin D and the tesla model S", ["vitamin", "D", "tesla", "model", "S"]),
        ("snake_case 3.5%", ["snake", "case", "3", "5"]),
        ('"truce" OR (NEAR* ^title:x)', ["truce", "OR", "NEAR", "title", "x"]),
        ("हिन्दी cafe\u0301", ["हिन्दी", "cafe\u0301"]),
        ("\0\ud800🙂", []),
        ("", []),
    ],
)
def test_words_are_what_is_left_of_a_question(query: str, terms: list[str]) -> None:
    assert query_terms(query) == terms


def test_acronyms_in_capitals_are_words() -> None:
    assert query_terms("what does WHO say about IT") == ["WHO", "say", "IT"]


def test_the_number_of_words_is_bounded() -> None:
    assert query_terms(" ".join(f"w{number}" for number in range(1_000))) == [f"w{n}" for n in range(MAX_TERMS)]
    assert query_terms("x" * 1_000_000) == ["x" * MAX_QUERY_CHARS]
