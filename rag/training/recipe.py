"""Which examples the reader sees, in which pass: single sentences first, then paragraphs with hard negatives.

Decision: docs/decisions/010-reader-recipe.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from rag.evaluation.squad_data import Context, read_contexts
from rag.sentences import sentences
from rag.training.base_model import encode
from rag.training.examples import Example, disturbed, paragraph_examples, random_window, sentence_examples
from rag.training.hard_negatives import Asked, mine_negatives
from rag.training.swapped_questions import swapped_questions
from rag.training.windows import cuts

__all__ = ["Recipe", "paragraph_pass", "sentence_pass"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How much of what is shown.

    Attributes:
        sentence_share: Share of the sentences of train-qamr.
        paragraph_shares: Share of the contexts of each paragraph file.
        negative_shares: Share of the answerable questions of each file that come again with a hard negative.
        beside_share: Share of the answerable questions that are tried again with another part of their own context.
        unanswerable_again: How many times more each question comes that its own context does not answer.
        swapped_share: Share of the answerable questions that come again with a name or number swapped.
        hurried_share: Share of the questions typed in a hurry.
        negative_chars: Length of the passages among which hard negatives are looked for.
    """

    seed: int = 20261123
    sentence_share: float = 0.5
    paragraph_shares: tuple[tuple[str, float], ...] = (
        ("squad", 1.0),
        ("new_wiki", 1.0),
        ("reddit", 0.1),
        ("amazon", 0.1),
    )
    negative_shares: tuple[tuple[str, float], ...] = (
        ("qamr", 0.1),
        ("squad", 0.35),
        ("new_wiki", 0.35),
        ("reddit", 0.1),
        ("amazon", 0.1),
    )
    beside_share: float = 0.08
    unanswerable_again: int = 0
    swapped_share: float = 0.0
    hurried_share: float = 0.25
    negative_chars: int = 500


def sentence_pass(data: Path, base: Path, recipe: Recipe) -> list[Example]:
    """Return the examples of the first pass."""
    random = Random(recipe.seed)  # noqa: S311 (nothing secret)
    contexts = _sample(data, "qamr", recipe.sentence_share, random)
    examples = [*sentence_examples(contexts), *_negatives(contexts, base, recipe, random)]
    return list(disturbed(examples, random, share=recipe.hurried_share))


def paragraph_pass(data: Path, base: Path, recipe: Recipe) -> list[Example]:
    """Return the examples of the second pass."""
    random = Random(recipe.seed + 1)  # noqa: S311 (nothing secret)
    contexts = [
        context for source, share in recipe.paragraph_shares for context in _sample(data, source, share, random)
    ]
    examples = [*paragraph_examples(contexts, random, beside_share=recipe.beside_share)]
    examples += _unanswerable(contexts, recipe, random)
    examples += _negatives(contexts, base, recipe, random)
    return list(disturbed(examples, random, share=recipe.hurried_share))


def _unanswerable(contexts: Sequence[Context], recipe: Recipe, random: Random) -> Iterator[Example]:
    """Yield questions with the contexts that they were asked of and that do not answer them."""
    left = [
        (context, question.text)
        for context in contexts
        for question in context.questions
        if not question.answers
        for _ in range(recipe.unanswerable_again)
    ]
    swapped = swapped_questions(contexts, random, share=recipe.swapped_share) if recipe.swapped_share > 0.0 else ()
    for context, question in [*left, *swapped]:
        found = sentences(context.text)
        if found:
            yield Example(question=question, passage=random_window(context.text, found, random), span=None)


def _sample(data: Path, source: str, share: float, random: Random) -> list[Context]:
    contexts = list(read_contexts([data / f"train-{source}.jsonl.gz"]))
    return random.sample(contexts, round(share * len(contexts)))


def _negatives(contexts: Sequence[Context], base: Path, recipe: Recipe, random: Random) -> Iterator[Example]:
    """Yield questions with passages of other contexts that a retriever puts forward and that do not answer."""
    shares = dict(recipe.negative_shares)
    asked = [
        Asked(question=question.text, answers=tuple(one.text for one in question.answers), context=context.text)
        for context in contexts
        for question in context.questions
        if question.answers and random.random() < shares[context.source]
    ]
    passages = [
        context.text[start:end]
        for context in contexts
        for start, end in cuts(sentences(context.text), recipe.negative_chars)
    ]
    mined = mine_negatives(
        asked,
        passages,
        question_vectors=encode(base, [one.question for one in asked]),
        passage_vectors=encode(base, passages),
    )
    for one, found in zip(asked, mined, strict=True):
        if found:
            yield Example(question=one.question, passage=passages[random.choice(found)], span=None)
