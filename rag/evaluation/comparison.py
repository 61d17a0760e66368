"""What a change did: two reports of the same questions, question by question, and whether it may be chance."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from scipy.stats import binomtest

from rag.errors import DataError
from rag.evaluation.asking import AskedQuestion
from rag.evaluation.conditions import differences
from rag.evaluation.metrics import Interval, bootstrap_interval
from rag.evaluation.report import Report

__all__ = ["Change", "Comparison", "PairedDifference", "compare", "mcnemar"]

Pairs = Sequence[tuple[AskedQuestion, AskedQuestion]]

MEASURES: dict[str, Callable[[AskedQuestion], float]] = {
    "exact match": lambda one: one.exact,
    "F1": lambda one: one.f1,
    "right": lambda one: float(one.is_right),
    "answered": lambda one: float(one.is_answered),
    "total ms": lambda one: float(one.answer["trace"]["timings_ms"]["total"]),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedDifference:
    """A mean before and after, and the mean of the differences with its 95 % interval."""

    measure: str
    before: float
    after: float
    difference: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A question that is answered with other words, or no longer, or now."""

    id: str
    question: str
    wanted: tuple[str, ...]
    before: str
    after: str
    was_right: bool
    is_right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed between two reports.

    Attributes:
        questions: In both, with the same words and expected answers.
        left_out: In one only, or with other words or answers.
        conditions: Names of what differs between the two.
        measures: Paired differences, bootstrapped over questions.
        became_right: Questions answered wrongly before and rightly after.
        became_wrong: The other way round.
        p_value: Of McNemar's exact test on the two: how likely so uneven a split is when the change did nothing.
            **Source:** McNemar, "Note on the sampling error of the difference between correlated proportions",
            Psychometrika 1947.
        changed: Those that became right or wrong first, then the others whose words changed.
    """

    questions: int
    left_out: int
    conditions: tuple[str, ...]
    measures: tuple[PairedDifference, ...]
    became_right: int
    became_wrong: int
    p_value: float
    changed: tuple[Change, ...]

    def as_json(self) -> dict[str, Any]:
        """Return one object for ``json.dumps``."""
        return asdict(self)


def compare(before: Report, after: Report) -> Comparison:
    """Compare two reports of the same questions.

    Raises:
        DataError: They have no question in common.
    """
    earlier = {one.expected.id: one for one in before.asked}
    later = {one.expected.id: one for one in after.asked}
    pairs = [(one, later[id_]) for id_, one in earlier.items() if id_ in later and one.expected == later[id_].expected]
    if not pairs:
        raise DataError("The two reports have no question in common.", "Compare reports of the same question sets.")
    became_right = sum(new.is_right and not old.is_right for old, new in pairs)
    became_wrong = sum(old.is_right and not new.is_right for old, new in pairs)
    changes = [_change(old, new) for old, new in pairs if old.text != new.text]
    return Comparison(
        questions=len(pairs),
        left_out=len(earlier.keys() | later.keys()) - len(pairs),
        conditions=tuple(differences(before.conditions, after.conditions)),
        measures=tuple(_difference(name, pairs) for name in MEASURES),
        became_right=became_right,
        became_wrong=became_wrong,
        p_value=mcnemar(became_right, became_wrong),
        changed=tuple(sorted(changes, key=lambda change: change.was_right == change.is_right)),
    )


def mcnemar(became_right: int, became_wrong: int) -> float:
    """Return the two-sided p-value of McNemar's exact test; 1 where nothing became right or wrong."""
    count = became_right + became_wrong
    return float(binomtest(became_right, count).pvalue) if count else 1.0


def _difference(name: str, pairs: Pairs) -> PairedDifference:
    old = np.array([MEASURES[name](one) for one, _ in pairs])
    new = np.array([MEASURES[name](one) for _, one in pairs])
    return PairedDifference(
        measure=name, before=float(old.mean()), after=float(new.mean()), difference=bootstrap_interval(new - old)
    )


def _change(old: AskedQuestion, new: AskedQuestion) -> Change:
    return Change(
        id=old.expected.id,
        question=old.expected.question,
        wanted=old.expected.answers,
        before=old.text,
        after=new.text,
        was_right=old.is_right,
        is_right=new.is_right,
    )
