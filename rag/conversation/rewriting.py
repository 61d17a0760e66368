"""A leaning question made to stand alone: earlier words put where they are missing."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from rag.conversation import lexicon
from rag.conversation.focus import CONTENT, Focus, Mention, definite, stem
from rag.conversation.leaning import Lean, Leaning, fitting
from rag.conversation.phrases import PLACING, Phrase, Sort, asking_span, noun_phrases
from rag.conversation.tagging import words_of
from rag.conversation.words import Part, Word, base_form, is_plural, text_of
from rag.question_kind import QuestionKind

__all__ = ["Rewriting", "rewrite"]

MAX_OWNER_WORDS = 4
"""A longer owner follows what it owns: "the trainer of the person who won"."""

_NOW = frozenset(("now", "today", "currently", "already", "still"))
_NAMED = frozenset({QuestionKind.WHO, QuestionKind.WHICH, QuestionKind.WHAT})
_PLACED = frozenset({QuestionKind.WHEN, QuestionKind.WHERE, QuestionKind.WHY, QuestionKind.HOW, QuestionKind.HOW_LONG})


@dataclass(frozen=True, slots=True)
class Rewriting:
    """The words of a stand-alone question without its mark, and what of them came from earlier turns.

    Attributes:
        is_open: Whether a word in it still refers to something that it does not name.
    """

    text: str
    carried: tuple[str, ...]
    is_open: bool = False


def rewrite(leaning: Leaning, focus: Focus) -> Rewriting:
    """Return what a leaning question means."""
    if leaning.lean in {Lean.BARE, Lean.EVENT}:
        return _with_topic(_asked_again(leaning, focus), focus)
    if leaning.lean is Lean.FRAGMENT:
        return _completed(leaning, focus)
    return _with_topic(_resolved(leaning, focus), focus)


def _asked_again(leaning: Leaning, focus: Focus) -> Rewriting:
    """Ask the question before with another asking phrase: "why?" after "when does the truce end?"."""
    first, last = asking_span(leaning.words)
    asking = text_of(leaning.words[first:last])
    if first < last and leaning.words[first].lower in {"who", "what", "which"} and last - first == 1:
        return Rewriting(text_of(leaning.words), ())
    adverbs = text_of([word for word in leaning.words[last:] if word.part is Part.ADVERB])
    rest = _statement(focus, wants_answer=any(word.part is Part.PRONOUN for word in leaning.words[last:]))
    return Rewriting(_joined(asking, rest, adverbs), (rest,) if rest else ())


def _statement(focus: Focus, *, wants_answer: bool) -> str:
    """Return the question before without its asking phrase, in the order of words that an asking phrase wants."""
    first, last = asking_span(focus.words)
    asked, rest = focus.words[first:last], focus.words[last:]
    if not rest or first == last:
        return text_of([*focus.words[:first], *rest])
    nouns = [word for word in asked if word.part in {Part.NOUN, Part.NAME}]
    filler = focus.answer if focus.kind in _NAMED and focus.answer else definite(nouns) if nouns else ""
    if rest[0].part is Part.VERB:
        base = base_form(rest[0].text) or rest[0].text
        does = "does" if rest[0].lower.endswith("s") and base != rest[0].lower else "did"
        return _joined(does, filler, base, text_of(rest[1:]))
    if focus.kind in _PLACED:
        placed = f"at {focus.answer}" if focus.kind is QuestionKind.WHERE else focus.answer
        return _joined(text_of(rest), placed if wants_answer and focus.answer else "")
    if rest[0].lower in lexicon.BE or (len(rest) > 1 and rest[1].part in {Part.VERB, Part.ADVERB}):
        return _joined(rest[0].text, filler, text_of(rest[1:]))
    return _joined(text_of(rest), filler)


def _completed(leaning: Leaning, focus: Focus) -> Rewriting:
    """Put a fragment in place of its like in an earlier question, or ask what it is."""
    core = leaning.words
    if any(word.part is Part.POSSESSIVE for word in core):
        resolved = _resolved(leaning, focus)
    else:
        swapped = next((found for turn in focus.back() if (found := _swapped(core, turn)) is not None), None)
        if swapped is not None:
            return swapped
        resolved = Rewriting(text_of(core), ())
    if any(word.part is Part.ASKING for word in core):
        return _with_topic(resolved, focus)
    if core[0].part in {Part.PREPOSITION, Part.LINK} or any(stem(word.text) in lexicon.TIMES for word in core):
        kept = text_of([word for word in focus.words if word.lower not in _NOW])
        return Rewriting(_joined(kept, text_of(core)), (kept,))
    head = next((word for word in reversed(core) if word.part in CONTENT), core[-1]).lower
    asking = ("Who" if stem(head) in lexicon.ROLES or head in {"one", "ones"} else "What") + (
        " are" if is_plural(head) else " is"
    )
    return _with_topic(Rewriting(f"{asking} {resolved.text}", resolved.carried), focus)


def _swapped(core: Sequence[Word], turn: Focus) -> Rewriting | None:
    """Return the question of a turn with the fragment in place of the phrase that is like it, None if none is."""
    words = turn.words
    first, last = asking_span(words)
    if first == last == 0 and not words:
        return None
    phrases = [phrase for phrase in noun_phrases(words) if phrase.last <= first or last <= phrase.first]
    if core[0].part is Part.PREPOSITION:
        same = [phrase for phrase in phrases if _is_after(words, phrase, {core[0].lower})]
        placed = [
            phrase for phrase in phrases if core[0].lower in PLACING and _is_after(words, phrase, PLACING | {"of"})
        ]
        named = [
            phrase for phrase in placed if any(word.part is Part.NAME for word in words[phrase.first : phrase.last])
        ]
        like = next(iter(same or named), None)
        return None if like is None else _put(words, like.first - 1, like.extended, core)
    head = stem(core[-1].text)
    asked = [at for at in range(first, last) if words[at].part is Part.NOUN]
    if turn.kind is QuestionKind.HOW_MANY and len(core) == 1 and is_plural(core[0].text) and asked:
        return _put(words, asked[0], asked[-1] + 1, core)
    same_head = [phrase for phrase in phrases if stem(words[phrase.last - 1].text) == head]
    if same_head:
        return _put(words, same_head[0].first, same_head[0].last, core)
    if not any(word.part is Part.NAME for word in core):
        return None
    sorts = {phrase.sort for phrase in noun_phrases(core)}
    named = [phrase for phrase in phrases if any(word.part is Part.NAME for word in words[phrase.first : phrase.last])]
    alike = [phrase for phrase in named if phrase.sort in sorts] or named
    return _put(words, alike[0].first, alike[0].last, core) if alike else None


def _put(words: Sequence[Word], first: int, last: int, core: Sequence[Word]) -> Rewriting:
    before, after = text_of(words[:first]), text_of(words[last:])
    return Rewriting(_joined(before, text_of(core), after), (_joined(before, after),))


def _is_after(words: Sequence[Word], phrase: Phrase, prepositions: Set[str]) -> bool:
    return phrase.first > 0 and words[phrase.first - 1].lower in prepositions and phrase.sort is not Sort.TIME


def _resolved(leaning: Leaning, focus: Focus) -> Rewriting:
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
    carried = tuple(dict.fromkeys(mention.text for mention in chosen.values() if mention is not None))
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
        sorts = (Sort.PERSON, Sort.NAME)
    for turn in focus.back():
        asked = any(mention.is_asked for mention in taken)
        free = [mention for mention in turn.mentions if mention not in taken and not (asked and mention.is_asked)]
        found = next((mention for sort in sorts for mention in free if mention.sort is sort), None)
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


def _with_topic(rewriting: Rewriting, focus: Focus) -> Rewriting:
    """Name the topic where what was carried does not."""
    own = {stem(word.text) for word in words_of(rewriting.text) if word.part in CONTENT}
    missing = [text for text in focus.topic if not _stems(text) <= own]
    has_name = any(word.part is Part.NAME for text in rewriting.carried for word in words_of(text))
    if not missing or (has_name and not rewriting.is_open):
        return rewriting
    comma = "" if words_of(missing[0])[0].part is Part.PREPOSITION else ","
    return Rewriting(f"{rewriting.text}{comma} {', '.join(missing)}", (*rewriting.carried, *missing))


def _stems(text: str) -> set[str]:
    return {stem(word.text) for word in words_of(text) if word.part in CONTENT}


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
