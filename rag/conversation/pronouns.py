"""What the pronouns of a question refer to, put in their places."""

from collections.abc import Sequence

from rag.conversation.focus import Focus, Mention, stem
from rag.conversation.leaning import Leaning, fitting
from rag.conversation.phrases import Sort
from rag.conversation.tagging import words_of
from rag.conversation.turns import Rewriting
from rag.conversation.words import Part, Word, text_of

__all__ = ["resolved"]

_OF_EVENTS = frozenset(
    ("happen", "occur", "cost", "mean", "take", "matter", "help", "change", "make", "come", "compare")
)
_DOING = frozenset(("do", "doing", "done", "did"))
MAX_OWNER_WORDS = 4
"""A longer owner follows what it owns: "the trainer of the person who won"."""


def resolved(leaning: Leaning, focus: Focus) -> Rewriting:
    """Put what they refer to in place of pronouns; two of one word refer to the same."""
    chosen: dict[str, Mention | None] = {}
    pieces: list[str] = []
    skipped = 0
    for at, word in enumerate(leaning.words):
        if skipped:
            skipped -= 1
            continue
        if at in leaning.pronouns and word.lower not in chosen:
            chosen[word.lower] = _antecedent(leaning.words, at, focus, taken=[one for one in chosen.values() if one])
        mention = chosen.get(word.lower) if at in leaning.pronouns else None
        if mention is None:
            pieces.append(word.text)
        else:
            placed, skipped = _in_place(leaning.words, at, mention)
            pieces.append(placed)
    referred = [mention.text for mention in chosen.values() if mention is not None]
    carried = tuple(dict.fromkeys([leaning.counted, *referred] if leaning.counted else referred))
    is_open = any(mention is None for mention in chosen.values())
    return Rewriting(text_of(words_of(" ".join(pieces))), carried, is_open)


def _antecedent(words: Sequence[Word], at: int, focus: Focus, *, taken: Sequence[Mention]) -> Mention | None:
    """Return what a pronoun refers to: in the latest turn that names something fitting."""
    word = words[at]
    after = words[at + 1] if at + 1 < len(words) else None
    if word.part is Part.ARTICLE and after is not None and after.part is Part.NOUN:
        said = [mention for turn in focus.back() for mention in turn.mentions]
        return next((one for one in said if stem(after.text) in {stem(part) for part in one.text.split()}), None)
    sorts = fitting(word.lower)
    if not sorts and words[0].lower == "who" and at == 2 and after is None:
        sorts = fitting("he")
    if word.lower == "it" and after is None and at and words[at - 1].lower in _DOING:
        return None
    if word.lower == "it" and at > 1 and [one.lower for one in words[at - 2 : at]] == ["much", "of"]:
        sorts = (frozenset({Sort.AMOUNT}), *sorts)
    if word.lower == "that" and at and words[at - 1].part is Part.AUXILIARY and after is not None:
        sorts = fitting("it")[:1] if after.part is Part.VERB and after.lower not in _OF_EVENTS else ()
    for turn in focus.back():
        asked = any(mention.is_asked for mention in taken)
        free = [mention for mention in turn.mentions if mention not in taken and not (asked and mention.is_asked)]
        found = next((mention for alike in sorts for mention in free if mention.sort in alike), None)
        if found is not None:
            return found
    return None


def _in_place(words: Sequence[Word], at: int, mention: Mention) -> tuple[str, int]:
    """Return a mention in the form of the pronoun whose place it takes, and how many words after that it takes too."""
    word = words[at]
    if word.lower == "there":
        return f"{'in' if mention.sort is Sort.PLACE else 'at'} {mention.text}", 0
    if word.part is Part.ARTICLE and at + 1 < len(words) and words[at + 1].part is Part.NOUN:
        return mention.text, 1
    owned = 0
    while at + owned + 1 < len(words) and words[at + owned + 1].part in {Part.NOUN, Part.NUMBER, Part.NAME}:
        owned += 1
    if word.part is not Part.POSSESSIVE or not owned:
        return mention.text, 0
    if len(mention.text.split()) > MAX_OWNER_WORDS:
        return f"the {text_of(words[at + 1 : at + 1 + owned])} of {mention.text}", owned
    return (f"{mention.text}'" if mention.text.endswith("s") else f"{mention.text}'s"), 0
