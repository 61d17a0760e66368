"""Who says something in a sentence, and which part of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.attribution.hedging_words import CALLING_UNTRUE, DENYING
from rag.attribution.noun_phrases import Phrase, phrase_after, phrase_before, sentence_subject
from rag.attribution.saying_words import (
    ACCORDING_TO,
    BY_AGENT,
    FINITE,
    QUOTED_AS,
    SAYING,
    SAYING_BESIDES,
    TAKES_LISTENER,
)

__all__ = ["Saying", "sayings"]

_NOT_SAYING = re.compile(
    # "was told", "has not said", "to say"; "as the recording shows"
    r"\b(?:is|are|was|were|be|been|being|not|to|as)\s+$|n['\u2019]t\s+$",
    re.IGNORECASE,
)
_LOOK_BACK = 8
_ENDS_PART = re.compile(r"[,.!?\u201d\u2019\"]$")
_ENDS_QUOTATION = re.compile(r"[\u201d\u2019\"]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A speaker, the verb, and the part ``[scope_start, scope_end)`` of the text that they answer for.

    Attributes:
        speaker: ``[start, end)`` of the words that name the speaker.
        verb: The words of saying themselves.
        is_denial: Whether the speaker says that it is not so.
    """

    speaker: tuple[int, int]
    verb: str
    scope_start: int
    scope_end: int
    is_denial: bool

    def covers(self, start: int, end: int) -> bool:
        """Tell whether a span is said by this speaker, and is not the speaker."""
        is_apart = end <= self.speaker[0] or self.speaker[1] <= start
        return self.scope_start <= start and end <= self.scope_end and is_apart


def sayings(text: str, start: int, end: int) -> list[Saying]:
    """Return who says something in the sentence ``[start, end)`` of a text, by where their parts begin."""
    found = [
        *_by_agents(text, start, end),
        *_active(text, start, end),
        *_besides(text, start, end),
        *_denials(text, start, end),
    ]
    return sorted(found, key=lambda saying: saying.scope_start)


def _active(text: str, start: int, end: int) -> Iterator[Saying]:
    """Yield "X said …", "…, X said" and "…, said X"; what stands before the latter two is said as well."""
    for verb in SAYING.finditer(text, start, end):
        if _NOT_SAYING.search(text, max(start, verb.start() - _LOOK_BACK), verb.start()):
            continue
        before = phrase_before(text, start, verb.start())
        after = None
        if _is_told(text[start : verb.start()].rstrip()) and not TAKES_LISTENER.match(verb.group()):
            after = phrase_after(text, verb.end(), end)
        speaker = after or before
        if speaker is None:
            continue
        interrupts = after is not None or _ENDS_PART.search(text[start : speaker.begins].rstrip()) is not None
        yield _saying_of(speaker, verb.group(), start if interrupts else verb.end(), end)


def _is_told(before: str) -> bool:
    """Tell whether what stands before a verb of saying is what is said: a quotation, or a clause with its own verb."""
    return _ENDS_QUOTATION.search(before) is not None or (
        _ENDS_PART.search(before) is not None and FINITE.search(before) is not None
    )


def _besides(text: str, start: int, end: int) -> Iterator[Saying]:
    """Yield "X left, saying …" and "The paper quoted X as saying …"."""
    for verb in SAYING_BESIDES.finditer(text, start, end):
        subject = sentence_subject(text, start, verb.start())
        if subject is not None:
            yield _saying_of(subject, verb.group(), verb.end(), end)
    for quoted in QUOTED_AS.finditer(text, start, end):
        place = quoted.span("speaker")
        yield _saying_of(Phrase(place[0], *place), "saying", quoted.end(), end)


def _saying_of(speaker: Phrase, verb: str, scope_start: int, scope_end: int) -> Saying:
    return Saying(
        speaker=(speaker.start, speaker.end),
        verb=verb,
        scope_start=scope_start,
        scope_end=scope_end,
        is_denial=False,
    )


def _denials(text: str, start: int, end: int) -> Iterator[Saying]:
    """Yield "X denied that …" and "X called … a lie"."""
    for denial in DENYING.finditer(text, start, end):
        if not _NOT_SAYING.search(text, max(start, denial.start() - _LOOK_BACK), denial.start()):
            yield from _denial(text, start, denial.start(), (denial.end(), end))
    for denial in CALLING_UNTRUE.finditer(text, start, end):
        yield from _denial(text, start, denial.start(), denial.span("claim"))


def _denial(text: str, start: int, verb_start: int, scope: tuple[int, int]) -> Iterator[Saying]:
    speaker = phrase_before(text, start, verb_start)
    if speaker is not None:
        yield Saying(
            speaker=(speaker.start, speaker.end),
            verb="denied",
            scope_start=scope[0],
            scope_end=scope[1],
            is_denial=True,
        )


def _by_agents(text: str, start: int, end: int) -> Iterator[Saying]:
    """Yield "according to X" and "announced by X", which answer for the whole sentence."""
    for cue in (found for pattern in (ACCORDING_TO, BY_AGENT) for found in pattern.finditer(text, start, end)):
        speaker = phrase_after(text, cue.end(), end)
        if speaker is not None:
            yield Saying(
                speaker=(speaker.start, speaker.end),
                verb=cue.group(),
                scope_start=start,
                scope_end=end,
                is_denial=cue.group().lower().startswith(("denied", "rejected")),
            )
