"""The grammar of time expressions: patterns over the kinds of words, and what each builds.

A pattern is a regular expression in which a letter stands for a word of that kind (``rag.times.vocabulary``):
``[LHN]u`` is *last year* or *this week*. Patterns have no unbounded repeats, so that matching is linear.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from rag.times.readings import Form
from rag.times.tokens import Token, kinds_of

__all__ = ["Builder", "Rule", "form_at", "form_of"]

Builder = Callable[[Sequence[Token]], Form | None]
"""Makes a form of the tokens that a pattern matched, or declines."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and its builder.

    Attributes:
        is_loose: Only where it is known that the words tell a time: ``week`` in a sentence tells none.
    """

    pattern: str
    build: Builder
    is_loose: bool = False


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], Rule], ...]:
    from rag.times import date_rules, joint_rules, length_rules, reference_rules

    rules = (*date_rules.RULES, *reference_rules.RULES, *length_rules.RULES, *joint_rules.RULES)
    return tuple((re.compile(rule.pattern), rule) for rule in rules)


def form_at(tokens: Sequence[Token], kinds: str, at: int) -> tuple[Form, int] | None:
    """Return the longest expression that begins with a token, and how many tokens it takes; None if there is none."""
    best: tuple[Form, int] | None = None
    for pattern, rule in _compiled():
        found = None if rule.is_loose else pattern.match(kinds, at)
        if found is None or (best is not None and found.end() - at <= best[1]):
            continue
        form = rule.build(tokens[at : found.end()])
        if form is not None:
            best = form, found.end() - at
    return best


def form_of(tokens: Sequence[Token]) -> Form | None:
    """Return the expression that all of these tokens make, None if they make none."""
    kinds = kinds_of(tokens)
    for pattern, rule in _compiled():
        if pattern.fullmatch(kinds):
            form = rule.build(tokens)
            if form is not None:
                return form
    return None
