"""What a rule of the grammar is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.times.readings import Form
from rag.times.tokens import Token

__all__ = ["Builder", "Rule"]

Builder = Callable[[Sequence[Token]], Form | None]
"""Makes a form of the tokens that a pattern matched, or declines."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over the kinds of words, and what it builds.

    A letter of the pattern stands for a word of that kind (``rag.times.vocabulary``): ``[LHN]u`` is *last year* or
    *this week*. Patterns have no unbounded repeats, so that matching is linear.

    Attributes:
        is_loose: Only where it is known that the words tell a time: ``week`` in a sentence tells none.
        is_range: From one time to another, which TIMEX3 takes for two.
    """

    pattern: str
    build: Builder
    is_loose: bool = False
    is_range: bool = False
