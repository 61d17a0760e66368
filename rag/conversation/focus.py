"""What a conversation is about after a turn: the question as it was meant, its answer, and all that was named."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.conversation import lexicon
from rag.conversation.phrases import Phrase, Sort, asking_span, is_plural, noun_phrases
from rag.conversation.words import Part, Word, base_form, text_of, words_of
from rag.question_kind import QuestionKind, question_kind

__all__ = ["CONTENT", "Focus", "Mention", "stem"]

CONTENT = frozenset({Part.NOUN, Part.NAME, Part.VERB, Part.NUMBER})
MAX_MENTIONS = 32
MAX_MENTION_WORDS = 8
"""A longer answer states something rather than names it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Something that was named; ``text`` can stand in place of a pronoun."""

    text: str
    sort: Sort
    has_name: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """A turn as it was meant, and what was named up to it.

    Attributes:
        words: Of the stand-alone question, without the mark at its end.
        answer: What answered it, without a preposition before it; None where the articles did not say.
        kind: What it asked for.
        mentions: What was named, likeliest first, the last turn before the others.
        topic: The phrases that set the scene, for a question that has none of its own.
    """

    words: tuple[Word, ...]
    answer: str | None
    kind: QuestionKind
    mentions: tuple[Mention, ...]
    topic: tuple[str, ...]

    @property
    def content(self) -> frozenset[str]:
        """Stems of what question and answer name and tell."""
        told = words_of(self.answer) if self.answer is not None else []
        return frozenset(stem(word.text) for word in (*self.words, *told) if word.part in CONTENT)

    def first(self, *sorts: Sort) -> Mention | None:
        """Return the likeliest mention of the first of these sorts that was mentioned at all."""
        return next((mention for sort in sorts for mention in self.mentions if mention.sort is sort), None)


def focus_after(query: str, answer: str | None, before: Focus | None) -> Focus:
    """Return the focus after a turn whose stand-alone question is ``query``."""
    words = words_of(query)
    while words and words[-1].part is Part.MARK and words[-1].text in "?.!,;:":
        words.pop()
    kind = question_kind(query)
    named = [*_of_answer(answer, kind), *_of_question(words)]
    known = {mention.text.lower() for mention in named}
    earlier = before.mentions if before is not None else ()
    named += [mention for mention in earlier if mention.text.lower() not in known]
    return Focus(
        words=tuple(words),
        answer=_trimmed(answer),
        kind=kind,
        mentions=tuple(named[:MAX_MENTIONS]),
        topic=_topic(words) or (before.topic if before is not None else ()),
    )


def stem(word: str) -> str:
    """Return what forms of one word share, roughly: the base of a known verb, else the word without its plural."""
    lower = word.lower().removesuffix("'s").removesuffix("\u2019s")
    return base_form(lower) or (lower[:-1] if is_plural(lower) and lower.endswith("s") else lower)


def definite(words: Sequence[Word]) -> str:
    """Return a phrase as it is named the second time: "a pump" is "the pump"."""
    text = text_of(words)
    first = words[0]
    if first.lower in {"a", "an", "some", "any", "every", "each"}:
        return f"the{text[len(first.text) :]}"
    is_bare = first.part in {Part.NOUN, Part.NUMBER} and not any(word.part is Part.NAME for word in words[:1])
    return f"the {text}" if is_bare else text


def _topic(words: Sequence[Word]) -> tuple[str, ...]:
    """Return the phrases with a name, or else the longest phrase."""
    phrases = [phrase for phrase in noun_phrases(words) if phrase.sort is not Sort.TIME]
    named = [phrase for phrase in phrases if _has_name(words[phrase.first : phrase.last])]
    chosen = named or sorted(phrases, key=lambda phrase: phrase.first - phrase.extended)[:1]
    spans: list[tuple[int, int]] = []
    for phrase in chosen:
        if not spans or phrase.first >= spans[-1][1]:
            spans.append((phrase.first, phrase.extended))
    return tuple(definite(words[first:last]) for first, last in spans)


def _of_answer(answer: str | None, kind: QuestionKind) -> Iterator[Mention]:
    """Yield what an answer names, if it is short."""
    text = _trimmed(answer)
    words = words_of(text) if text is not None else []
    if text is None or not 0 < len(words) <= MAX_MENTION_WORDS or any(word.part is Part.AUXILIARY for word in words):
        return
    phrases = noun_phrases(words)
    sort = phrases[-1].sort if phrases else Sort.THING
    if kind is QuestionKind.WHO:
        sort = Sort.GROUP if sort is Sort.GROUP else Sort.PERSON
    elif kind is QuestionKind.WHERE:
        sort = Sort.PLACE
    elif kind is QuestionKind.WHEN:
        sort = Sort.TIME
    elif kind not in {QuestionKind.WHAT, QuestionKind.WHICH}:
        return
    yield Mention(text, sort, _has_name(words))


def _of_question(words: Sequence[Word]) -> Iterator[Mention]:
    """Yield what a question names: what it asks for, told by what it says of it, after the rest."""
    first, last = asking_span(words)
    for phrase in noun_phrases(words):
        if last <= phrase.first or phrase.last <= first:
            yield _mention(words, phrase)
    if first == last:
        return
    asked, rest = words[first:last], words[last:]
    while rest and rest[0].lower in lexicon.BE | lexicon.HAVE and len(rest) > 1:
        rest = rest[1:]
    nouns = [word for word in asked if word.part in {Part.NOUN, Part.NAME}]
    is_subject = bool(rest) and rest[0].part is Part.VERB
    if asked[-1].lower == "who" and is_subject:
        yield Mention(f"the person who {text_of(words[last:])}", Sort.PERSON, _has_name(rest))
    elif nouns and asked[-1] is nouns[-1]:
        sort = Sort.GROUP if is_plural(nouns[-1].text) else Sort.THING
        told = f" who {text_of(words[last:])}" if is_subject else ""
        yield Mention(f"the {text_of(nouns)}{told}", sort, _has_name(rest) and is_subject)


def _mention(words: Sequence[Word], phrase: Phrase) -> Mention:
    inside = words[phrase.first : phrase.extended]
    return Mention(definite(inside), phrase.sort, _has_name(inside))


def _has_name(words: Sequence[Word]) -> bool:
    return any(word.part is Part.NAME for word in words)


def _trimmed(answer: str | None) -> str | None:
    """Return an answer without what stands before and after the name in it."""
    if answer is None:
        return None
    words = words_of(" ".join(answer.split())[:300])
    while words and words[0].part in {Part.PREPOSITION, Part.MARK, Part.LINK}:
        words.pop(0)
    comma = next((at for at, word in enumerate(words) if word.text in {",", ";", "("}), len(words))
    return text_of(words[:comma]) or None
