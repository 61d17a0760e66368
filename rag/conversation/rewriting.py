"""A leaning question made to stand alone: earlier words put where they are missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.conversation import lexicon
from rag.conversation.focus import CONTENT, Focus, Mention, definite, stem
from rag.conversation.leaning import Lean, Leaning, fitting
from rag.conversation.phrases import Phrase, Sort, asking_span, is_plural, noun_phrases
from rag.conversation.words import Part, Word, base_form, text_of, words_of
from rag.question_kind import QuestionKind

__all__ = ["Rewriting", "rewrite"]


@dataclass(frozen=True, slots=True)
class Rewriting:
    """The words of a stand-alone question without its mark, and what of it came from earlier turns."""

    text: str
    carried: tuple[str, ...]


def rewrite(leaning: Leaning, focus: Focus) -> Rewriting:
    """Return what a leaning question means."""
    match leaning.lean:
        case Lean.BARE:
            return _asked_again(leaning, focus)
        case Lean.EVENT:
            return _asked_again(leaning, focus)
        case Lean.FRAGMENT:
            return _completed(leaning, focus)
        case _:
            return _with_topic(_resolved(leaning, focus), focus)


def _asked_again(leaning: Leaning, focus: Focus) -> Rewriting:
    """Ask the question before with another asking phrase: "why?" after "when does the truce end?"."""
    first, last = asking_span(leaning.words)
    asking = text_of(leaning.words[first:last])
    rest = _statement(
        focus, wants_answer=bool(leaning.pronouns) or leaning.lean is Lean.BARE and len(leaning.words) > last
    )
    return Rewriting(f"{asking} {rest}".strip(), (rest,))


def _statement(focus: Focus, *, wants_answer: bool) -> str:
    """Return the question before without its asking phrase, in the order of words that an asking phrase wants."""
    first, last = asking_span(focus.words)
    asked, rest = focus.words[first:last], focus.words[last:]
    if not rest or first == last:
        return text_of([*focus.words[:first], *rest])
    adjunct = focus.kind in {
        QuestionKind.WHEN,
        QuestionKind.WHERE,
        QuestionKind.WHY,
        QuestionKind.HOW,
        QuestionKind.HOW_LONG,
    }
    nouns = [word for word in asked if word.part in {Part.NOUN, Part.NAME, Part.PREPOSITION, Part.ARTICLE}]
    filler = (
        focus.answer
        if focus.answer and focus.kind in {QuestionKind.WHO, QuestionKind.WHICH, QuestionKind.WHAT}
        else None
    )
    filler = filler or (definite(nouns) if nouns and nouns[0].part is Part.NOUN else "")
    if rest[0].part is Part.VERB:
        base = base_form(rest[0].text) or rest[0].text
        does = "does" if rest[0].lower.endswith("s") and base != rest[0].lower else "did"
        return _joined(does, filler, base, text_of(rest[1:]))
    is_subject = len(rest) > 1 and rest[1].part in {Part.VERB, Part.ADVERB} or rest[0].lower in lexicon.BE
    if is_subject and not adjunct:
        return _joined(rest[0].text, filler, text_of(rest[1:]))
    extra = focus.answer if wants_answer and adjunct and focus.answer else ("" if adjunct else filler)
    return _joined(text_of(rest), extra)


def _completed(leaning: Leaning, focus: Focus) -> Rewriting:
    """Put a fragment in place of its like in the question before, or ask for it."""
    core = leaning.words
    is_person = any(core[at].lower in {"he", "him", "his", "she", "her"} for at in leaning.pronouns)
    if not is_person:
        swapped = _swapped(core, focus)
        if swapped is not None:
            return swapped
    resolved = _resolved(leaning, focus) if is_person else Rewriting(text_of(core), ())
    if any(word.part is Part.ASKING for word in core):
        return _with_topic(resolved, focus)
    head = core[-1].lower
    asking = ("Who" if head in lexicon.ROLES else "What") + (" are" if is_plural(head) else " is")
    return _with_topic(Rewriting(f"{asking} {resolved.text}", resolved.carried), focus)


def _swapped(core: Sequence[Word], focus: Focus) -> Rewriting | None:
    """Return the question before with the fragment in place of the phrase most like it."""
    words = focus.words
    if core[0].part in {Part.PREPOSITION, Part.LINK}:
        like = next((phrase for phrase in noun_phrases(words) if _has_preposition(words, phrase, core[0].lower)), None)
        kept = words if like is None else (*words[: like.first - 1], *words[like.extended :])
        return Rewriting(_joined(text_of(kept), text_of(core)), (text_of(kept),))
    phrases = noun_phrases(words)
    own = noun_phrases(core)
    sort = own[-1].sort if own else Sort.THING
    has_name = any(word.part is Part.NAME for word in core)
    heads = [phrase for phrase in phrases if stem(words[phrase.last - 1].text) == stem(core[-1].text)]
    named = [phrase for phrase in phrases if any(word.part is Part.NAME for word in words[phrase.first : phrase.last])]
    alike = heads or ([phrase for phrase in named if phrase.sort is sort] or named if has_name else [])
    if sort is Sort.TIME:
        return Rewriting(f"{text_of(words)} on {text_of(core)}", (text_of(words),))
    if not alike:
        return None
    place = alike[0]
    kept = (*words[: place.first], *words[place.last :])
    text = _joined(text_of(words[: place.first]), text_of(core), text_of(words[place.last :]))
    return Rewriting(text, (text_of(kept),))


def _has_preposition(words: Sequence[Word], phrase: Phrase, preposition: str) -> bool:
    return phrase.first > 0 and words[phrase.first - 1].lower == preposition


def _resolved(leaning: Leaning, focus: Focus) -> Rewriting:
    """Put what they refer to in place of pronouns; the same for the same."""
    pieces: list[str] = []
    carried: list[str] = []
    chosen: dict[str, Mention | None] = {}
    words = leaning.words
    at = 0
    while at < len(words):
        word = words[at]
        mention = None
        if at in leaning.pronouns:
            mention = _antecedent(words, at, focus, taken={m.text for m in chosen.values() if m})
            chosen[word.lower] = mention
        if mention is None:
            pieces.append(word.text)
        else:
            carried.append(mention.text)
            pieces.append(_in_place(words, at, mention))
            if (
                word.lower in {"this", "these", "those", "that"}
                and at + 1 < len(words)
                and words[at + 1].part is Part.NOUN
            ):
                at += 1
        at += 1
    return Rewriting(text_of(words_of(" ".join(pieces))), tuple(dict.fromkeys(carried)))


def _antecedent(words: Sequence[Word], at: int, focus: Focus, *, taken: set[str]) -> Mention | None:
    word = words[at].lower
    after = words[at + 1] if at + 1 < len(words) else None
    if word in {"this", "these", "those", "that"} and after is not None and after.part is Part.NOUN:
        return next((m for m in focus.mentions if stem(after.text) in {stem(one) for one in m.text.split()}), None)
    free = [mention for mention in focus.mentions if mention.text not in taken]
    return next((mention for sort in fitting(word) for mention in free if mention.sort is sort), None)


def _in_place(words: Sequence[Word], at: int, mention: Mention) -> str:
    """Return a mention in the form of the pronoun whose place it takes."""
    word = words[at]
    if word.lower == "there":
        return f"at {mention.text}" if mention.sort is not Sort.PLACE else f"in {mention.text}"
    is_owner = word.part is Part.POSSESSIVE and at + 1 < len(words) and words[at + 1].part in CONTENT
    if not is_owner:
        return mention.text
    return f"{mention.text}'" if mention.text.endswith("s") else f"{mention.text}'s"


def _with_topic(rewriting: Rewriting, focus: Focus) -> Rewriting:
    """Name the topic where what was carried does not."""
    own = {stem(word.text) for word in words_of(rewriting.text) if word.part in CONTENT}
    if any(word.part is Part.NAME for text in rewriting.carried for word in words_of(text)):
        return rewriting
    missing = [text for text in focus.topic if not {stem(w.text) for w in words_of(text) if w.part in CONTENT} <= own]
    if not missing:
        return rewriting
    return Rewriting(f"{rewriting.text}, {', '.join(missing)}", (*rewriting.carried, *missing))


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
