"""What the reader is shown in training: a question, a passage, and where in it the answer stands, if it does."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from rag.evaluation.metrics import token_f1
from rag.evaluation.squad_data import Context, MarkedAnswer, MarkedQuestion
from rag.sentences import Sentence, sentences
from rag.training.hard_negatives import holds_answer
from rag.training.windows import window

__all__ = ["Example", "agreed_answer", "disturbed", "paragraph_examples", "random_window", "sentence_examples"]

WHOLE_SHARE = 0.15
"""Share of the contexts shown whole; the others are cut into windows of whole sentences."""

WINDOW_CHARS = (150, 750)
"""Bounds of a window; the product's passages have up to about 160 tokens, 750 characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One question on one passage.

    Attributes:
        span: In code points of the passage; ``None`` where it does not answer.
        headline: What is read before the passage; may be empty.
    """

    question: str
    passage: str
    span: tuple[int, int] | None
    headline: str = ""


def sentence_examples(contexts: Iterable[Context]) -> Iterator[Example]:
    """Yield one example per question, with its whole context."""
    for context in contexts:
        for question in context.questions:
            yield _shown(question, context, (0, len(context.text)))


def paragraph_examples(
    contexts: Iterable[Context], random: Random, *, beside_shares: Mapping[str, float]
) -> Iterator[Example]:
    """Yield an example per question, with its context or a window of it that holds the answer.

    A share of the answerable questions of each source is tried a second time with any window of the context, and
    shown with it where it does not hold an answer. An empty context gives none.
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
            if question.answers and random.random() < beside_shares.get(context.source, 0.0):
                beside = random_window(context.text, found, random)
                if not holds_answer(beside, [answer.text for answer in question.answers]):
                    yield Example(question=question.text, passage=beside, span=None, headline=context.headline)


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
    passage = context.text[kept[0] : kept[1]]
    return Example(question=question.text, passage=passage, span=span, headline=context.headline)


def agreed_answer(answers: Sequence[MarkedAnswer]) -> MarkedAnswer:
    """Return the answer that the others agree with most: the highest mean token F1, of equal ones the first.

    Where most annotators marked the same words these win; among nested ones the middle length does.
    """
    return max(answers, key=lambda one: sum(token_f1(one.text, [other.text]) for other in answers))


def disturbed(
    examples: Iterable[Example], random: Random, *, hurried_share: float, headless_share: float
) -> Iterator[Example]:
    """Yield the examples, a share of their questions as a hurried person types them, a share without headline."""
    for example in examples:
        hurried, headless = random.random() < hurried_share, random.random() < headless_share
        yield replace(
            example,
            question=_hurried(example.question, random) if hurried else example.question,
            headline="" if headless else example.headline,
        )


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
