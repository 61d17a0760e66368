"""A leaning question made to stand alone: earlier words put where they are missing."""

from collections.abc import Sequence

from rag.conversation import lexicon
from rag.conversation.focus import CONTENT, Focus, definite, stem
from rag.conversation.fragments import swapped
from rag.conversation.leaning import Lean, Leaning
from rag.conversation.phrases import asking_span, has_name
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
    return _with_topic(resolved(leaning, focus), focus)


def _asked_again(leaning: Leaning, focus: Focus) -> Rewriting:
    """Ask the question before with another asking phrase: "why?" after "when does the truce end?"."""
    first, last = asking_span(leaning.words)
    asking = text_of(leaning.words[first:last])
    if first < last and leaning.words[first].lower in {"who", "what", "which"} and last - first == 1:
        return Rewriting(text_of(leaning.words), ())
    adverbs = text_of([word for word in leaning.words[last:] if word.part is Part.ADVERB])
    rest = _statement(focus, wants_answer=any(word.part is Part.PRONOUN for word in leaning.words[last:]))
    return Rewriting(joined(asking, rest, adverbs), (rest,) if rest else ())


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
    if any(word.part is Part.POSSESSIVE for word in core):
        whole = resolved(leaning, focus)
    else:
        like = next((found for turn in focus.back() if (found := swapped(core, turn)) is not None), None)
        if like is not None:
            return like
        whole = Rewriting(text_of(core), ())
    if any(word.part is Part.ASKING for word in core):
        return _with_topic(whole, focus)
    if core[0].part in {Part.PREPOSITION, Part.LINK} or any(stem(word.text) in lexicon.TIMES for word in core):
        kept = text_of([word for word in focus.words if word.lower not in _NOW])
        return Rewriting(joined(kept, text_of(core)), (kept,))
    head = next((word for word in reversed(core) if word.part in CONTENT), core[-1]).lower
    asking = "Who" if stem(head) in lexicon.ROLES or head in {"one", "ones"} else "What"
    asked = f"{asking} {'are' if is_plural(head) else 'is'} {whole.text}"
    return _with_topic(Rewriting(asked, whole.carried), focus)


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
