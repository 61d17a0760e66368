"""Whether a question leans on earlier ones, and with what."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rag.conversation import lexicon
from rag.conversation.counting import left_out
from rag.conversation.focus import CONTENT, Focus, stem
from rag.conversation.phrases import Sort, asking_span, noun_phrases
from rag.conversation.words import Part, Word, base_form, is_past_form, text_of

__all__ = ["Lean", "Leaning", "fitting", "leaning_of"]

MAX_THIN_WORDS = 3
"""From four words of content on, a question that names nothing stands alone. Developed on the dialogues 001 to 055."""

_OPENERS = frozenset(("and", "but", "so", "or", "then", "ok", "okay", "also", "well", "thanks"))
_CLOSERS = {"exactly": 2, "anyway": 2, "though": 2, "please": 2, "precisely": 2, "then": 3}
"""What closes a question of more words than so many: "why not then?" is about a time."""
_POINTING = frozenset(("this", "that", "these", "those"))
_HAPPENING = frozenset(("happen", "happened", "occur", "occurred"))
_REFERRING = frozenset(("other", "others", "another", "else", "former", "latter", "both", "same", "one", "ones"))
_SUBJECTS = frozenset(("he", "she", "it", "they"))
_CHANGING = (
    "something else",
    "another topic",
    "another question",
    "different topic",
    "different question",
    "new topic",
)
_WEATHER = frozenset(("hot", "cold", "warm", "dark", "windy", "rain", "snow", "freeze"))
_THINGS = frozenset({Sort.THING, Sort.BODY})
_NAMES = frozenset({Sort.NAME})
_PLACES = frozenset({Sort.PLACE})
_GROUPS = frozenset({Sort.GROUP})
_PERSONS = frozenset({Sort.PERSON})
_BODIES = frozenset({Sort.BODY})
_FITTING: dict[str, tuple[frozenset[Sort], ...]] = {
    **dict.fromkeys(("it", "its"), (_THINGS, _NAMES, _PLACES, _GROUPS)),
    **dict.fromkeys(("he", "him", "his"), (_PERSONS, _NAMES)),
    **dict.fromkeys(("she", "her", "hers"), (_PERSONS, _NAMES, _THINGS)),
    **dict.fromkeys(
        ("they", "them", "their", "theirs", "these", "those"), (_GROUPS, _BODIES, _NAMES, _PLACES, _THINGS, _PERSONS)
    ),
    **dict.fromkeys(("this", "that"), ()),
    "there": (_PLACES, _NAMES),
}


class Lean(StrEnum):
    """How a question leans."""

    NOT = "not"
    BARE = "bare"
    FRAGMENT = "fragment"
    EVENT = "event"
    PRONOUN = "pronoun"
    THIN = "thin"


@dataclass(frozen=True, slots=True)
class Leaning:
    """How a question leans, with its words less what opens and closes it.

    Attributes:
        pronouns: Where a word stands that refers to something named before.
        reason: Why it is taken to lean, or not to, in a sentence.
        counted: What an earlier question counted, put among the words where this one leaves it out.
    """

    lean: Lean
    words: tuple[Word, ...]
    pronouns: tuple[int, ...]
    reason: str
    counted: str = ""


def fitting(pronoun: str) -> tuple[frozenset[Sort], ...]:
    """Return what a pronoun may stand for, likeliest first; nothing for one that points at all that was said."""
    return _FITTING[pronoun]


def leaning_of(words: Sequence[Word], focus: Focus) -> Leaning:
    """Tell how a question leans on what is in focus."""
    core, is_opened, is_offered = _core(words)
    missing = left_out(core, focus)
    core = core if missing is None else (*core[: missing.first], *missing.nouns, *core[missing.last :])
    pronouns = tuple(at for at in range(len(core)) if _is_open_pronoun(core, at))
    lean, reason = Lean.NOT, ""
    text = " ".join(word.lower for word in words)
    if any(change in text for change in _CHANGING):
        reason = "Another topic is announced."
    elif is_offered and any(word.part is Part.ASKING for word in core) and _is_whole(core):
        reason = "The question brings a topic of its own."
    elif not core or _is_bare(core):
        lean, reason = Lean.BARE, "Only an asking word was asked."
    elif not _is_whole(core):
        lean, reason = Lean.FRAGMENT, "Only a part of a question was asked."
    elif _is_about_event(core):
        lean, reason = Lean.EVENT, "It asks about what was said before."
    elif pronouns:
        lean, reason = Lean.PRONOUN, f"{core[pronouns[0]].text!r} refers to something named before."
    else:
        lean, reason = _by_content(core, focus, is_opened=is_opened)
        if missing is not None and lean is Lean.NOT and not _names_new_place(core, focus):
            lean, reason = Lean.THIN, "The question does not say what it counts."
    return Leaning(lean, core, pronouns, reason, counted=text_of(missing.nouns) if missing is not None else "")


def _core(words: Sequence[Word]) -> tuple[tuple[Word, ...], bool, bool]:
    """Return the words without "and" before and "?" behind, whether there was an "and", and whether a "what about"."""
    core = list(words)
    while core and (core[-1].part is Part.MARK or len(core) > _CLOSERS.get(core[-1].lower, len(core))):
        core.pop()
    is_opened = is_offered = False
    while core and (core[0].part is Part.MARK or core[0].lower in _OPENERS):
        is_opened |= core.pop(0).part is not Part.MARK
    if len(core) > 2 and core[0].lower in {"what", "how"} and core[1].lower == "about":
        is_offered, core = True, core[2:]
    return tuple(core), is_opened, is_offered


def _is_bare(core: Sequence[Word]) -> bool:
    """Tell "why?", "since when?", "how many seats?", "why him?"."""
    first, last = asking_span(core)
    left = [*core[:first], *core[last:]]
    return last > first and all(word.part in {Part.ADVERB, Part.MARK, Part.PRONOUN} for word in left)


def _is_whole(core: Sequence[Word]) -> bool:
    """Tell whether there is a whole question; what follows "after" or "according to" is none by itself."""
    first, last = asking_span(core)
    if first < last:
        rest = [*core[:first], *core[last:]]
        return any(word.part in {Part.AUXILIARY, Part.VERB} for word in rest) or len(rest) > 3
    is_part = core[0].part in {Part.PREPOSITION, Part.LINK} or is_past_form(core[0].text)
    return not is_part and any(word.part in {Part.AUXILIARY, Part.VERB} for word in core)


def _is_about_event(core: Sequence[Word]) -> bool:
    """Tell "when was that?" and "how did it happen?"."""
    first, last = asking_span(core)
    rest = [word.lower for word in core[last:] if word.part is not Part.ADVERB]
    asking = core[last - 1].lower if last > first else ""
    is_placed = core[first].part is Part.PREPOSITION and first + 1 < last
    if (asking not in {"when", "where", "why", "how"} and not is_placed) or not 2 <= len(rest) <= 3:
        return False
    happens = rest[-1] in _HAPPENING and rest[-2] in {"that", "this", "it"}
    return happens or (len(rest) == 2 and rest[0] in lexicon.BE and rest[1] in {"that", "this"})


def _is_open_pronoun(core: Sequence[Word], at: int) -> bool:
    """Tell whether a word refers to something outside the question."""
    word = core[at]
    before = core[at - 1] if at else None
    after = core[at + 1] if at + 1 < len(core) else None
    if word.lower not in _FITTING:
        return False
    if word.lower in _POINTING:
        return _is_pointing(word, before, after)
    if word.lower == "there":
        return after is None or (after.part is not Part.NOUN and (before is None or before.lower not in lexicon.BE))
    if word.lower == "it" and _is_empty_it(core, at):
        return False
    return not _has_antecedent(core, at)


def _is_pointing(word: Word, before: Word | None, after: Word | None) -> bool:
    """Tell "that" in "that deal" and "who said that?" from "the deal that" and "said that the deal"."""
    ends = after is None or after.part in {Part.MARK, Part.AUXILIARY, Part.PREPOSITION, Part.ADVERB}
    if word.lower in {"these", "those"} and after is not None:
        return after.part is not Part.PREPOSITION and after.lower != "who"
    if word.lower != "that" or before is None:
        return True
    if before.part in {Part.NOUN, Part.NAME, Part.NUMBER}:
        return False
    return ends or (after is not None and after.part in {Part.NOUN, Part.VERB} and before.part is not Part.VERB)


def _is_empty_it(core: Sequence[Word], at: int) -> bool:
    """Tell the "it" of "how hot was it", "how long will it take to rebuild" and "is it true that"."""
    later = [word.lower for word in core[at + 1 :]]
    if any(word.lower in _WEATHER for word in core):
        return True
    takes = len(later) > 3 and later[0] in {"take", "true", "cost", "possible", "likely"}
    return takes and bool({"to", "that"} & {*later})


def _has_antecedent(core: Sequence[Word], at: int) -> bool:
    """Tell whether the question itself names what a pronoun refers to, in an earlier clause or as an owner."""
    pronoun = core[at]
    sorts = frozenset().union(*_FITTING[pronoun.lower])
    before = [phrase for phrase in noun_phrases(core[:at]) if phrase.sort in sorts]
    if not before:
        return False
    between = core[before[-1].last : at]
    splits = any(word.part is Part.LINK or word.text in {",", ";"} for word in between)
    relates = any(word.lower in {"that", "who", "which", "when"} for word in between)
    is_contact = len(before) > 1 and pronoun.lower in _SUBJECTS and core[at - 1].part in {Part.NOUN, Part.NAME}
    tells = any(base_form(word.text) in lexicon.SAYING for word in between) and len(core) - at > 3
    return pronoun.part is Part.POSSESSIVE or splits or relates or tells or is_contact


def _names_new_place(core: Sequence[Word], focus: Focus) -> bool:
    """Tell whether a name that was not mentioned stands behind a preposition, which makes another event of it."""
    return any(
        word.part is Part.NAME and core[at - 1].part is Part.PREPOSITION and stem(word.text) not in focus.content
        for at, word in enumerate(core)
        if at
    )


def _by_content(core: Sequence[Word], focus: Focus, *, is_opened: bool) -> tuple[Lean, str]:
    """Judge a question without pronouns by how much it says, and of what."""
    content = [word for word in core if word.part in CONTENT]
    known = focus.content
    new = next((word for word in content if word.part is Part.NAME and stem(word.text) not in known), None)
    refers = any(word.lower in _REFERRING for word in core)
    if core[0].lower == "who" and content and all(word.part is Part.NAME for word in content):
        return Lean.NOT, "The question names whom it is about."
    if new is not None and not (is_opened and len(content) < MAX_THIN_WORDS):
        return Lean.NOT, f"{new.text!r} is a new topic."
    allowed = MAX_THIN_WORDS - any(word.part is Part.NAME for word in content)
    if len(content) <= allowed or (refers and len(content) <= 2 * MAX_THIN_WORDS):
        return Lean.THIN, "The question does not say what it is about."
    return Lean.NOT, "The question says enough to stand alone."
