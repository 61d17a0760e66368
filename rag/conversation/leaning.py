"""Whether a question leans on earlier ones, and with what."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rag.conversation import lexicon
from rag.conversation.focus import CONTENT, Focus, stem
from rag.conversation.phrases import Sort, asking_span, noun_phrases
from rag.conversation.words import Part, Word, base_form

__all__ = ["Lean", "Leaning", "fitting", "leaning_of"]

MAX_THIN_WORDS = 3
"""From four words of content on, a question that names nothing stands alone. Developed on the dialogues 001 to 055."""

_OPENERS = frozenset("and but so or then ok okay also well".split())
_HAPPENING = frozenset("happen happened occur occurred".split())
_REFERRING = frozenset("other others another else former latter both same one ones".split())
_CHANGING = (
    "something else",
    "another topic",
    "another question",
    "different topic",
    "different question",
    "new topic",
)
_THING = (Sort.THING, Sort.NAME, Sort.PLACE, Sort.GROUP)
_PERSON = (Sort.PERSON, Sort.NAME)
_GROUP = (Sort.GROUP, Sort.NAME, Sort.PLACE, Sort.THING, Sort.PERSON)
_FITTING = {
    **dict.fromkeys("it its this that".split(), _THING),
    **dict.fromkeys("he him his she her hers".split(), _PERSON),
    **dict.fromkeys("they them their theirs these those".split(), _GROUP),
    "there": (Sort.PLACE, Sort.NAME, Sort.THING),
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
    """

    lean: Lean
    words: tuple[Word, ...]
    pronouns: tuple[int, ...]
    reason: str


def fitting(pronoun: str) -> tuple[Sort, ...]:
    """Return what a pronoun may stand for, likeliest first."""
    return _FITTING[pronoun]


def leaning_of(words: Sequence[Word], focus: Focus) -> Leaning:
    """Tell how a question leans on what is in focus."""
    core, is_opened, is_offered = _core(words)
    pronouns = tuple(at for at in range(len(core)) if _is_open_pronoun(core, at))

    def leaning(lean: Lean, reason: str) -> Leaning:
        return Leaning(lean, core, pronouns, reason)

    text = " ".join(word.lower for word in words)
    if any(change in text for change in _CHANGING):
        return leaning(Lean.NOT, "Another topic is announced.")
    if is_offered and any(word.part is Part.ASKING for word in core) and _has_clause(core):
        return leaning(Lean.NOT, "The question brings a topic of its own.")
    if not core or _is_bare(core):
        return leaning(Lean.BARE, "Only an asking word was asked.")
    if not _has_clause(core):
        return leaning(Lean.FRAGMENT, "Only a part of a question was asked.")
    if _is_about_event(core):
        return leaning(Lean.EVENT, "It asks about what was said before.")
    if pronouns:
        return leaning(Lean.PRONOUN, f"{core[pronouns[0]].text!r} refers to something named before.")
    return leaning(*_by_content(core, focus, is_opened=is_opened))


def _core(words: Sequence[Word]) -> tuple[tuple[Word, ...], bool, bool]:
    """Return the words without "and" before and "?" behind, whether there was an "and", and whether a "what about"."""
    core = list(words)
    while core and core[-1].part is Part.MARK:
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


def _has_clause(core: Sequence[Word]) -> bool:
    """Tell whether there is a verb; what follows "after" or "according to" is no question by itself."""
    if core[0].part in {Part.PREPOSITION, Part.LINK} and all(word.part is not Part.ASKING for word in core):
        return False
    return any(word.part in {Part.AUXILIARY, Part.VERB} for word in core)


def _is_about_event(core: Sequence[Word]) -> bool:
    """Tell "when was that?", "how did it happen?", "who said so?"."""
    first, last = asking_span(core)
    rest = [word.lower for word in core[last:] if word.part is not Part.ADVERB or word.lower == "so"]
    asking = core[last - 1].lower if last > first else ""
    if asking == "who":
        return len(rest) == 2 and base_form(rest[0]) in lexicon.SAYING and rest[1] in {"so", "that", "this", "it"}
    if asking not in {"when", "where", "why", "how", "long"} or not 2 <= len(rest) <= 3:
        return False
    happens = rest[-1] in _HAPPENING and rest[-2] in {"that", "this", "it"}
    return happens or (len(rest) == 2 and rest[0] in lexicon.BE and rest[1] in {"that", "this"})


def _is_open_pronoun(core: Sequence[Word], at: int) -> bool:
    """Tell whether a word refers to something outside the question."""
    word, after = core[at], core[at + 1] if at + 1 < len(core) else None
    if word.lower not in _FITTING:
        return False
    if word.lower in {"this", "that", "these", "those"}:
        before = core[at - 1].part if at else Part.MARK
        is_alone = after is None or after.part in {Part.MARK, Part.VERB, Part.AUXILIARY, Part.PREPOSITION, Part.ADVERB}
        is_relative = before in {Part.NOUN, Part.NAME, Part.NUMBER} and word.lower == "that"
        return not is_relative and (is_alone or word.lower != "that")
    if word.lower == "there":
        return after is None or after.part is not Part.NOUN and core[at - 1].lower not in lexicon.BE
    if word.lower == "it" and _is_empty_it(core, at):
        return False
    return not _has_antecedent(core, at)


def _is_empty_it(core: Sequence[Word], at: int) -> bool:
    """Tell the "it" of "how long will it take to rebuild it" and "is it true that"."""
    later = [word.lower for word in core[at + 1 :]]
    return (
        len(later) > 3
        and later[0] in {"take", "true", "cost", "possible", "likely"}
        and bool({"to", "that"} & {*later})
    )


def _has_antecedent(core: Sequence[Word], at: int) -> bool:
    """Tell whether the question itself names what a pronoun refers to, in an earlier clause or as an owner."""
    pronoun = core[at]
    before = [phrase for phrase in noun_phrases(core[:at]) if phrase.sort in _FITTING[pronoun.lower]]
    before = [phrase for phrase in before if core[phrase.first : phrase.last] != core[at:at]]
    if not before:
        return False
    between = core[before[-1].last : at]
    is_owner = pronoun.part is Part.POSSESSIVE
    splits = any(word.part is Part.LINK or word.text in {",", ";"} for word in between)
    tells = any(base_form(word.text) in lexicon.SAYING for word in between) and len(core) - at > 3
    relates = any(word.lower in {"that", "who", "which", "when"} for word in between)
    return is_owner or splits or tells or relates


def _by_content(core: Sequence[Word], focus: Focus, *, is_opened: bool) -> tuple[Lean, str]:
    """Judge a question without pronouns by how much it says, and of what."""
    content = [word for word in core if word.part in CONTENT]
    names = [word for word in content if word.part is Part.NAME]
    if any(stem(word.text) not in focus.content for word in names):
        return Lean.NOT, f"{next(w.text for w in names if stem(w.text) not in focus.content)!r} is a new topic."
    if names and not is_opened:
        return Lean.NOT, "The question names what it is about."
    refers = any(word.lower in _REFERRING for word in core)
    if len(content) <= MAX_THIN_WORDS or (refers and len(content) <= 2 * MAX_THIN_WORDS):
        return Lean.THIN, "The question does not name what it is about."
    return Lean.NOT, "The question says enough to stand alone."
