"""Questions that a passage no longer answers since one name or number in them was swapped for another of its topic.

Source: Rajpurkar, Jia and Liang, "Know What You Don't Know: Unanswerable Questions for SQuAD", ACL 2018, section 3,
where a swapped entity or number is the commonest kind of unanswerable question that people write.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from random import Random

from rag.evaluation.squad_data import Context

__all__ = ["swapped_questions"]

_NAME = re.compile(r"(?<=[a-z,] )(?:[A-Z][\w'-]+)(?: (?:of |the |de )?[A-Z][\w'-]+)*")
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,.]*\b")


def swapped_questions(
    contexts: Iterable[Context], random: Random, *, shares: Mapping[str, float]
) -> Iterator[tuple[Context, str]]:
    """Yield a share of each source's answerable questions, one name or number swapped for one of the article's others.

    One that names neither, or whose article's questions name nothing else of the kind, is passed over.
    """
    by_article: dict[tuple[str, str], list[Context]] = defaultdict(list)
    for context in contexts:
        by_article[context.source, context.title].append(context)
    for parts in by_article.values():
        asked = [question.text for context in parts for question in context.questions]
        known = {kind: sorted({one for text in asked for one in kind.findall(text)}) for kind in (_NAME, _NUMBER)}
        for context in parts:
            for question in context.questions:
                if question.answers and random.random() < shares.get(context.source, 0.0):
                    swapped = _swapped(question.text, known, random)
                    if swapped is not None:
                        yield context, swapped


def _swapped(question: str, known: dict[re.Pattern[str], list[str]], random: Random) -> str | None:
    """Return the question with one of its names or numbers swapped, never for one that it holds already."""
    places = [(kind, found) for kind in known for found in kind.finditer(question)]
    if not places:
        return None
    kind, found = random.choice(places)
    others = [one for one in known[kind] if one not in question and found.group() not in one]
    if not others:
        return None
    return question[: found.start()] + random.choice(others) + question[found.end() :]
