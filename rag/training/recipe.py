"""Which examples the reader sees, in which pass: single sentences first, then paragraphs with hard negatives.

Decision: docs/decisions/010-reader-recipe.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from rag.evaluation.squad_data import Context, read_contexts
from rag.sentences import sentences
from rag.training.base_model import encode
from rag.training.examples import Example, disturbed, paragraph_examples, random_window, sentence_examples
from rag.training.follow_ups import in_context
from rag.training.hard_negatives import Asked, mine_negatives
from rag.training.swapped_questions import swapped_questions
from rag.training.windows import cuts

__all__ = ["WRITTEN", "Recipe", "paragraph_pass", "sentence_pass"]


Shares = tuple[tuple[str, float], ...]
"""A share for each of some files, by the name of its source."""

NEWS = ("news", "conversations")
"""The sources whose titles are stories, each told over one or several articles."""

_CONTEXT_SEED = 11
"""Chooses which follow-ups come with what was asked before them, the same in every pass."""

WRITTEN = Path(__file__).parent / "written"
"""Contexts written for the project: invented news, a title for each story, and passages like an encyclopaedia's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How much of what is shown.

    Attributes:
        sentence_share: Share of the sentences of train-qamr.
        paragraph_shares: Share of the contexts of each paragraph file; the rest is for these files too, none where a
            file is not named.
        negative_shares: Share of the answerable questions that come again with a hard negative.
        beside_shares: Share of the answerable questions that are tried again with another part of their own context.
        unanswerable_again: How many times more each question comes that its own context does not answer.
        swapped_shares: Share of the answerable questions that come again with a name or number swapped.
        hurried_share: Share of the questions typed in a hurry.
        headless_share: Share of the passages whose headline is not shown, where there is one.
        negative_chars: Length of the passages among which hard negatives are looked for.
        shows_context: Whether follow-ups come with the question before and its answer behind them.
    """

    seed: int = 20261123
    sentence_share: float = 0.5
    paragraph_shares: Shares = (
        ("squad", 1.0),
        ("new_wiki", 1.0),
        ("reddit", 0.1),
        ("amazon", 0.1),
    )
    negative_shares: Shares = (
        ("qamr", 0.1),
        ("squad", 0.35),
        ("new_wiki", 0.35),
        ("reddit", 0.1),
        ("amazon", 0.1),
    )
    beside_shares: Shares = (("squad", 0.08), ("new_wiki", 0.08), ("reddit", 0.08), ("amazon", 0.08))
    unanswerable_again: tuple[tuple[str, int], ...] = ()
    swapped_shares: Shares = ()
    hurried_share: float = 0.25
    headless_share: float = 0.4
    negative_chars: int = 500
    shows_context: bool = False


def sentence_pass(data: Path, base: Path, recipe: Recipe) -> list[Example]:
    """Return the examples of the first pass."""
    random = Random(recipe.seed)  # noqa: S311 (nothing secret)
    contexts = _sample(_contexts(data, "qamr"), recipe.sentence_share, random)
    return _disturbed([*sentence_examples(contexts), *_negatives(contexts, base, recipe, random)], recipe, random)


def paragraph_pass(data: Path, base: Path, recipe: Recipe) -> list[Example]:
    """Return the examples of a pass over paragraphs."""
    random = Random(recipe.seed + 1)  # noqa: S311 (nothing secret)
    contexts = [
        context
        for source, share in recipe.paragraph_shares
        for context in _sample(_contexts(data, source, shows_context=recipe.shows_context), share, random)
    ]
    examples = [*paragraph_examples(contexts, random, beside_shares=dict(recipe.beside_shares))]
    examples += _unanswerable(contexts, recipe, random)
    examples += _negatives(contexts, base, recipe, random)
    return _disturbed(examples, recipe, random)


def _disturbed(examples: Iterable[Example], recipe: Recipe, random: Random) -> list[Example]:
    shares = {"hurried_share": recipe.hurried_share, "headless_share": recipe.headless_share}
    return list(disturbed(examples, random, **shares))


def _unanswerable(contexts: Sequence[Context], recipe: Recipe, random: Random) -> Iterator[Example]:
    """Yield questions with the contexts that they were asked of and that do not answer them."""
    again = dict(recipe.unanswerable_again)
    left = [
        (context, question.text)
        for context in contexts
        for question in context.questions
        if not question.answers
        for _ in range(again.get(context.source, 0))
    ]
    for context, question in [*left, *swapped_questions(contexts, random, shares=dict(recipe.swapped_shares))]:
        found = sentences(context.text)
        if found:
            passage = random_window(context.text, found, random)
            yield Example(question=question, passage=passage, span=None, headline=context.headline)


def _contexts(data: Path, source: str, *, shows_context: bool = False) -> list[Context]:
    """Return the contexts of a file: of one written for the project, or else of one of the data folder."""
    written = WRITTEN / f"{source}.jsonl"
    contexts = read_contexts([written if written.exists() else data / f"train-{source}.jsonl.gz"])
    return list(in_context(contexts, Random(_CONTEXT_SEED)) if shows_context else contexts)  # noqa: S311


def _sample(contexts: Sequence[Context], share: float, random: Random) -> list[Context]:
    return random.sample(contexts, round(share * len(contexts)))


def _negatives(contexts: Sequence[Context], base: Path, recipe: Recipe, random: Random) -> Iterator[Example]:
    """Yield questions with passages of other contexts that a retriever puts forward and that do not answer."""
    shares, stories = dict(recipe.negative_shares), _stories(contexts)
    asked = [
        Asked(
            question=question.text,
            answers=tuple(one.text for one in question.answers),
            context=stories.get(context.title, context.text),
        )
        for context in contexts
        for question in context.questions
        if question.answers and random.random() < shares.get(context.source, 0.0)
    ]
    passages = [
        (context.headline, context.text[start:end])
        for context in contexts
        for start, end in cuts(sentences(context.text), recipe.negative_chars)
    ]
    texts = [text for _, text in passages]
    mined = mine_negatives(
        asked,
        texts,
        question_vectors=encode(base, [one.question for one in asked]),
        passage_vectors=encode(base, texts),
    )
    for one, found in zip(asked, mined, strict=True):
        if found:
            headline, text = passages[random.choice(found)]
            yield Example(question=one.question, passage=text, span=None, headline=headline)


def _stories(contexts: Iterable[Context]) -> dict[str, str]:
    """Return the texts of each story in the news: another day's article may answer too, with the value of that day."""
    texts: dict[str, list[str]] = defaultdict(list)
    for context in contexts:
        if context.source in NEWS:
            texts[context.title].append(context.text)
    return {title: "\n\n".join(told) for title, told in texts.items()}
