"""Which kind of dense index suits how many passages."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["EXACT_UP_TO", "IndexKind", "KindChoice"]

EXACT_UP_TO = 20_000
"""The exact index of so many passages of 384 numbers takes 31 MB and 1.4 ms a search; the compact one takes no more
with ten times as many. Source: docs/decisions/016."""

_LEAST_TO_TRAIN = 16
"""A number of four bits has so many values, and each is learned from one vector at least."""


class IndexKind(StrEnum):
    """How vectors are held and compared."""

    EXACT = "exact"
    """Every number as it is."""
    COMPACT = "compact"
    """Four bits for every two numbers: candidates, to be compared again with the stored vectors."""


@dataclass(frozen=True, slots=True)
class KindChoice:
    """Chooses kinds by the number of passages.

    Attributes:
        exact_up_to: The most passages that are searched exactly.
    """

    exact_up_to: int = EXACT_UP_TO

    def __post_init__(self) -> None:
        if self.exact_up_to < _LEAST_TO_TRAIN:
            raise ValueError(f"exact_up_to is {self.exact_up_to}, but a compact index needs {_LEAST_TO_TRAIN} vectors")

    def kind_for(self, count: int) -> IndexKind:
        """Return the kind for so many passages."""
        return IndexKind.EXACT if count <= self.exact_up_to else IndexKind.COMPACT

    def is_outgrown(self, kind: IndexKind, count: int) -> bool:
        """Tell whether another kind would suit so many passages better.

        A library that shrinks keeps its kind until half of the threshold, so that no index is built to and fro.
        """
        if kind is IndexKind.EXACT:
            return count > self.exact_up_to
        return 2 * count <= self.exact_up_to
