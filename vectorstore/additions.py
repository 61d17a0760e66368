"""What must hold for an addition before anything of it is stored."""

import numpy as np

from vectorstore.articles import Addition

__all__ = ["check_addition"]


def check_addition(addition: Addition, *, dimension: int) -> None:
    """Pass an addition that every library can store.

    Raises:
        ValueError: A passage reaches outside its text or is empty, vectors do not fit passages or dimension or are
            not finite float32, or a string is not valid Unicode (a lone surrogate).
    """
    article = addition.article
    for string in (article.origin, article.source, article.title, article.text):
        string.encode()
    for optional in (article.url, article.published, article.language):
        if optional is not None:
            optional.encode()
    for passage in addition.passages:
        if not 0 <= passage.start < passage.end <= len(article.text):
            raise ValueError(
                f"passage [{passage.start}, {passage.end}) reaches outside a text of {len(article.text)} characters"
            )
    expected = (len(addition.passages), dimension)
    if addition.vectors.shape != expected or addition.vectors.dtype != np.float32:
        raise ValueError(f"vectors are {addition.vectors.dtype} {addition.vectors.shape}, not float32 {expected}")
    if not np.isfinite(addition.vectors).all():
        raise ValueError("vectors hold a number that is not finite")
