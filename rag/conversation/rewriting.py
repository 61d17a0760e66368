"""A leaning question made to stand alone: earlier words put where they are missing."""

from collections.abc import Sequence
from dataclasses import replace

from rag.conversation import lexicon
from rag.conversation.asking_again import NAMED, asked_again
from rag.conversation.counting import counts
from rag.conversation.focus import CONTENT, Focus, stem
from rag.conversation.fragments import in_place_of_subject, swapped
from rag.conversation.leaning import Lean, Leaning
from rag.conversation.other_times import at_another_time, names_time
from rag.conversation.phrases import asking_span, has_name
from rag.conversation.pronouns import resolved
from rag.conversation.tagging import words_of
from rag.conversation.turns import Rewriting
from rag.conversation.words import Part, Word, base_form, is_past_form, is_plural, joined, text_of
from rag.question_kind import QuestionKind

__all__ = ["rewrite"]

_ANY = frozenset(("any", "anyone", "anybody"))


def rewrite(leaning: Leaning, focus: Focus) -> Rewriting:
    """Return what a leaning question means."""
    if _asks_who_says_so(leaning.words) and focus.answer is not None:
        verb = next(word.lower for word in leaning.words if base_form(word.text) in lexicon.SAYING)
        said = f"who {verb} {focus.answer}"
        return _with_topic(Rewriting(said, (focus.answer,), is_open=True), focus)
    if leaning.lean in {Lean.BARE, Lean.EVENT}:
        return _with_topic(asked_again(leaning, focus), focus)
    if leaning.lean is Lean.FRAGMENT:
        return _completed(leaning, focus)
    return _with_topic(resolved(leaning, focus), focus)


def _asks_who_says_so(words: Sequence[Word]) -> bool:
    """Tell "who says so?" and "says who?"."""
    told = [word.lower for word in words]
    asks = told[:1] == ["who"] and told[2:] == ["so"]
    return (asks and base_form(told[1]) in lexicon.SAYING) or told == ["says", "who"]


def _completed(leaning: Leaning, focus: Focus) -> Rewriting:
    """Put a fragment in place of its like in an earlier question, or ask what it is."""
    core = _without_asking_again(leaning.words, focus)
    if core[0].lower in _ANY:
        return _with_topic(_asks_for_any(resolved(leaning, focus), focus), focus)
    if is_past_form(core[0].text) and focus.kind in {QuestionKind.HOW_MANY, QuestionKind.WHO}:
        asking = text_of(focus.words[slice(*asking_span(focus.words))])
        return _with_topic(Rewriting(joined(asking, text_of(core)), (asking,)), focus)
    is_owned = any(word.part is Part.POSSESSIVE for word in core)
    whole = resolved(leaning, focus) if is_owned else Rewriting(text_of(core), ())
    like = _owned_in_place(core, whole, focus) if is_owned else _in_place_of_like(core, focus)
    if like is not None:
        return like
    if any(word.part is Part.ASKING for word in core):
        return _with_topic(whole, focus)
    if core[0].part in {Part.PREPOSITION, Part.LINK} or names_time(core):
        kept = text_of(at_another_time(focus.words, core) if names_time(core) else focus.words)
        return Rewriting(joined(kept, text_of(core)), (kept,))
    return _with_topic(replace(whole, text=_what_is(core, whole, focus)), focus)


def _in_place_of_like(core: Sequence[Word], focus: Focus) -> Rewriting | None:
    """Put a fragment in place of its like in the latest question that has one."""
    like = next((found for turn in focus.back() if (found := swapped(core, turn)) is not None), None)
    return _with_topic(like, focus) if like is not None and like.is_open else like


def _owned_in_place(core: Sequence[Word], whole: Rewriting, focus: Focus) -> Rewriting | None:
    """Put "her sister" in place of its like in the question before, unless that asked who or what something is."""
    if whole.is_open or focus.kind in NAMED:
        return None
    put = swapped if core[0].part is Part.PREPOSITION else in_place_of_subject
    like = put(words_of(whole.text), focus)
    return like and replace(like, carried=(*whole.carried, *like.carried))


def _what_is(core: Sequence[Word], whole: Rewriting, focus: Focus) -> str:
    """Ask what a fragment is, or how many it is where that was asked before."""
    counting = focus.words[slice(*asking_span(focus.words))][:2]
    if counts(counting) and not whole.carried:
        if counting[1].lower == "much":
            return f"{text_of(counting)} is {whole.text}"
        if is_plural(core[-1].text):
            return f"{text_of(counting)} {text_of(core[core[0].part is Part.ARTICLE :])}"
    head = next((word for word in reversed(core) if word.part in CONTENT), core[-1]).lower
    asking = "Who" if stem(head) in lexicon.ROLES or head in {"one", "ones"} else "What"
    return f"{asking} {'are' if is_plural(head) else 'is'} {whole.text}"


def _asks_for_any(whole: Rewriting, focus: Focus) -> Rewriting:
    """Ask whether there is what a fragment names, or how many where that was asked before: "any arrests?"."""
    any_, _, rest = whole.text.partition(" ")
    words = words_of(rest)
    if any_.lower() != "any":
        return replace(whole, text=f"was {any_.lower()} {rest}")
    if focus.kind is QuestionKind.HOW_MANY and words and is_plural(words[0].text):
        return replace(whole, text=f"how many {rest}", carried=(*whole.carried, "how many"))
    return replace(whole, text=f"were there any {rest}")


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
