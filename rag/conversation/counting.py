"""What a question counts, or asks which of, put where a follow-up leaves it out: "how many is Spain sending?"."""

from collections.abc import Sequence, Set
from typing import NamedTuple

from rag.conversation import lexicon
from rag.conversation.focus import Focus
from rag.conversation.phrases import asking_span, is_measure
from rag.conversation.words import Part, Word, base_form

__all__ = ["LeftOut", "counts", "left_out"]

_ONE = frozenset(("one", "ones"))
_PRICED = frozenset(("cost", "pay", "earn", "charge", "spend", "owe"))
_OF_PEOPLE = frozenset(("die", "kill", "injure", "wound", "hurt", "drown", "arrest", "survive", "live", "vote"))


class LeftOut(NamedTuple):
    """The noun of an earlier question, and the words ``[first, last)`` of this one in whose place it belongs."""

    first: int
    last: int
    nouns: tuple[Word, ...]


def left_out(core: Sequence[Word], focus: Focus) -> LeftOut | None:
    """Return what a question counts, or which of something it asks, where it does not say so itself."""
    gap = _one_of(core) or _uncounted(core)
    if gap is None:
        return None
    first, last, asking = gap
    nouns = _asked_of(focus, asking)
    return LeftOut(first, last, nouns) if nouns else None


def counts(asking: Sequence[Word]) -> bool:
    """Tell an asking phrase that begins with "how many" or "how much"."""
    return [word.lower for word in asking[:2]] in (["how", "many"], ["how", "much"])


def _one_of(core: Sequence[Word]) -> tuple[int, int, Set[str]] | None:
    """Return where "one" stands in "which one has he got now?"."""
    at = next((at for at, word in enumerate(core) if at and word.lower in _ONE and core[at - 1].lower == "which"), None)
    return None if at is None else (at, at + 1, {"which", "what"})


def _uncounted(core: Sequence[Word]) -> tuple[int, int, Set[str]] | None:
    """Return where the noun is missing behind "how many".

    None is in "how much does it cost?", and nobody needs to be told of whom "how many died?" is asked.
    """
    first, last = asking_span(core)
    asking = core[max(first, last - 2) : last]
    if not counts(asking) or last == len(core):
        return None
    at = last + (core[last].lower == "more")
    says = core[at:]
    if not says or says[0].part not in {Part.AUXILIARY, Part.VERB}:
        return None
    verbs = {base_form(word.text) for word in says}
    is_bare = says[0].lower in lexicon.BE and all(word.part is not Part.VERB for word in says[1:2])
    is_price = asking[1].lower == "much" and (is_bare or not verbs.isdisjoint(_PRICED))
    return None if is_price or verbs & _OF_PEOPLE else (at, at, {asking[1].lower})


def _asked_of(focus: Focus, asking: Set[str]) -> tuple[Word, ...]:
    """Return the nouns behind the asking word of the latest question that has such a one."""
    for turn in focus.back():
        first, last = asking_span(turn.words)
        span = turn.words[first:last]
        if any(word.lower in asking for word in span):
            head = next((at for at, word in enumerate(span) if word.lower == "of"), len(span))
            return tuple(
                word
                for at, word in enumerate(span[:head])
                if word.part in {Part.NOUN, Part.NAME} and not is_measure(turn.words, first + at)
            )
    return ()
