"""What a conversation is about after a turn: the question as it was meant, its answer, and all that was named."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.conversation import lexicon
from rag.conversation.phrases import Phrase, Sort, asking_span, has_name, is_measure, noun_phrases
from rag.conversation.tagging import words_of
from rag.conversation.words import Part, Word, base_form, is_plural, text_of
from rag.question_kind import QuestionKind, question_kind

__all__ = ["CONTENT", "Focus", "Mention", "definite", "focus_after", "stem"]

CONTENT = frozenset({Part.NOUN, Part.NAME, Part.VERB, Part.NUMBER})

MAX_TOPIC = 3
"""So many phrases are taken over at most, so that what is asked is not drowned in what was asked before."""

MAX_MENTION_WORDS = 8
"""A longer answer states something rather than names it."""

_ANIMALS = frozenset(("dog", "horse", "cat", "bear", "wolf", "lynx", "elephant"))
_TOWARDS = frozenset(("to", "into", "onto", "towards", "toward", "from", "by", "since", "until", "across", "through"))
_SHARES = frozenset(("percent", "per", "cent", "%"))


@dataclass(frozen=True, slots=True)
class Mention:
    """Something that was named; ``text`` can stand in place of a pronoun."""

    text: str
    sort: Sort
    is_asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """A turn as it was meant, and the turns on which it leans.

    Attributes:
        words: Of the stand-alone question, without the mark at its end.
        answer: What answered it, as a short phrase; None where nothing did, or something long.
        kind: What it asked for.
        mentions: What it named, likeliest first.
        topic: The phrases that set the scene, the first turn's first, for a question that has none of its own.
        before: The turn before it, where the two have a topic in common.
        article_id: The article that answered it or lay nearest, or that of a turn on which it leans; None where none is
            known.
    """

    words: tuple[Word, ...]
    answer: str | None
    kind: QuestionKind
    mentions: tuple[Mention, ...]
    topic: tuple[str, ...]
    before: "Focus | None"
    article_id: int | None

    @property
    def content(self) -> frozenset[str]:
        """Stems of what the turns so far name and tell."""
        told = words_of(self.answer) if self.answer is not None else []
        own = frozenset(stem(word.text) for word in (*self.words, *told) if word.part in CONTENT)
        return own if self.before is None else own | self.before.content

    def back(self) -> Iterator["Focus"]:
        """Yield this turn and those before it, the last first."""
        focus: Focus | None = self
        while focus is not None:
            yield focus
            focus = focus.before


def focus_after(query: str, answer: str | None, article_id: int | None, before: Focus | None) -> Focus:
    """Return the focus after a turn.

    Args:
        query: What it meant, standing alone.
        answer: What answered it.
        article_id: The article that did, or lay nearest.
        before: The focus before it if they have a topic in common, else None.
    """
    words = words_of(query)
    while words and words[-1].part is Part.MARK and words[-1].text in "?.!,;:":
        words.pop()
    kind = question_kind(query)
    told = _phrase_of(answer)
    asked = words[slice(*asking_span(words))]
    inherited = before.topic if before is not None else ()
    known = " ".join(inherited).lower()
    added = [phrase for phrase in _topic(words) if phrase.lower() not in known]
    return Focus(
        words=tuple(words),
        answer=told,
        kind=kind,
        mentions=(
            *_of_answer(told, kind, is_animal=bool(asked) and asked[-1].lower in _ANIMALS),
            *_of_question(words),
        ),
        topic=(*inherited, *added)[:MAX_TOPIC],
        before=before,
        article_id=before.article_id if article_id is None and before is not None else article_id,
    )


def stem(word: str) -> str:
    """Return what the forms of one word share, roughly: the base of a known verb, else the word without its plural."""
    lower = word.lower().removesuffix("'s").removesuffix("\u2019s").rstrip("'\u2019")
    return base_form(lower) or (lower[:-1] if is_plural(lower) and lower.endswith("s") else lower)


def definite(words: Sequence[Word]) -> str:
    """Return a phrase as it is named the second time: "a pump" is "the pump"."""
    text = text_of(words)
    first = words[0]
    if first.lower in {"a", "an", "some", "any", "every", "each", "many", "much", "few", "several"}:
        return f"the{text[len(first.text) :]}"
    is_bare = first.part in {Part.NOUN, Part.NUMBER} and words[-1].part is not Part.NAME
    return f"the {text}" if is_bare else text


def _topic(words: Sequence[Word]) -> list[str]:
    """Return the phrases with a name, each with its preposition, or else the longest phrase."""
    phrases = [phrase for phrase in noun_phrases(words) if phrase.sort is not Sort.TIME]
    asked = asking_span(words)[1]
    asking = [word.lower for word in words[max(asked - 1, 0) : asked + 1]]
    asks_who_is = len(asking) == 2 and asking[0] in {"who", "what"} and asking[1] in lexicon.BE
    named = [at for at, phrase in enumerate(phrases) if has_name(words[phrase.first : phrase.last])]
    longest = sorted(range(len(phrases)), key=lambda at: (phrases[at].last <= asked, -phrases[at].length))[:1]
    topic, end = [], 0
    for at in named or longest:
        phrase = phrases[at]
        is_bare = all(word.part is Part.NAME for word in words[phrase.first : phrase.last])
        if is_bare and at and phrase.first < phrases[at - 1].extended:
            # "Kyiv" alone says little of "the truce in Kyiv".
            phrase = phrases[at - 1]
        if asks_who_is and phrase.first == asked + 1 and _is_told_by_what_hangs(words, phrase):
            phrase = replace(phrase, first=phrase.last + 1)
        if phrase.first >= end:
            begins = words[phrase.first - 1] if phrase.first else words[phrase.first]
            preposition = f"{begins.lower} " if begins.part is Part.PREPOSITION and begins.lower not in _TOWARDS else ""
            topic.append(preposition + definite(words[phrase.first : phrase.extended]))
            end = phrase.extended
    return topic


def _is_told_by_what_hangs(words: Sequence[Word], phrase: Phrase) -> bool:
    """Tell "the youngest on Brenava" and "the mediator in the dock strike" from "Carvenia's minimum wage"."""
    hangs = words[phrase.last : phrase.extended]
    is_open = phrase.sort is Sort.PERSON or has_name(hangs)
    return bool(hangs) and is_open and not has_name(words[phrase.first : phrase.last])


def _of_answer(answer: str | None, kind: QuestionKind, *, is_animal: bool) -> Iterator[Mention]:
    """Yield what a short answer names."""
    if answer is None:
        return
    phrases = noun_phrases(words_of(answer))
    sort = phrases[-1].sort if phrases else Sort.THING
    if is_animal:
        sort = Sort.PERSON
    elif kind is QuestionKind.WHO:
        sort = Sort.GROUP if sort is Sort.GROUP else Sort.PERSON
    elif kind is QuestionKind.WHERE:
        sort = Sort.PLACE
    elif kind not in {QuestionKind.WHAT, QuestionKind.WHICH}:
        return
    elif not _names_something(words_of(answer)):
        sort = Sort.AMOUNT
    yield Mention(answer, sort, is_asked=True)


def _names_something(words: Sequence[Word]) -> bool:
    """Tell "four enamels" from "480" and "9 percent"."""
    return any(word.part in {Part.NOUN, Part.NAME} and word.lower not in _SHARES for word in words)


def _of_question(words: Sequence[Word]) -> Iterator[Mention]:
    """Yield what a question names, and then what it asks for, told by what it says of it."""
    first, last = asking_span(words)
    head = next((at for at in range(first, last) if words[at].lower == "of"), last)
    for phrase in noun_phrases(words):
        points = words[phrase.first].lower in {"this", "that", "these", "those"}
        is_number = all(word.part is Part.NUMBER for word in words[phrase.first : phrase.last])
        if not points and not is_number and (head <= phrase.first or phrase.last <= first):
            yield Mention(definite(words[phrase.first : phrase.extended]), phrase.sort, is_asked=False)
            owner = words[phrase.first].text.replace("\u2019", "'")
            if words[phrase.first].part is Part.NAME and owner.endswith("'s") and phrase.last > phrase.first + 1:
                yield Mention(owner.removesuffix("'s"), Sort.NAME, is_asked=False)
    asked, rest = words[first:head], words[last:]
    while len(rest) > 1 and rest[0].lower in lexicon.BE | lexicon.HAVE:
        rest = rest[1:]
    nouns = [
        words[at] for at in range(first, head) if words[at].part in {Part.NOUN, Part.NAME} and not is_measure(words, at)
    ]
    is_subject = bool(rest) and rest[0].part is Part.VERB
    if asked and asked[-1].lower == "who" and is_subject:
        yield Mention(f"the person who {text_of(words[last:])}", Sort.PERSON, is_asked=True)
    elif nouns and asked[-1] is nouns[-1]:
        sort = Sort.GROUP if is_plural(nouns[-1].text) else Sort.THING
        told = f" that {text_of(words[last:])}" if is_subject else ""
        yield Mention(f"the {text_of(nouns)}{told}", sort, is_asked=True)


def _phrase_of(answer: str | None) -> str | None:
    """Return a short answer without what stands before and after the name in it, else None."""
    words = words_of(" ".join((answer or "").split())[:300])
    while words and words[0].part in {Part.PREPOSITION, Part.MARK, Part.LINK}:
        words.pop(0)
    comma = next((at for at, word in enumerate(words) if word.text in {",", ";", "("}), len(words))
    is_phrase = 0 < comma <= MAX_MENTION_WORDS and all(word.part is not Part.AUXILIARY for word in words[:comma])
    if is_phrase and words[0].part is Part.ARTICLE:
        words[0] = replace(words[0], text=words[0].lower)
    return text_of(words[:comma]) if is_phrase else None
