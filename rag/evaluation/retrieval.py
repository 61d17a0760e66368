"""How well the right article is found. All that give the answer are copies of one another here, and count as one.

Passages are judged by their article, and each article by its best passage, so a ranking of passages becomes one of
articles. With a single thing to be found, recall is whether it stands among the first k, its reciprocal rank is
1 / rank, and nDCG is 1 / log2(rank + 1): the ideal ranking, which it is divided by, has a gain of 1.

Source: Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", TOIS 2002; Voorhees, "The TREC-8
question answering track report", 1999.
"""

import math
from collections.abc import Collection, Iterable

__all__ = ["ndcg", "rank_of", "recall", "reciprocal_rank"]


def rank_of(found: Iterable[str], wanted: Collection[str]) -> int | None:
    """Return the rank of the first wanted source among the different ones found, from 1; None where there is none.

    Args:
        found: Sources of the passages, best first; of a source that comes again, only the first counts.
        wanted: Sources that answer.
    """
    return next((rank for rank, source in enumerate(dict.fromkeys(found), start=1) if source in wanted), None)


def recall(rank: int | None, *, k: int) -> float:
    """Return 1.0 where the rank is within the first k."""
    return float(rank is not None and rank <= k)


def reciprocal_rank(rank: int | None) -> float:
    """Return one over the rank, 0 where nothing was found."""
    return 1.0 / rank if rank is not None else 0.0


def ndcg(rank: int | None) -> float:
    """Return the normalised discounted cumulated gain, 0 where nothing was found."""
    return 1.0 / math.log2(rank + 1) if rank is not None else 0.0
