"""Small articles whose vectors and scores can be told in one's head, for tests of libraries."""

import hashlib
from itertools import pairwise, product

import numpy as np

from vectorstore.articles import Addition, Article, DateCertainty, DateOrigin, Passage, Vectors
from vectorstore.manifest import EmbedderIdentity

__all__ = ["TINY_EMBEDDER", "make_addition", "tiny_vector"]

TINY_EMBEDDER = EmbedderIdentity(name="tiny", sha256="0" * 64, dimension=4)

_DIRECTIONS = np.array(list(product((-0.5, 0.5), repeat=4)), dtype=np.float32)


def tiny_vector(text: str) -> Vectors:
    """Return one of 16 vectors of unit length, shape (4,), that depends on the text alone.

    Its inner products with others are 0, ±0.5 or ±1 exactly, so that ties are frequent and no rounding hides.
    """
    direction: Vectors = _DIRECTIONS[hashlib.sha256(text.encode()).digest()[0] % len(_DIRECTIONS)]
    return direction.copy()


def make_addition(
    text: str,
    *,
    source: str = "a.txt",
    origin: str | None = None,
    title: str = "",
    url: str | None = None,
    published: str | None = None,
    published_origin: DateOrigin | None = None,
    published_certainty: DateCertainty | None = None,
    language: str | None = None,
) -> Addition:
    """Return an article with one passage for every line that is not empty.

    Args:
        text: The whole text.
        source: As of ``Article``.
        origin: As of ``Article``; ``/news/`` and the source where not given.
        title: As of ``Article``.
        url: As of ``Article``.
        published: As of ``Article``.
        published_origin: As of ``Article``.
        published_certainty: As of ``Article``.
        language: As of ``Article``.
    """
    article = Article(
        origin=f"/news/{source}" if origin is None else origin,
        source=source,
        title=title,
        text=text,
        url=url,
        published=published,
        published_origin=published_origin,
        published_certainty=published_certainty,
        language=language,
    )
    breaks = [-1, *(at for at, character in enumerate(text) if character == "\n"), len(text)]
    passages = tuple(Passage(start=before + 1, end=at) for before, at in pairwise(breaks) if before + 1 < at)
    vectors = [tiny_vector(text[passage.start : passage.end]) for passage in passages]
    return Addition(
        article=article,
        passages=passages,
        vectors=np.array(vectors, dtype=np.float32).reshape(len(passages), TINY_EMBEDDER.dimension),
    )
