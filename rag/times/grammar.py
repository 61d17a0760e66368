"""The grammar of time expressions: which of its rules match a run of words."""

import re
from collections.abc import Sequence
from functools import cache

from rag.times.date_rules import DATE_RULES
from rag.times.joint_rules import joint_rules
from rag.times.length_rules import LENGTH_RULES
from rag.times.readings import Form
from rag.times.reference_rules import REFERENCE_RULES
from rag.times.rules import Rule
from rag.times.tokens import Token, kinds_of

__all__ = ["form_at", "form_of"]


def form_at(tokens: Sequence[Token], kinds: str, at: int, *, joins_ranges: bool) -> tuple[Form, int] | None:
    """Return the longest expression that begins with a token, and how many tokens it takes; None if there is none."""
    best: tuple[Form, int] | None = None
    for pattern, rule in _compiled():
        is_tried = not rule.is_loose and (joins_ranges or not rule.is_range)
        found = pattern.match(kinds, at) if is_tried else None
        if found is None or (best is not None and found.end() - at <= best[1]):
            continue
        form = rule.build(tokens[at : found.end()])
        if form is not None:
            best = form, found.end() - at
    return best


def form_of(tokens: Sequence[Token]) -> Form | None:
    """Return the expression that all of these tokens make, None if they make none."""
    kinds = kinds_of(tokens)
    matching = (rule for pattern, rule in _compiled() if pattern.fullmatch(kinds))
    return next((form for rule in matching if (form := rule.build(tokens)) is not None), None)


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], Rule], ...]:
    rules = (*DATE_RULES, *REFERENCE_RULES, *LENGTH_RULES, *joint_rules(form_of))
    return tuple((re.compile(rule.pattern), rule) for rule in rules)
