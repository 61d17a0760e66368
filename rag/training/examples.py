"""What the reader is shown in training: a question, a passage, and where in it the answer stands, if it does."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from urllib.parse import unquote

from rag.evaluation.metrics import token_f1
from rag.evaluation.squad_data import Context, MarkedAnswer, MarkedQuestion
from rag.sentences import Sentence, sentences
from rag.training.hard_negatives import holds_answer
from rag.training.windows import window

__all__ = [
    "Example",
    "agreed_answer",
    "disturbed",
    "headline",
    "paragraph_examples",
    "random_window",
    "sentence_examples",
    "without_answer",
]

WHOLE_SHARE = 0.15
"""Share of the contexts shown whole; the others are cut into windows of whole sentences."""

TITLED = ("squad", "new_wiki")
"""The data sets whose contexts carry the title of their article."""

WINDOW_CHARS = (150, 750)
"""Bounds of a window; the product's passages have up to about 160 tokens, 750 characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One question on one passage.

    Attributes:
        question: As it is asked.
        passage: What is read.
        span: In code points of the passage; ``None`` where it does not answer.
        title: The headline that stands before the passage; empty where none is shown.
    """

    question: str
    passage: str
    span: tuple[int, int] | None
    title: str = ""


def sentence_examples(contexts: Iterable[Context]) -> Iterator[Example]:
    """Yield one example per question, with its whole context."""
    for context in contexts:
        for question in context.questions:
            yield _shown(question, context, (0, len(context.text)))


def paragraph_examples(contexts: Iterable[Context], random: Random, *, beside_share: float) -> Iterator[Example]:
    """Yield an example per question, with its context or a window of it that holds the answer.

    A share of the answerable questions is tried a second time with any window of the context, and shown with it
    where it does not hold an answer. An empty context gives none.
    """
    for context in contexts:
        found = sentences(context.text)
        if not found:
            continue
        for question in context.questions:
            kept = (0, len(context.text))
            if random.random() > WHOLE_SHARE:
                kept = window(found, _anchor(question, found, random), random.randint(*WINDOW_CHARS), random)
            yield _shown(question, context, kept)
            if question.answers and random.random() < beside_share:
                beside = random_window(context.text, found, random)
                if not holds_answer(beside, [answer.text for answer in question.answers]):
                    yield Example(question=question.text, passage=beside, span=None, title=headline(context))


def without_answer(contexts: Iterable[Context], random: Random, *, share: float) -> Iterator[Example]:
    """Yield a share of the answerable questions with a window from which the answer's sentences were taken out.

    The topic is right and the fact is missing. Where another sentence of the window holds an answer, none is yielded.
    """
    for context in contexts:
        found = sentences(context.text)
        for question in context.questions:
            if not question.answers or not found or random.random() >= share:
                continue
            anchor = _anchor(question, found, random)
            start, end = window(found, anchor, random.randint(*WINDOW_CHARS), random)
            left = f"{context.text[start : anchor.start].rstrip()} {context.text[anchor.end : end].lstrip()}".strip()
            if left and not holds_answer(left, [answer.text for answer in question.answers]):
                yield Example(question=question.text, passage=left, span=None, title=headline(context))


def headline(context: Context) -> str:
    """Return the title of a context's article as people write it; empty where a data set only numbers its texts."""
    return unquote(context.title).replace("_", " ") if context.source in TITLED else ""


def random_window(text: str, found: Sequence[Sentence], random: Random) -> str:
    """Return any window of a text with these sentences."""
    start, end = window(found, random.choice(found), random.randint(*WINDOW_CHARS), random)
    return text[start:end]


def _anchor(question: MarkedQuestion, found: Sequence[Sentence], random: Random) -> Sentence:
    """Return what a window must hold: the answer with the sentences it touches, or any sentence if there is none."""
    if not question.answers:
        return random.choice(found)
    answer = agreed_answer(question.answers)
    end = answer.start + len(answer.text)
    touched = [one for one in found if one.start < end and one.end > answer.start]
    return Sentence(min([answer.start, *(one.start for one in touched)]), max([end, *(one.end for one in touched)]))


def _shown(question: MarkedQuestion, context: Context, kept: tuple[int, int]) -> Example:
    span = None
    if question.answers:
        answer = agreed_answer(question.answers)
        start = answer.start - kept[0]
        span = (start, start + len(answer.text))
    return Example(question=question.text, passage=context.text[slice(*kept)], span=span, title=headline(context))


def agreed_answer(answers: Sequence[MarkedAnswer]) -> MarkedAnswer:
    """Return the answer that the others agree with most: the highest mean token F1, of equal ones the first.

    Where most annotators marked the same words these win; among nested ones the middle length does.
    """
    return max(answers, key=lambda one: sum(token_f1(one.text, [other.text]) for other in answers))


def disturbed(
    examples: Iterable[Example], random: Random, *, hurried_share: float, headline_share: float
) -> Iterator[Example]:
    """Yield the examples, a share of their questions as a hurried person types them, a share with their headlines."""
    for example in examples:
        question, title = example.question, example.title
        if random.random() < hurried_share:
            question = _hurried(question, random)
        if title and random.random() >= headline_share:
            title = ""
        yield replace(example, question=question, title=title)


def _hurried(question: str, random: Random) -> str:
    """Return a question in lower case, without its question mark, with two letters swapped, or several of these."""
    faults = random.sample(["case", "mark", "swap"], k=random.randint(1, 2))
    if "case" in faults:
        question = question.lower()
    if "mark" in faults:
        question = question.rstrip("?").rstrip()
    if "swap" in faults and len(question) > 3:
        place = random.randrange(1, len(question) - 2)
        question = question[:place] + question[place + 1] + question[place] + question[place + 2 :]
    return question
