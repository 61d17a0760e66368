"""BM25 over segments of postings: exact, the rarest terms first, and no further than the best hits can still change."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vectorstore.articles import BoolArray, Hit
from vectorstore.index_files import ByteSink
from vectorstore.postings import PostingList, Segment, merge_segments

__all__ = ["LexicalIndex"]

_K1 = 1.2
_B = 0.75

_GRAIN = 2.0**-30
"""What a term adds to a score is a multiple of this, so that sums are exact whatever their order, and ties are ties."""

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Part:
    """A segment, and which of its passages are still in the library (``None``: all)."""

    segment: Segment
    alive: BoolArray | None

    @property
    def mask(self) -> BoolArray:
        return np.ones(self.segment.passage_ids.size, np.bool_) if self.alive is None else self.alive

    def count(self) -> int:
        return self.segment.passage_ids.size if self.alive is None else int(self.alive.sum())

    def total_length(self) -> int:
        lengths = self.segment.lengths
        return int((lengths if self.alive is None else lengths[self.alive]).sum(dtype=np.int64))


@dataclass(frozen=True, slots=True)
class _Term:
    """A term of a query in one segment, with the most it can add to a score."""

    postings: PostingList
    idf: float
    bound: float


class LexicalIndex:
    """An inverted index that never changes; a change gives another, which shares what is equal."""

    def __init__(self, parts: Sequence[_Part] = ()) -> None:
        self._parts = tuple(parts)
        self._count = sum(part.count() for part in self._parts)
        self._mean_length = max(sum(part.total_length() for part in self._parts), 1) / max(self._count, 1)

    def __len__(self) -> int:
        return self._count

    @property
    def kind(self) -> str:
        """What kind of index it is."""
        return "postings"

    @classmethod
    def of(cls, segment: Segment) -> "LexicalIndex":
        """Return the index of one segment."""
        return cls([_Part(segment, None)])

    def with_added(self, segment: Segment) -> "LexicalIndex":
        """Return an index with the passages of a segment besides, whose ids are higher than all in this one.

        Segments of like size are merged, so that there are few, and a passage is merged a few times only.
        """
        parts = [*self._parts, _Part(segment, None)]
        while len(parts) > 1 and 2 * parts[-1].segment.slots.size >= parts[-2].segment.slots.size:
            parts[-2:] = [_merged(parts[-2:])]
        return LexicalIndex(parts)

    def without(self, passage_ids: npt.NDArray[np.int64]) -> "LexicalIndex":
        """Return an index without these passages; unknown ids are ignored."""
        return LexicalIndex([_without(part, passage_ids) for part in self._parts]) if passage_ids.size else self

    def save(self, file: ByteSink) -> None:
        """Write all of it as one segment."""
        _merged(self._parts).segment.save(file)

    def search(self, terms: Sequence[int], *, top_k: int, allowed: BoolArray | None) -> list[Hit]:
        """Return the flagged passages (``None``: all) that hold any of the terms, best first; ties by lower id."""
        found_ids, found_scores = np.empty(0, np.int64), np.empty(0)
        threshold = -math.inf
        idfs = {term: self._idf(term) for term in terms}
        for part in self._parts if top_k > 0 else ():
            searched = [one for term in terms if (one := self._term(part, term, idfs[term])) is not None]
            open_to = _open_to(part, allowed)
            slots, scores = self._search_part(part.segment, searched, top_k, threshold, open_to)
            found_ids = np.concatenate([found_ids, part.segment.passage_ids[slots]])
            found_scores = np.concatenate([found_scores, scores])
            best = np.lexsort((found_ids, -found_scores))[:top_k]
            found_ids, found_scores = found_ids[best], found_scores[best]
            threshold = float(found_scores[-1]) if best.size == top_k else -math.inf
        return [Hit(int(one), float(score)) for one, score in zip(found_ids, found_scores, strict=True)]

    def _idf(self, term: int) -> float:
        held = 0
        for part in self._parts:
            postings = part.segment.postings(term)
            if postings is not None:
                held += postings.slots.size if part.alive is None else int(part.alive[postings.slots].sum())
        return math.log(1.0 + (self._count - held + 0.5) / (held + 0.5))

    def _term(self, part: _Part, term: int, idf: float) -> _Term | None:
        postings = part.segment.postings(term)
        if postings is None:
            return None
        most, least = np.array([postings.most_halves], np.uint8), np.array([postings.least_length], np.uint32)
        return _Term(postings, idf, float(self._contributions(idf, most, least)[0]))

    def _contributions(self, idf: float, halves: npt.NDArray[np.uint8], lengths: npt.NDArray[np.uint32]) -> FloatArray:
        """Return what a term adds to the scores of passages, by its frequency in them and their lengths.

        Source: Robertson and Zaragoza, "The probabilistic relevance framework: BM25 and beyond", 2009, equation 3.15;
        the IDF that is never negative after Lucene's BM25Similarity.
        """
        saturation = lengths * (_K1 * _B / self._mean_length * 2) + (_K1 * (1 - _B) * 2)
        saturation += halves
        contributions = halves * (idf * (_K1 + 1)) / saturation
        rounded: FloatArray = np.rint(contributions / _GRAIN) * _GRAIN
        return rounded

    def _search_part(
        self, segment: Segment, terms: list[_Term], top_k: int, threshold: float, open_to: BoolArray | None
    ) -> tuple[npt.NDArray[np.uint32], FloatArray]:
        """Return slots and scores of all passages that can be among the best ``top_k``, and perhaps of others.

        Terms come by falling bounds. Once all that are left cannot lift a new passage to the threshold, only those
        already met are looked up, and fewer with each term.

        Source: MaxScore, after Turtle and Flood, "Query evaluation: strategies and optimizations", 1995.
        """
        terms = sorted(terms, key=lambda term: -term.bound)
        rest = [sum(term.bound for term in terms[at:]) for at in range(len(terms) + 1)]
        met = _Met(segment.passage_ids.size)
        at = 0
        while at < len(terms) and rest[at] >= threshold:
            slots, halves = terms[at].postings.slots, terms[at].postings.halves
            if open_to is not None:
                kept = open_to[slots]
                slots, halves = slots[kept], halves[kept]
            met.add(slots, self._contributions(terms[at].idf, halves, segment.lengths[slots]))
            threshold = max(threshold, met.worst_of_best(top_k))
            at += 1
        slots, scores = met.above(threshold - rest[at])
        for term, left in zip(terms[at:], rest[at + 1 :], strict=True):
            places = np.searchsorted(term.postings.slots, slots)
            places[places == term.postings.slots.size] = 0
            hit = np.flatnonzero(term.postings.slots[places] == slots)
            scores[hit] += self._contributions(term.idf, term.postings.halves[places[hit]], segment.lengths[slots[hit]])
            if scores.size >= top_k:
                threshold = max(threshold, float(np.partition(scores, -top_k)[-top_k]))
            kept = scores >= threshold - left
            slots, scores = slots[kept], scores[kept]
        return slots, scores


class _Met:
    """Scores so far of the passages met so far."""

    def __init__(self, size: int) -> None:
        self._scores = np.zeros(size)  # Pages of memory that are never met cost nothing.
        self._is_met = np.zeros(size, np.bool_)
        self._slots: list[npt.NDArray[np.uint32]] = []

    def add(self, slots: npt.NDArray[np.uint32], contributions: FloatArray) -> None:
        self._slots.append(slots[~self._is_met[slots]])
        self._is_met[slots] = True
        self._scores[slots] += contributions

    def worst_of_best(self, top_k: int) -> float:
        scores = self._scores[self._all()]
        return float(np.partition(scores, -top_k)[-top_k]) if scores.size >= top_k else -math.inf

    def above(self, least: float) -> tuple[npt.NDArray[np.uint32], FloatArray]:
        """Return slots, rising, and scores of those that have at least this much."""
        slots = self._all()
        slots = np.sort(slots[self._scores[slots] >= least])
        return slots, self._scores[slots]

    def _all(self) -> npt.NDArray[np.uint32]:
        return np.concatenate([np.empty(0, np.uint32), *self._slots])


def _merged(parts: Sequence[_Part]) -> _Part:
    return _Part(merge_segments([part.segment for part in parts], [part.mask for part in parts]), None)


def _without(part: _Part, passage_ids: npt.NDArray[np.int64]) -> _Part:
    gone = np.flatnonzero(np.isin(part.segment.passage_ids, passage_ids))
    if not gone.size:
        return part
    alive = part.mask.copy()
    alive[gone] = False
    return _Part(part.segment, alive)


def _open_to(part: _Part, allowed: BoolArray | None) -> BoolArray | None:
    """Return which passages of a part may be found, of those that are flagged by id; ``None`` means all."""
    if allowed is None:
        return part.alive
    ids = part.segment.passage_ids
    is_allowed = np.zeros(ids.size, np.bool_)
    flagged = ids[: np.searchsorted(ids, allowed.size)]
    is_allowed[: flagged.size] = allowed[flagged]
    return is_allowed if part.alive is None else is_allowed & part.alive
