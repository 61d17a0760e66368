"""A leaning question made to stand alone: earlier words put where they are missing."""

from collections.abc import Sequence
from dataclasses import replace

from rag.conversation import lexicon
from rag.conversation.focus import CONTENT, Focus, definite, stem
from rag.conversation.fragments import in_place_of_subject, swapped
from rag.conversation.leaning import Lean, Leaning
from rag.conversation.phrases import Sort, asking_span, has_name, noun_phrases
from rag.conversation.pronouns import resolved
from rag.conversation.tagging import words_of
from rag.conversation.turns import Rewriting
from rag.conversation.words import Part, Word, base_form, is_plural, joined, text_of
from rag.question_kind import QuestionKind

__all__ = ["rewrite"]

_NOW = frozenset(("now", "today", "currently", "already", "still"))
_NAMED = frozenset({QuestionKind.WHO, QuestionKind.WHICH, QuestionKind.WHAT})
_PLACED = frozenset({QuestionKind.WHEN, QuestionKind.WHERE, QuestionKind.WHY, QuestionKind.HOW, QuestionKind.HOW_LONG})


def rewrite(leaning: Leaning, focus: Focus) -> Rewriting:
    """Return what a leaning question means."""
    if leaning.lean in {Lean.BARE, Lean.EVENT}:
        return _with_topic(_asked_again(leaning, focus), focus)
    if leaning.lean is Lean.FRAGMENT:
        return _completed(leaning, focus)
    if _asks_who_says_so(leaning.words) and focus.answer is not None:
        said = f"{text_of(leaning.words[:2])} {focus.answer}"
        return _with_topic(Rewriting(said, (focus.answer,), is_open=True), focus)
    return _with_topic(resolved(leaning, focus), focus)


def _asks_who_says_so(words: Sequence[Word]) -> bool:
    """Tell "who says so?"."""
    return (
        len(words) == 3
        and words[0].lower == "who"
        and base_form(words[1].text) in lexicon.SAYING
        and words[2].lower == "so"
    )


def _asked_again(leaning: Leaning, focus: Focus) -> Rewriting:
    """Ask the question before with another asking phrase: "why?" after "when does the truce end?"."""
    first, last = asking_span(leaning.words)
    asking = text_of(leaning.words[first:last])
    if first < last and leaning.words[first].lower in {"who", "what", "which"} and last - first == 1:
        return Rewriting(text_of(leaning.words), ())
    adverbs = text_of([word for word in leaning.words[last:] if word.part is Part.ADVERB])
    again = asking_span(focus.words)
    if last - first > 2 and _how_many(leaning.words[first:last]) and _how_many(focus.words[slice(*again)]):
        kept = (text_of(focus.words[: again[0]]), text_of(focus.words[again[1] :]))
        return Rewriting(joined(kept[0], asking, kept[1], adverbs), (joined(*kept),))
    rest = _statement(focus, wants_answer=any(word.part is Part.PRONOUN for word in leaning.words[last:]))
    return Rewriting(joined(asking, rest, adverbs), (rest,) if rest else ())


def _how_many(asking: Sequence[Word]) -> bool:
    return [word.lower for word in asking[:2]] in (["how", "many"], ["how", "much"])


def _statement(focus: Focus, *, wants_answer: bool) -> str:
    """Return the question before without its asking phrase, in the order of words that an asking phrase wants."""
    first, last = asking_span(focus.words)
    asked, rest = focus.words[first:last], focus.words[last:]
    if not rest or first == last:
        return text_of([*focus.words[:first], *rest])
    nouns = [word for word in asked if word.part in {Part.NOUN, Part.NAME} and stem(word.text) not in lexicon.TIMES]
    filler = focus.answer if focus.kind in _NAMED and focus.answer else definite(nouns) if nouns else ""
    if rest[0].part is Part.VERB:
        base = base_form(rest[0].text) or rest[0].text
        does = "does" if rest[0].lower.endswith("s") and base != rest[0].lower else "did"
        return joined(does, filler, base, text_of(rest[1:]))
    if focus.kind in _PLACED:
        answer = (focus.answer or "") if wants_answer else ""
        return joined(text_of(rest), f"at {answer}" if answer and focus.kind is QuestionKind.WHERE else answer)
    if rest[0].lower in lexicon.BE or (len(rest) > 1 and rest[1].part in {Part.VERB, Part.ADVERB}):
        return joined(rest[0].text, filler, text_of(rest[1:]))
    return joined(text_of(rest), filler)


def _completed(leaning: Leaning, focus: Focus) -> Rewriting:
    """Put a fragment in place of its like in an earlier question, or ask what it is."""
    core = _without_asking_again(leaning.words, focus)
    is_owned = any(word.part is Part.POSSESSIVE for word in core)
    whole = resolved(leaning, focus) if is_owned else Rewriting(text_of(core), ())
    like = _owned_in_place(core, whole, focus) if is_owned else _in_place_of_like(core, focus)
    if like is not None:
        return like
    if any(word.part is Part.ASKING for word in core):
        return _with_topic(whole, focus)
    is_of_time = any(stem(word.text) in lexicon.TIMES for word in core) or all(_is_adverb(word) for word in core)
    if core[0].part in {Part.PREPOSITION, Part.LINK} or is_of_time:
        kept = text_of(_without_time(focus.words) if is_of_time else focus.words)
        return Rewriting(joined(kept, text_of(core)), (kept,))
    return _with_topic(replace(whole, text=_what_is(core, whole, focus)), focus)


def _in_place_of_like(core: Sequence[Word], focus: Focus) -> Rewriting | None:
    """Put a fragment in place of its like in the latest question that has one."""
    like = next((found for turn in focus.back() if (found := swapped(core, turn)) is not None), None)
    return _with_topic(like, focus) if like is not None and like.is_open else like


def _owned_in_place(core: Sequence[Word], whole: Rewriting, focus: Focus) -> Rewriting | None:
    """Put "her sister" in place of its like in the question before, unless that asked who or what something is."""
    if whole.is_open or focus.kind in _NAMED:
        return None
    put = swapped if core[0].part is Part.PREPOSITION else in_place_of_subject
    like = put(words_of(whole.text), focus)
    return like and replace(like, carried=(*whole.carried, *like.carried))


def _what_is(core: Sequence[Word], whole: Rewriting, focus: Focus) -> str:
    """Ask what a fragment is, or how many it is where that was asked before."""
    counting = focus.words[slice(*asking_span(focus.words))][:2]
    if _how_many(counting) and not whole.carried:
        if counting[1].lower == "much":
            return f"{text_of(counting)} is {whole.text}"
        if is_plural(core[-1].text):
            return f"{text_of(counting)} {text_of(core[core[0].part is Part.ARTICLE :])}"
    head = next((word for word in reversed(core) if word.part in CONTENT), core[-1]).lower
    asking = "Who" if stem(head) in lexicon.ROLES or head in {"one", "ones"} else "What"
    return f"{asking} {'are' if is_plural(head) else 'is'} {whole.text}"


def _is_adverb(word: Word) -> bool:
    return word.part is Part.ADVERB or (word.lower.endswith("ly") and word.part is Part.NOUN)


def _without_time(words: Sequence[Word]) -> list[Word]:
    """Return a question without what says when it is asked of: "this season", "in May", "now"."""
    left = [word.lower not in _NOW for word in words]
    for phrase in noun_phrases(words):
        if phrase.sort is Sort.TIME and phrase.first >= asking_span(words)[1]:
            first = phrase.first - (words[phrase.first - 1].part is Part.PREPOSITION)
            left[first : phrase.last] = [False] * (phrase.last - first)
    return [word for word, is_left in zip(words, left, strict=True) if is_left]


def _without_asking_again(core: Sequence[Word], focus: Focus) -> Sequence[Word]:
    """Return a fragment without the asking phrase that it repeats: "how many in Brønnvik?" after "how many jobs …?"."""
    first, last = asking_span(core)
    asked = slice(*asking_span(focus.words))
    repeats = {word.lower for word in core[first:last]} <= {word.lower for word in focus.words[asked]}
    is_placed = 0 == first < last < len(core) and core[last].part is Part.PREPOSITION
    return core[last:] if is_placed and repeats else core


def _with_topic(rewriting: Rewriting, focus: Focus) -> Rewriting:
    """Name the topic where what was carried does not."""
    own = {stem(word.text) for word in words_of(rewriting.text) if word.part in CONTENT}
    lacking = [text for text in focus.topic if not _stems(text) <= own]
    missing = [text for text in lacking if not any(_stems(text) < _stems(other) for other in lacking)]
    is_named = any(has_name(words_of(text)) for text in rewriting.carried)
    if not missing or (is_named and not rewriting.is_open):
        return rewriting
    comma = "" if words_of(missing[0])[0].part is Part.PREPOSITION else ","
    return Rewriting(f"{rewriting.text}{comma} {', '.join(missing)}", (*rewriting.carried, *missing))


def _stems(text: str) -> set[str]:
    return {stem(word.text) for word in words_of(text) if word.part in CONTENT}
