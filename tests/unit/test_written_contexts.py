"""What was written for training: well marked, and nothing of what the answers are measured on."""

import json
from collections import Counter
from pathlib import Path

import pytest

from rag.evaluation.squad_data import Context, read_contexts
from rag.sentences import sentences
from rag.training.recipe import NEWS, WRITTEN

TESTS = Path(__file__).parents[1]
LIBRARIES = [TESTS / "library", *(TESTS / name / "library" for name in ("conversations", "held_out", "unseen"))]
FILES = sorted(WRITTEN.glob("*.jsonl"))


def contexts(path: Path) -> list[Context]:
    return list(read_contexts([path]))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_answer_stands_where_it_is_marked(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    marked = sum(len(question["answers"]) for line in lines for question in json.loads(line)["questions"])
    read = contexts(path)
    assert sum(len(question.answers) for context in read for question in context.questions) == marked
    assert {context.source for context in read} == {path.stem}
    ids = Counter(question.id for context in read for question in context.questions)
    assert ids.most_common(1)[0][1] == 1
    unanswered = sum(not question.answers for context in read for question in context.questions)
    assert 0.3 < unanswered / ids.total() < 0.6


@pytest.mark.parametrize("source", NEWS)
def test_stories_are_told_over_few_articles(source: str) -> None:
    titles = Counter(context.title for context in contexts(WRITTEN / f"{source}.jsonl"))
    assert 1 < titles.most_common(1)[0][1] < 10


def test_nothing_of_the_libraries_that_answers_are_measured_on_is_shown() -> None:
    measured = {
        text[one.start : one.end]
        for library in LIBRARIES
        for path in library.rglob("*.*")
        if path.suffix in {".txt", ".md"}
        for text in [path.read_text()]
        for one in sentences(text)
    }
    shown = {
        context.text[one.start : one.end]
        for path in FILES
        for context in contexts(path)
        for one in sentences(context.text)
    }
    assert measured
    assert not {one for one in measured & shown if len(one) > 40}
