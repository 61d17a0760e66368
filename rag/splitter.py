"""Cuts a text into passages of whole sentences: the units that are searched and read."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from rag.articles import Passage
from rag.protocols import Embedder
from rag.sentences import Sentence, sentences
from rag.token_counting import count_tokens

__all__ = ["HEADLINE_TOKENS", "SentenceSplitter"]

HEADLINE_TOKENS = 48
"""Room left in the embedder's window for the headline that is encoded with every passage."""


@dataclass(frozen=True, slots=True)
class _Budget:
    """How many tokens a passage may take by one way of counting.

    Attributes:
        count: Tokens of each text, without those that a model puts around it.
    """

    limit: int
    count: Callable[[Sequence[str]], list[int]]


class SentenceSplitter:
    """Fills passages with as many whole sentences as the budget holds, each overlapping the one before.

    A sentence above the budget becomes passages of its own, cut at white space, or anywhere if there is none.
    """

    def __init__(self, *, max_passage_tokens: int, overlap_sentences: int, embedder: Embedder) -> None:
        """Take the budget, in cl100k_base tokens; the embedder's window, less a headline, is a second one.

        Raises:
            ValueError: The budget is not positive, or the overlap is negative.
        """
        if max_passage_tokens < 1 or overlap_sentences < 0:
            raise ValueError(f"no budget: {max_passage_tokens} tokens, {overlap_sentences} sentences of overlap")
        self._max_passage_tokens = max_passage_tokens
        self._overlap_sentences = overlap_sentences
        self._embedder = embedder

    def split(self, text: str) -> list[Passage]:
        """Return the passages of a text in order; together they hold every character that is not white space.

        A passage keeps to the budget unless a single character is above it; white space alone gives none.

        Raises:
            ModelError: The token vocabulary or the embedder is missing or damaged.
        """
        found = sentences(text)
        return list(_pack(text, found, self._budgets(), self._overlap_sentences)) if found else []

    def _budgets(self) -> list[_Budget]:
        """Return what a passage must keep to; where a headline would take over half of the window, it gets half."""
        embedder = self._embedder
        (special_tokens,) = embedder.count_tokens([""])
        window = max(embedder.max_tokens - HEADLINE_TOKENS, embedder.max_tokens // 2) - special_tokens
        return [
            _Budget(self._max_passage_tokens, lambda texts: [count_tokens(text) for text in texts]),
            _Budget(window, lambda texts: [count - special_tokens for count in embedder.count_tokens(texts)]),
        ]


def _pack(text: str, found: Sequence[Sentence], budgets: Sequence[_Budget], overlap: int) -> Iterator[Passage]:
    """Yield passages; each but the first begins with ``overlap`` sentences of the one before, or fewer if full."""
    measure = _Measure(text, found, budgets)
    done = earliest = 0
    while done < len(found):
        for first in range(max(done - overlap, earliest), done + 1):
            last = measure.furthest(first, done + 1)
            if last > done:
                yield Passage(start=found[first].start, end=found[last - 1].end)
                done = last
                break
        else:
            yield from _pieces(text, found[done], budgets)
            done = earliest = done + 1


class _Measure:
    """Tells how many sentences of a text make a passage."""

    def __init__(self, text: str, found: Sequence[Sentence], budgets: Sequence[_Budget]) -> None:
        self._text = text
        self._found = found
        self._budgets = budgets
        # Tokens of the first 0, 1, … sentences, white space between them included. Joined text takes not quite
        # the sum, since a token may reach over a boundary: sums tell where to look.
        bounds = [found[0].start, *(sentence.end for sentence in found)]
        texts = [text[start:end] for start, end in pairwise(bounds)]
        self._totals = [list(accumulate(budget.count(texts), initial=0)) for budget in budgets]

    def furthest(self, first: int, least: int) -> int:
        """Return the end of the longest passage that begins with ``first``; below ``least`` if that does not fit."""
        guesses = [
            bisect_right(total, total[first] + budget.limit) - 1
            for total, budget in zip(self._totals, self._budgets, strict=True)
        ]
        last = max(min(guesses), least)
        while last >= least and not self._fits(first, last):
            last -= 1
        while least <= last < len(self._found) and self._fits(first, last + 1):
            last += 1
        return last

    def _fits(self, first: int, last: int) -> bool:
        return _fits(self._text[self._found[first].start : self._found[last - 1].end], self._budgets)


def _fits(text: str, budgets: Sequence[_Budget]) -> bool:
    return all(budget.count([text])[0] <= budget.limit for budget in budgets)


def _pieces(text: str, sentence: Sentence, budgets: Sequence[_Budget]) -> Iterator[Passage]:
    """Halve a sentence at the white space nearest to its middle until every piece fits."""
    content = text[sentence.start : sentence.end]
    if len(content) == 1 or _fits(content, budgets):
        yield Passage(start=sentence.start, end=sentence.end)
        return
    middle = len(content) // 2
    spaces = [position for position, character in enumerate(content) if character.isspace()]
    cut = min(spaces, key=lambda position: abs(position - middle), default=middle)
    left, right = content[:cut].rstrip(), content[cut:].lstrip()
    yield from _pieces(text, Sentence(sentence.start, sentence.start + len(left)), budgets)
    yield from _pieces(text, Sentence(sentence.end - len(right), sentence.end), budgets)
