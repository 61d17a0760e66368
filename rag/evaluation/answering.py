"""What a question set says of the whole chain: answers, refusals, articles found, citations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from rag.evaluation.asking import AskedQuestion
from rag.evaluation.metrics import Interval, bootstrap_interval
from rag.evaluation.retrieval import ndcg, rank_of, recall, reciprocal_rank

__all__ = ["AnsweringFigures", "figures_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweringFigures:
    """Means in [0, 1] with their 95 % intervals, NaN where there is nothing to judge; docs/evaluation.md defines each.

    Attributes:
        exact_match: Over all questions, as SQuAD 2 has it: nothing is the right answer to what the articles do not say.
        f1: Token F1, likewise.
        has_answer_exact: Over questions that the articles answer; an abstention counts 0.
        has_answer_f1: Likewise.
        no_answer: Of the questions that the articles do not answer, the share abstained on.
        precision: Of the quotations shown, the share that is right.
        refusal_precision: Of the abstentions, the share on questions that the articles do not answer.
        refusal_recall: The same as ``no_answer``, by its other name.
        recall_at_1: Of the answerable questions, the share with an answering article first.
        recall_at_3: Among the first three articles.
        recall_at_5: Among the first five.
        recall_read: Among all that were read.
        mrr: Mean reciprocal rank of the first answering article.
        ndcg: Normalised discounted cumulated gain, duplicates counted once.
        citation_exactness: Of the answers shown, the share in which everything quoted is verbatim; must be 1.
    """

    questions: int
    answered_rightly: int
    answered_wrongly: int
    abstained_rightly: int
    abstained_wrongly: int
    exact_match: Interval
    f1: Interval
    has_answer_exact: Interval
    has_answer_f1: Interval
    no_answer: Interval
    precision: Interval
    refusal_precision: Interval
    refusal_recall: Interval
    recall_at_1: Interval
    recall_at_3: Interval
    recall_at_5: Interval
    recall_read: Interval
    mrr: Interval
    ndcg: Interval
    citation_exactness: Interval


def figures_of(asked: Sequence[AskedQuestion]) -> AnsweringFigures:
    """Return the figures of any number of questions."""
    answerable = [one for one in asked if one.expected.is_answerable]
    unanswerable = [one for one in asked if not one.expected.is_answerable]
    shown = [one for one in asked if one.is_answered]
    refused = [one for one in asked if not one.is_answered]
    ranks = [rank_of((read.source for read in one.passages), one.expected.answering_articles) for one in answerable]
    no_answer = _mean(not one.is_answered for one in unanswerable)
    return AnsweringFigures(
        questions=len(asked),
        answered_rightly=sum(one.is_right for one in shown),
        answered_wrongly=sum(not one.is_right for one in shown),
        abstained_rightly=sum(not one.expected.is_answerable for one in refused),
        abstained_wrongly=sum(one.expected.is_answerable for one in refused),
        exact_match=_mean(one.exact for one in asked),
        f1=_mean(one.f1 for one in asked),
        has_answer_exact=_mean(one.exact for one in answerable),
        has_answer_f1=_mean(one.f1 for one in answerable),
        no_answer=no_answer,
        precision=_mean(one.is_right for one in shown),
        refusal_precision=_mean(not one.expected.is_answerable for one in refused),
        refusal_recall=no_answer,
        recall_at_1=_mean(recall(rank, k=1) for rank in ranks),
        recall_at_3=_mean(recall(rank, k=3) for rank in ranks),
        recall_at_5=_mean(recall(rank, k=5) for rank in ranks),
        recall_read=_mean(float(rank is not None) for rank in ranks),
        mrr=_mean(map(reciprocal_rank, ranks)),
        ndcg=_mean(map(ndcg, ranks)),
        citation_exactness=_mean(one.is_verbatim for one in shown),
    )


def _mean(values: Iterable[float]) -> Interval:
    return bootstrap_interval(np.fromiter(values, dtype=np.float64))
