"""A fragment ("and in Kharkiv?") put in place of its like in an earlier question."""

from collections.abc import Sequence, Set
from dataclasses import replace

from rag.conversation import lexicon
from rag.conversation.focus import Focus, stem
from rag.conversation.phrases import PLACING, Phrase, Sort, asking_span, has_name, noun_phrases
from rag.conversation.turns import Rewriting
from rag.conversation.words import Part, Word, base_form, is_plural, joined, text_of
from rag.question_kind import QuestionKind

_BEFALLING = frozenset(("die", "kill", "injure", "wound", "hurt", "drown"))
_TELLING = frozenset(("by", "according"))

__all__ = ["in_place_of_subject", "swapped"]


def swapped(core: Sequence[Word], turn: Focus) -> Rewriting | None:
    """Return the question of a turn with the fragment in place of the phrase that is like it, None if none is."""
    words = turn.words
    first, last = asking_span(words)
    phrases = [phrase for phrase in noun_phrases(words) if phrase.last <= first or last <= phrase.first]
    if core[0].part is Part.PREPOSITION:
        like = _like_placed(words, phrases, core[0].lower)
        return None if like is None else _put(words, _preposition_of(words, like), like.extended, core)
    head = stem(core[-1].text)
    asked = [at for at in range(first, last) if words[at].part is Part.NOUN]
    is_state = core[-1].lower in lexicon.STATES and len(core[core[0].lower == "the" :]) == 1
    counted = core[-1:] if is_state else core
    befell = [at for at, word in enumerate(words) if base_form(word.text) in _BEFALLING]
    if turn.kind is QuestionKind.HOW_MANY and is_state and befell:
        return _put(words, last, befell[-1] + 1, [Word("were", Part.AUXILIARY), *counted])
    if turn.kind is QuestionKind.HOW_MANY and len(counted) == 1 and is_plural(counted[0].text) and asked:
        return _put(words, asked[0], asked[-1] + 1, counted)
    same_head = [phrase for phrase in phrases if stem(words[phrase.last - 1].text) == head]
    if same_head:
        return _put(words, same_head[0].first, same_head[0].last, core)
    if not has_name(core):
        return in_place_of_subject(core, turn)
    sorts = {phrase.sort for phrase in noun_phrases(core)}
    named = [phrase for phrase in phrases if has_name(words[phrase.first : phrase.last])]
    alike = [phrase for phrase in named if phrase.sort in sorts] or named
    return _put(words, alike[0].first, alike[0].last, core) if alike else None


def in_place_of_subject(core: Sequence[Word], turn: Focus) -> Rewriting | None:
    """Put "the company" in place of the one that is asked about: "the state" in "how much has the state lost?".

    Who does something is asked of no other; what something is, or somebody says, is not what another is or says.
    """
    words = turn.words
    is_of_time = any(stem(word.text) in lexicon.TIMES for word in core)
    if turn.kind is QuestionKind.WHO or is_of_time or any(word.part is Part.ASKING for word in core):
        return None
    is_what = turn.kind in {QuestionKind.WHAT, QuestionKind.WHICH}
    for phrase in noun_phrases(words) if noun_phrases(core) else []:
        before = words[phrase.first - 1] if phrase.first else None
        if before is None or before.part is not Part.AUXILIARY or (is_what and before.lower in lexicon.BE):
            continue
        tells = phrase.last < len(words) and base_form(words[phrase.last].text) in lexicon.SAYING
        subject = words[phrase.first : phrase.last]
        is_verb = len(subject) == 1 and subject[0].part is Part.NOUN and not is_plural(subject[0].text)
        if tells or is_verb:
            return None
        put = _put(words, phrase.first, phrase.last, core)
        return replace(put, is_open=not has_name([*core, *words[: phrase.first], *words[phrase.last :]]))
    return None


def _like_placed(words: Sequence[Word], phrases: Sequence[Phrase], preposition: str) -> Phrase | None:
    """Return the phrase after the same preposition, or else a name after another that places."""
    alike = _TELLING if preposition in _TELLING else {preposition}
    same = [phrase for phrase in phrases if _is_after(words, phrase, alike)]
    placed = [phrase for phrase in phrases if _is_after(words, phrase, PLACING | {"of"})]
    named = [phrase for phrase in placed if has_name(words[phrase.first : phrase.last])]
    return next(iter(same or (named if preposition in PLACING else [])), None)


def _put(words: Sequence[Word], first: int, last: int, core: Sequence[Word]) -> Rewriting:
    before, after = text_of(words[:first]), text_of(words[last:])
    return Rewriting(joined(before, text_of(core), after), (joined(before, after),))


def _preposition_of(words: Sequence[Word], phrase: Phrase) -> int:
    """Return where the word before a phrase begins; "according to" is one."""
    return phrase.first - (2 if phrase.first > 1 and words[phrase.first - 2].lower == "according" else 1)


def _is_after(words: Sequence[Word], phrase: Phrase, prepositions: Set[str]) -> bool:
    if phrase.first == 0 or phrase.sort is Sort.TIME:
        return False
    return words[_preposition_of(words, phrase)].lower in prepositions
