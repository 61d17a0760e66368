"""Contexts with questions, laid out as a library: one article a title, so that answers must be searched for."""

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from rag.evaluation.question_sets import ExpectedAnswer
from rag.evaluation.squad_data import Context, MarkedQuestion

__all__ = ["write_library"]


def write_library(contexts: Iterable[Context], folder: Path) -> list[ExpectedAnswer]:
    """Write one text file for each data set and title, below its data set, and return all questions, in order.

    A question without an answer names the article whose context it was asked of: right topic, fact missing.
    """
    articles: dict[tuple[str, str], list[Context]] = defaultdict(list)
    for context in contexts:
        articles[context.source, context.title].append(context)
    expected = []
    for (source, title), parts in articles.items():
        name = f"{_file_name(source)}/{_file_name(title)}.txt"
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        heading = title.replace("_", " ")
        path.write_text("\n\n".join([heading, *(part.text for part in parts)]) + "\n", encoding="utf-8")
        expected += [_expected(question, name) for part in parts for question in part.questions]
    return expected


def _file_name(text: str) -> str:
    """Return a name that leads nowhere else."""
    return re.sub(r"[^\w-]", "_", text)


def _expected(question: MarkedQuestion, article: str) -> ExpectedAnswer:
    answers = tuple(dict.fromkeys(answer.text for answer in question.answers))
    return ExpectedAnswer(
        id=question.id, question=question.text, answers=answers, article=article, also=(), type="what"
    )
