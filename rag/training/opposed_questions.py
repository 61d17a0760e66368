"""Questions that a passage no longer answers since one word was turned into its opposite.

Source: Rajpurkar, Jia and Liang, "Know What You Don't Know: Unanswerable Questions for SQuAD", ACL 2018, section 3:
an antonym or a negation makes a third of the unanswerable questions that people write. The pairs are our own list.
"""

import re
from collections.abc import Iterable, Iterator
from random import Random

from rag.evaluation.squad_data import Context

__all__ = ["opposed_questions"]

_PAIRS = """
after before|always never|ancient modern|accept reject|accepted rejected|agreed refused|allies enemies|allow forbid
allowed forbidden|approved rejected|arrive leave|arrived left|best worst|better worse|biggest smallest|birth death
born killed|bought sold|built destroyed|buy sell|cause prevent|caused prevented|cold hot|common rare|created abolished
day night|decrease increase|decreased increased|decline growth|defended attacked|deepest shallowest|died survived
different same|early late|earlier later|earliest latest|east west|eastern western|easy difficult|enter leave
entered left|expensive cheap|failed succeeded|fast slow|faster slower|fewer more|fewest most|first last|gained lost
greater smaller|greatest least|grew shrank|heavy light|helped hindered|high low|higher lower|highest lowest
increase reduce|increased reduced|inside outside|internal external|joined left|largest smallest|least most|less more
long short|longer shorter|longest shortest|lose win|lost won|lowered raised|major minor|majority minority|male female
maximum minimum|men women|newest oldest|northern southern|north south|opened closed|open closed|oppose support
opposed supported|permanent temporary|positive negative|private public|rich poor|richest poorest|rise fall|rose fell
rural urban|safe dangerous|similar different|single multiple|start end|started ended|strengthened weakened
strong weak|strongest weakest|successful unsuccessful|upper lower|victory defeat|weaker stronger|young old|younger older
"""

_OPPOSITES: dict[str, list[str]] = {}
for _pair in re.split(r"[|\n]", _PAIRS.strip()):
    _one, _other = _pair.split()
    _OPPOSITES.setdefault(_one, []).append(_other)
    _OPPOSITES.setdefault(_other, []).append(_one)

_WORD = re.compile(r"[a-z]+")
_SUBJECT = r"(?: (?:[A-Z][\w'-]+|they|he|she|it|the \w+))?"
_VERB = re.compile(rf"\b(?:did|does|do|is|are|was|were|can|could|has|have|had|would|will)\b{_SUBJECT}")


def opposed_questions(contexts: Iterable[Context], random: Random, *, share: float) -> Iterator[tuple[Context, str]]:
    """Yield a share of the answerable questions with one word turned into its opposite, or else denied.

    An opposite that stands in the context is not used: the context may well answer that question.
    """
    for context in contexts:
        known = set(_WORD.findall(context.text.lower()))
        for question in context.questions:
            if question.answers and random.random() < share:
                opposed = _with_opposite(question.text, known, random) or _denied(question.text, random)
                if opposed is not None:
                    yield context, opposed


def _with_opposite(question: str, known: set[str], random: Random) -> str | None:
    places = [
        (found, other)
        for found in _WORD.finditer(question)
        for other in _OPPOSITES.get(found.group(), ())
        if other not in known
    ]
    if not places:
        return None
    found, other = random.choice(places)
    return question[: found.start()] + other + question[found.end() :]


def _denied(question: str, random: Random) -> str | None:
    """Return a third of the questions that have a helping verb with a "not" or "never" behind it and its subject."""
    found = _VERB.search(question)
    if found is None or random.random() > 1 / 3:
        return None
    return f"{question[: found.end()]} {random.choice(['not', 'never'])}{question[found.end() :]}"
