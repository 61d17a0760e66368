"""The question before, asked again with another asking phrase: "why?" after "when does the truce end?"."""

from dataclasses import replace

from rag.conversation import lexicon
from rag.conversation.counting import counts
from rag.conversation.focus import Focus, definite, stem
from rag.conversation.leaning import Leaning
from rag.conversation.phrases import asking_span
from rag.conversation.turns import Rewriting
from rag.conversation.words import Part, base_form, joined, text_of
from rag.question_kind import QuestionKind

__all__ = ["NAMED", "asked_again"]

NAMED = frozenset({QuestionKind.WHO, QuestionKind.WHICH, QuestionKind.WHAT})
"""Kinds of question whose answer can stand in the place of what asked for it."""

_PLACED = frozenset({QuestionKind.WHEN, QuestionKind.WHERE, QuestionKind.WHY, QuestionKind.HOW, QuestionKind.HOW_LONG})


def asked_again(leaning: Leaning, focus: Focus) -> Rewriting:
    """Return the question before with the asking phrase of this one."""
    first, last = asking_span(leaning.words)
    asking = text_of(leaning.words[first:last])
    if first < last and leaning.words[first].lower in {"who", "what", "which"} and last - first == 1:
        return Rewriting(text_of(leaning.words), ())
    adverbs = text_of([word for word in leaning.words[last:] if word.part is Part.ADVERB])
    again = asking_span(focus.words)
    if last - first > 2 and counts(leaning.words[first:last]) and counts(focus.words[slice(*again)]):
        kept = (text_of(focus.words[: again[0]]), text_of(focus.words[again[1] :]))
        return Rewriting(joined(kept[0], asking, kept[1], adverbs), (joined(*kept),))
    rest = _statement(focus, wants_answer=any(word.part is Part.PRONOUN for word in leaning.words[last:]))
    return Rewriting(joined(asking, rest, adverbs), (rest,) if rest else ())


def _statement(focus: Focus, *, wants_answer: bool) -> str:
    """Return the question before without its asking phrase, in the order of words that an asking phrase wants."""
    first, last = asking_span(focus.words)
    asked, rest = focus.words[first:last], focus.words[last:]
    if not rest or first == last:
        kept = [*focus.words[:first], *rest]
        return text_of([replace(word, text=word.lower) if word.part is Part.AUXILIARY else word for word in kept])
    nouns = [word for word in asked if word.part in {Part.NOUN, Part.NAME} and stem(word.text) not in lexicon.TIMES]
    is_placed = asked[0].part is Part.PREPOSITION
    named = focus.answer if focus.kind in NAMED and focus.answer else definite(nouns) if nouns else ""
    filler = "" if is_placed else named
    if rest[0].part is Part.VERB:
        base = base_form(rest[0].text) or rest[0].text
        does = "does" if rest[0].lower.endswith("s") and base != rest[0].lower else "did"
        return joined(does, filler or "they", base, text_of(rest[1:]))
    if focus.kind in _PLACED:
        answer = (focus.answer or "") if wants_answer else ""
        return joined(text_of(rest), f"at {answer}" if answer and focus.kind is QuestionKind.WHERE else answer)
    if rest[0].lower in lexicon.BE or (len(rest) > 1 and rest[1].part in {Part.VERB, Part.ADVERB}):
        return joined(rest[0].text, filler, text_of(rest[1:]))
    return joined(text_of(rest), filler)
