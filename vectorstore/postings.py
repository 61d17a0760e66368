"""Which passages hold a term, and how often: segments of an inverted index as flat arrays.

A segment never changes. New passages make a new one, and segments are merged into larger ones; a passage that was
removed is left out then. In memory or mapped from a file, the arrays are the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from vectorstore.articles import BoolArray
from vectorstore.index_files import ByteSink

__all__ = ["FORWARD", "PostingList", "Segment", "build_segment", "merge_segments"]

FORWARD = np.dtype([("term", "<u4"), ("halves", "u1")])
"""One term of a passage: its id and its weighted frequency, in halves."""


@dataclass(frozen=True, slots=True)
class PostingList:
    """The passages that hold one term.

    Attributes:
        slots: Places of the passages in the segment, rising.
        halves: How often each holds the term, in halves.
        most_halves: The largest of them.
        least_length: Length in terms of the shortest of the passages.
    """

    slots: npt.NDArray[np.uint32]
    halves: npt.NDArray[np.uint8]
    most_halves: int
    least_length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """An inverted index of n passages, t terms and m postings; wider numbers come first, so that all are aligned.

    Attributes:
        passage_ids: int64, shape (n,), rising.
        starts: int64, shape (t + 1,): the postings of term i are ``starts[i]`` to ``starts[i + 1]``.
        lengths: uint32, shape (n,): terms of each passage, repeated ones too.
        terms: uint32, shape (t,), rising.
        least_lengths: uint32, shape (t,).
        slots: uint32, shape (m,).
        most_halves: uint8, shape (t,).
        halves: uint8, shape (m,).
    """

    passage_ids: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.uint32]
    terms: npt.NDArray[np.uint32]
    least_lengths: npt.NDArray[np.uint32]
    slots: npt.NDArray[np.uint32]
    most_halves: npt.NDArray[np.uint8]
    halves: npt.NDArray[np.uint8]

    def postings(self, term: int) -> PostingList | None:
        """Return the postings of a term, if any passage holds it."""
        at = int(np.searchsorted(self.terms, np.uint32(term)))
        if at == self.terms.size or self.terms[at] != term:
            return None
        start, end = int(self.starts[at]), int(self.starts[at + 1])
        return PostingList(
            self.slots[start:end], self.halves[start:end], int(self.most_halves[at]), int(self.least_lengths[at])
        )

    def save(self, sink: ByteSink) -> None:
        """Write the arrays one after another."""
        for field in fields(self):
            np.lib.format.write_array(sink, getattr(self, field.name), version=(1, 0), allow_pickle=False)

    @classmethod
    def load(cls, file: BinaryIO) -> "Segment":
        """Map what ``save`` wrote, which the caller has verified; the file may be closed and deleted meanwhile.

        Raises:
            ValueError: It is not a segment, or cut off.
        """
        arrays = {}
        for field in fields(cls):
            np.lib.format.read_magic(file)
            shape, _, dtype = np.lib.format.read_array_header_1_0(file)
            empty = np.empty(shape, dtype)
            at = file.tell()
            arrays[field.name] = np.asarray(np.memmap(file, dtype, "r", at, shape)) if empty.size else empty
            file.seek(at + empty.nbytes)
        return cls(**arrays)


def build_segment(
    passage_ids: npt.NDArray[np.int64],
    lengths: npt.NDArray[np.uint32],
    counts: npt.NDArray[np.int64],
    forward: npt.NDArray[np.void],
) -> Segment:
    """Turn the terms of passages into the passages of terms.

    Args:
        passage_ids: Shape (n,), rising.
        lengths: Shape (n,).
        counts: Shape (n,): how many different terms each passage has.
        forward: Of dtype ``FORWARD``, shape (sum of counts,): the terms of the first passage, then of the second, …
    """
    slots = np.repeat(np.arange(passage_ids.size, dtype=np.uint32), counts)
    keys = forward["term"].astype(np.uint64) << np.uint64(32) | np.arange(forward.size, dtype=np.uint64)
    keys.sort()  # Ties by place; faster than a stable argsort.
    order = (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)
    return _segment(passage_ids, lengths, forward["term"][order], slots[order], forward["halves"][order])


def merge_segments(segments: Sequence[Segment], alive: Sequence[BoolArray]) -> Segment:
    """Return one segment of all living passages.

    Args:
        segments: Every passage of one has a higher id than those of the one before.
        alive: Of each segment, shape (n,): which passages are still there.
    """
    passage_ids, lengths = [np.empty(0, np.int64)], [np.empty(0, np.uint32)]
    terms, slots, halves = [], [], []
    first = 0
    for one, living in zip(segments, alive, strict=True):
        passage_ids.append(one.passage_ids[living])
        lengths.append(one.lengths[living])
        kept = living[one.slots]
        renumbered = (np.cumsum(living) - 1 + first).astype(np.uint32)
        terms.append(np.repeat(one.terms, np.diff(one.starts))[kept])
        slots.append(renumbered[one.slots[kept]])
        halves.append(one.halves[kept])
        first += int(living.sum())
    return _interleaved(np.concatenate(passage_ids), np.concatenate(lengths), terms, slots, halves)


def _interleaved(
    passage_ids: npt.NDArray[np.int64],
    lengths: npt.NDArray[np.uint32],
    terms: list[npt.NDArray[np.uint32]],
    slots: list[npt.NDArray[np.uint32]],
    halves: list[npt.NDArray[np.uint8]],
) -> Segment:
    """Put runs of postings, each in order of terms and then slots, into one such order."""
    counts = np.zeros(1 + max((int(run[-1]) for run in terms if run.size), default=-1), np.int64)
    for run in terms:
        counts += np.bincount(run, minlength=counts.size)
    ends = np.cumsum(counts)
    free = ends - counts
    all_terms = np.repeat(np.arange(counts.size, dtype=np.uint32), counts)
    all_slots, all_halves = np.empty(all_terms.size, np.uint32), np.empty(all_terms.size, np.uint8)
    for run, run_slots, run_halves in zip(terms, slots, halves, strict=True):
        own = np.bincount(run, minlength=counts.size)
        places = np.arange(run.size) + np.repeat(free - (np.cumsum(own) - own), own)
        all_slots[places], all_halves[places] = run_slots, run_halves
        free += own
    return _segment(passage_ids, lengths, all_terms, all_slots, all_halves)


def _segment(
    passage_ids: npt.NDArray[np.int64],
    lengths: npt.NDArray[np.uint32],
    terms: npt.NDArray[np.uint32],
    slots: npt.NDArray[np.uint32],
    halves: npt.NDArray[np.uint8],
) -> Segment:
    """Find where the postings of each term begin, and their bounds."""
    starts = np.flatnonzero(np.diff(terms, prepend=np.uint32(2**32 - 1)))
    return Segment(
        passage_ids=passage_ids,
        starts=np.append(starts, terms.size).astype(np.int64),
        lengths=lengths,
        terms=terms[starts],
        least_lengths=np.minimum.reduceat(lengths[slots], starts) if starts.size else np.empty(0, np.uint32),
        slots=slots,
        most_halves=np.maximum.reduceat(halves, starts) if starts.size else np.empty(0, np.uint8),
        halves=halves,
    )
