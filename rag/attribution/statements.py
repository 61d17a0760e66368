"""What is known of a span beyond its words: who says it, and how firmly."""

from dataclasses import dataclass

from rag.answers import Hedge, Speaker
from rag.attribution.clauses import quotation_around
from rag.attribution.hedges import hedge_of
from rag.attribution.noun_phrases import FULL_NAME, PRONOUN, leading_name, phrase_before, sentence_subject
from rag.attribution.saying_words import SAID_SO, SPEAKING_PEOPLE
from rag.attribution.speakers import Saying, sayings
from rag.sentences import sentences

_Slice = tuple[int, int]

__all__ = ["MAX_SENTENCE_CHARS", "Statement", "statement_of"]

MAX_SENTENCE_CHARS = 1_500
"""A longer sentence is a table or a list: nothing is read out of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Who says what a span holds, in the offsets of the text that was looked at, and how firmly."""

    speaker: Speaker | None
    hedge: Hedge


def statement_of(text: str, start: int, end: int) -> Statement:
    """Return who says the span ``[start, end)`` of a text and how firmly, from its sentence and those beside it.

    A pronoun is followed to who speaks in the sentence before, to the subject of its own, or to a name beside; what
    cannot be followed names no one.
    """
    sentence, before, behind = _sentences_around(text, start, end)
    if sentence[1] - sentence[0] > MAX_SENTENCE_CHARS:
        return Statement(speaker=None, hedge=Hedge.STATED)
    said_by = _said_by(text, sentence, (start, end))
    hedge = hedge_of(text, sentence, (start, end), said_by)
    place = (
        _named(text, said_by, sentence, before, behind)
        if said_by is not None
        else _said_behind(text, behind, (start, end))
    )
    speaker = Speaker(text=text[slice(*place)], start=place[0], end=place[1]) if place is not None else None
    return Statement(speaker=speaker, hedge=hedge)


def _sentences_around(text: str, start: int, end: int) -> tuple[_Slice, _Slice | None, _Slice | None]:
    """Return the sentence, or the run of sentences, that holds a span, and those before and behind it."""
    found = [(one.start, one.end) for one in sentences(text)]
    touched = [at for at, (left, right) in enumerate(found) if left < end and start < right]
    if not touched:
        return (start, end), None, None
    first, last = touched[0], touched[-1]
    before = found[first - 1] if first > 0 else None
    behind = found[last + 1] if last + 1 < len(found) else None
    return (min(found[first][0], start), max(found[last][1], end)), before, behind


def _said_by(text: str, sentence: _Slice, span: _Slice) -> Saying | None:
    """Return the saying nearest around the span: of several, the one whose part begins last."""
    covering = [saying for saying in sayings(text, *sentence) if saying.covers(*span)]
    return covering[-1] if covering else None


def _said_behind(text: str, behind: _Slice | None, span: _Slice) -> _Slice | None:
    """Return who says the span by the next sentence: one that takes it up, or that ends the quotation it stands in."""
    if behind is None:
        return None
    taken_up = SAID_SO.search(text, *behind)
    if taken_up is not None:
        subject = phrase_before(text, behind[0], taken_up.start())
        return (subject.start, subject.end) if subject is not None else None
    quotation = quotation_around(text, *span)
    if quotation is None or quotation[1] <= behind[0]:
        return None
    ending = _said_by(text, (quotation[0], behind[1]), span)
    return ending.speaker if ending is not None and not _is_pronoun(text, ending.speaker) else None


def _named(text: str, said_by: Saying, sentence: _Slice, before: _Slice | None, behind: _Slice | None) -> _Slice | None:
    """Return where the speaker is named, following a pronoun through its own sentence and those beside."""
    if not _is_pronoun(text, said_by.speaker):
        return said_by.speaker
    return (
        _speaker_in(text, before)
        or _subject_before(text, sentence[0], said_by.speaker)
        or _leading(text, before)
        or _speaker_in(text, behind)
        or _leading(text, behind)
    )


def _speaker_in(text: str, sentence: _Slice | None) -> _Slice | None:
    """Return who speaks in a sentence by name."""
    if sentence is None or sentence[1] - sentence[0] > MAX_SENTENCE_CHARS:
        return None
    named = (saying.speaker for saying in sayings(text, *sentence) if not _is_pronoun(text, saying.speaker))
    return next(named, None)


def _subject_before(text: str, start: int, pronoun: _Slice) -> _Slice | None:
    """Return the subject of what a sentence says before a pronoun, if it is one who can speak: "X fled, he said"."""
    subject = sentence_subject(text, start, pronoun[0])
    if subject is None:
        return None
    is_plural = text[slice(*pronoun)].lower() == "they"
    can_speak = SPEAKING_PEOPLE if is_plural else FULL_NAME
    return (subject.start, subject.end) if can_speak.search(text[subject.begins : subject.end]) else None


def _leading(text: str, sentence: _Slice | None) -> _Slice | None:
    """Return the first name of a sentence, or else its subject."""
    if sentence is None or sentence[1] - sentence[0] > MAX_SENTENCE_CHARS:
        return None
    leading = leading_name(text, *sentence)
    return (leading.start, leading.end) if leading is not None else None


def _is_pronoun(text: str, place: _Slice) -> bool:
    return PRONOUN.match(text[slice(*place)]) is not None
