"""Named plans: which passes make a reader, with which recipe.

Decision: docs/decisions/010-reader-recipe.md, which says what each was measured to give.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from rag.training.examples import Example
from rag.training.loop import Pass
from rag.training.recipe import Recipe, paragraph_pass, sentence_pass

__all__ = ["PLANS", "Stage"]


@dataclass(frozen=True, slots=True)
class Stage:
    """A pass with its name, what it shows, and how it learns."""

    name: str
    examples: Callable[[Path, Path, Recipe], list[Example]]
    recipe: Recipe
    settings: Pass


_ALL = (("squad", 1.0), ("new_wiki", 1.0), ("reddit", 1.0), ("amazon", 1.0))
_NEGATIVES = (("qamr", 0.3), ("squad", 0.6), ("new_wiki", 0.6), ("reddit", 0.3), ("amazon", 0.3))
_SENTENCES = Recipe(sentence_share=1.0, negative_shares=_NEGATIVES)
_BESIDE = (("squad", 0.15), ("new_wiki", 0.15), ("reddit", 0.15), ("amazon", 0.15))
_FIRST = Recipe(paragraph_shares=_ALL, negative_shares=_NEGATIVES, beside_shares=_BESIDE)
_NEWS = Recipe(
    seed=20261129,
    paragraph_shares=(
        ("news", 1.0),
        ("encyclopaedia", 1.0),
        ("squad", 1.0),
        ("new_wiki", 0.6),
        ("reddit", 0.2),
        ("amazon", 0.2),
    ),
    negative_shares=(
        ("news", 0.5),
        ("encyclopaedia", 0.35),
        ("squad", 0.25),
        ("new_wiki", 0.25),
        ("reddit", 0.2),
        ("amazon", 0.2),
    ),
    beside_shares=(("news", 0.3), ("encyclopaedia", 0.15), ("squad", 0.15), ("new_wiki", 0.15)),
    unanswerable_again=(("news", 1), ("encyclopaedia", 1), ("squad", 2)),
    swapped_shares=(("squad", 0.3), ("new_wiki", 0.3)),
)
_WRITTEN = Stage("written", paragraph_pass, _NEWS, Pass(batch_tokens=3200, learning_rate=1.5e-4))
_AGAIN = Stage(
    "again",
    paragraph_pass,
    replace(
        _NEWS,
        seed=20261130,
        paragraph_shares=(
            ("news", 1.0),
            ("encyclopaedia", 1.0),
            ("squad", 0.5),
            ("new_wiki", 0.3),
            ("reddit", 0.1),
            ("amazon", 0.1),
        ),
    ),
    Pass(batch_tokens=3200, learning_rate=1e-4, seed=20261130),
)
_CONVERSATIONS = Stage(
    "conversations",
    paragraph_pass,
    replace(
        _NEWS,
        seed=20261201,
        paragraph_shares=(
            ("conversations", 1.0),
            ("news", 0.3),
            ("encyclopaedia", 0.5),
            ("squad", 0.3),
            ("new_wiki", 0.1),
            ("reddit", 0.05),
            ("amazon", 0.05),
        ),
        negative_shares=(("conversations", 0.5), *_NEWS.negative_shares),
        beside_shares=(("conversations", 0.3), *_NEWS.beside_shares),
        unanswerable_again=(("conversations", 1), *_NEWS.unanswerable_again),
    ),
    Pass(batch_tokens=3200, learning_rate=1e-4, seed=20261201),
)
_FOLLOW_UPS = Stage(
    "follow_ups",
    paragraph_pass,
    replace(
        _NEWS,
        seed=20261202,
        paragraph_shares=(
            ("conversations", 1.0),
            ("news", 0.12),
            ("encyclopaedia", 0.15),
            ("squad", 0.1),
            ("new_wiki", 0.04),
        ),
        negative_shares=(("conversations", 0.35), *((name, share * 0.5) for name, share in _NEWS.negative_shares)),
        beside_shares=(("conversations", 0.15),),
        unanswerable_again=(),
        swapped_shares=(),
        shows_context=True,
    ),
    Pass(batch_tokens=3200, learning_rate=8e-5, seed=20261202),
)

PLANS = {
    "full": (
        Stage("sentences", sentence_pass, _SENTENCES, Pass(batch_tokens=1600, learning_rate=2e-4, fall_from=0.7)),
        Stage("paragraphs", paragraph_pass, _FIRST, Pass(batch_tokens=3200, learning_rate=2e-4, fall_from=0.5)),
        _WRITTEN,
        _AGAIN,
        _CONVERSATIONS,
        _FOLLOW_UPS,
    ),
    "written": (_WRITTEN,),
    "again": (_AGAIN,),
    "conversations": (_CONVERSATIONS,),
    "follow_ups": (_FOLLOW_UPS,),
    "short": (
        Stage("sentences", sentence_pass, Recipe(), Pass(batch_tokens=1600, learning_rate=2e-4, stop_at=0.5)),
        Stage("paragraphs", paragraph_pass, Recipe(), Pass(batch_tokens=3200, learning_rate=2e-4, fall_from=0.6)),
    ),
    "negatives": (
        Stage(
            "negatives",
            paragraph_pass,
            Recipe(
                seed=20261124,
                paragraph_shares=(
                    ("qamr", 0.15),
                    ("squad", 1.0),
                    ("new_wiki", 1.0),
                    ("reddit", 0.35),
                    ("amazon", 0.35),
                ),
                negative_shares=_NEGATIVES,
            ),
            Pass(batch_tokens=3200, learning_rate=1.2e-4),
        ),
    ),
}
"""``full`` shows all data, then twice the news that was written for the project, beside most of the paragraphs with
other windows and other hard negatives, its conversations, and these again with each follow-up's question before behind
it; ``written``, ``again``, ``conversations`` and ``follow_ups`` are one of these alone, for a reader that has seen what
comes before it; ``short`` two fifths of the data, once;
``negatives`` is for a reader that can read already (``--init``) and has not seen what a retriever returns."""
