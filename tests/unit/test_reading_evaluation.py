import json
from collections.abc import Generator, Sequence
from pathlib import Path

import numpy as np
import pytest

from rag.evaluation.reader import report
from rag.evaluation.reading import ReadQuestion, figures_of, predictions_of, read_all, worst_of
from rag.evaluation.squad_data import read_contexts
from rag.protocols import PassageReading, PassageText, ReadSpan
from rag.testing import PhraseReader


def read(identifier: str, question: str, text: str, margin: float, *expected: str) -> ReadQuestion:
    return ReadQuestion(id=identifier, question=question, expected=expected, text=text, margin=margin)


READ = [
    read("right", "When does it end?", "Sunday", 5.0, "Sunday", "on Sunday"),
    read("half", "Who spoke?", "Peskov, his spokesman", 2.0, "Peskov"),
    read("wrong", "How many were hurt?", "seven", 1.0, "nine"),
    read("fooled", "Who won?", "Kyiv", 3.0),
    read("refused", "Who lost?", "Lviv", -4.0),
]


def test_figures_of_a_hand_worked_set() -> None:
    figures = figures_of(READ, threshold=2.5)
    # Forced: exact 1, 0, 0; F1 1, 2 * 1 / (3 + 1) = 1/2 and 0.
    assert figures.answerable.questions == 3
    assert figures.answerable.exact_match.mean == pytest.approx(1 / 3)
    assert figures.answerable.f1.mean == pytest.approx(0.5)
    # At 2.5 it answers "right" and "fooled" alone: 1 of 3 with an answer, 1 of 2 without.
    shipped = figures.at_shipped_threshold
    assert shipped.has_answer.f1.mean == pytest.approx(1 / 3)
    assert shipped.no_answer.f1.mean == pytest.approx(1 / 2)
    assert shipped.all.f1.mean == pytest.approx(2 / 5)
    # Best: answering "right" alone scores 1 + 1 + 1 of 5.
    assert figures.at_best_threshold.threshold == 5.0
    assert figures.at_best_threshold.all.f1.mean == pytest.approx(3 / 5)


def test_answerable_questions_are_told_apart_by_kind_and_by_length() -> None:
    figures = figures_of([*READ, read("long", "Why?", "", 0.0, "it was too cold to go out at all")], threshold=0.0)
    assert {name: scores.questions for name, scores in figures.by_kind.items()} == {
        "how_many": 1,
        "when": 1,
        "who": 1,
        "why": 1,
    }
    assert {name: scores.questions for name, scores in figures.by_answer_length.items()} == {
        "1 word": 3,
        "8 words or more": 1,
    }


def test_predictions_are_empty_below_the_threshold_alone() -> None:
    assert predictions_of(READ, threshold=2.0) == {
        "right": "Sunday",
        "half": "Peskov, his spokesman",
        "wrong": "",
        "fooled": "Kyiv",
        "refused": "",
    }


def test_the_worst_come_first_and_the_surest_of_them_before() -> None:
    assert [one.id for one in worst_of(READ, threshold=0.0, count=3)] == ["fooled", "wrong", "half"]


def test_a_report_names_figures_in_percent_and_the_worst() -> None:
    lines = "\n".join(report(figures_of(READ, threshold=0.0), worst_of(READ, threshold=0.0, count=1)))
    assert "33.3" in lines
    assert "fooled: Who won? -> 'Kyiv' (+3.0)" in lines


class FirstWordReader(PhraseReader):
    """Finds the first word of every passage, and nothing in an empty one."""

    def read(self, question: str, passages: Sequence[PassageText]) -> Generator[PassageReading, None, None]:
        for passage in passages:
            word = passage.text.partition(" ")[0]
            yield PassageReading((ReadSpan(0, len(word), 4.0),), 1.0) if word else PassageReading((), 0.0)


def test_every_question_is_read_in_its_own_context(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    question = {"id": "q", "question": "Who?", "answers": [{"text": "Kyiv", "start": 0}]}
    empty = {"id": "e", "question": "Who?", "answers": []}
    records = [("Kyiv is cold.", question), ("", empty)]
    path.write_text(
        "\n".join(
            json.dumps({"source": "news", "title": "", "context": text, "questions": [asked]})
            for text, asked in records
        ),
        encoding="utf-8",
    )
    found, nothing = read_all(read_contexts([path]), FirstWordReader({}))
    assert (found.text, found.margin, found.expected) == ("Kyiv", 3.0, ("Kyiv",))
    assert (nothing.text, nothing.margin) == ("", -np.inf)
    assert predictions_of([nothing], threshold=-1000.0) == {"e": ""}
