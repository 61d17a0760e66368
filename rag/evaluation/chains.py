"""Measures stories that were revised: ``python -m rag.evaluation.chains --articles PATH… --chains FILE``."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import Path

from rag.answers import Answer, Relation
from rag.articles import ArticleFilter
from rag.assistant import AskOptions, Assistant
from rag.errors import PullquoteError
from rag.evaluation.chain_sets import ChainQuestion, ChainValue, load_chains
from rag.evaluation.libraries import assistant_over
from rag.values.sameness import is_same_value

__all__ = ["ChainFigures", "ChainOutcome", "evaluate_chains", "figures_of_chains", "main"]


@dataclass(frozen=True, slots=True)
class ChainOutcome:
    """What came of one question about a revised value: asked now, and as of the day of each value."""

    expected: ChainQuestion
    answer: Answer
    as_of: tuple[Answer, ...]
    sources: dict[int, str]

    @property
    def is_current_first(self) -> bool:
        """Whether the value that holds now is the quotation."""
        return _gives(self.answer, self.expected.values[-1])

    @property
    def earlier(self) -> list[int | None]:
        """The values that are shown as earlier, in the order shown, by their number in the chain; None for no value."""
        shown = [other for other in self.answer.also_reported if other.relation is Relation.EARLIER]
        return [self.expected.number_of(other.text) for other in shown]

    @property
    def is_history_whole(self) -> bool:
        """Whether every earlier value is shown as such, latest first, and nothing else."""
        return self.is_current_first and self.earlier == list(range(len(self.expected.values) - 2, -1, -1))

    @property
    def is_history_in_order(self) -> bool:
        """Whether what is shown as earlier is of the chain, each value once, latest first."""
        found = [number for number in self.earlier if number is not None]
        return len(found) == len(self.earlier) and all(left > right for left, right in pairwise(found))

    @property
    def are_days_right(self) -> list[bool]:
        """Whether the value of its day was quoted, for each value."""
        return [_gives(answer, value) for answer, value in zip(self.as_of, self.expected.values, strict=True)]

    @property
    def is_one_source(self) -> bool:
        """Whether what stands in copies of one story is quoted as said by one source."""
        quotation = self.answer.quotation
        return quotation is not None and quotation.sources == 1

    def step_lost(self) -> str:
        """Name the step at which the current value was lost."""
        current = self.expected.values[-1]
        if self.is_current_first:
            return "right"
        if not any(self.sources[hit.article_id] == current.article for hit in self.answer.trace.hits):
            return "not retrieved"
        if self.answer.quotation is None:
            return "nothing confident"
        if any(is_same_value(other.text, one) for other in self.answer.also_reported for one in current.answers):
            return "ordered wrongly"
        return "not read, or not confident"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainFigures:
    """What a set of revised values says of the assistant; all in [0, 1].

    Attributes:
        current_first: The share of questions whose current value is the quotation.
        history_whole: The share that also shows every earlier value, latest first.
        history_in_order: Of the questions that show earlier values, the share that shows them in the right order.
        value_of_the_day: Over all values: asked as of the day of its article, it is the quotation.
        copies_are_one: Of the questions whose current value stands in copies of one story, the share with one source.
    """

    questions: int
    current_first: float
    history_whole: float
    history_in_order: float
    value_of_the_day: float
    copies_are_one: float


def evaluate_chains(
    assistant: Assistant, questions: Iterable[ChainQuestion], sources: dict[int, str]
) -> list[ChainOutcome]:
    """Ask every question on the day of its last value, and as of the day of each."""
    return [
        ChainOutcome(
            expected=expected,
            answer=assistant.answer(expected.question, AskOptions(clock=expected.values[-1].published)),
            as_of=tuple(_answer_as_of(assistant, expected.question, value) for value in expected.values),
            sources=sources,
        )
        for expected in questions
    ]


def figures_of_chains(outcomes: Sequence[ChainOutcome]) -> ChainFigures:
    """Return the figures of a run."""
    return ChainFigures(
        questions=len(outcomes),
        current_first=_mean(outcome.is_current_first for outcome in outcomes),
        history_whole=_mean(outcome.is_history_whole for outcome in outcomes),
        history_in_order=_mean(outcome.is_history_in_order for outcome in outcomes if outcome.earlier),
        value_of_the_day=_mean(right for outcome in outcomes for right in outcome.are_days_right),
        copies_are_one=_mean(outcome.is_one_source for outcome in outcomes if outcome.expected.copies),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Build a library of the articles, ask every question, and print the figures and where answers are lost."""
    parser = argparse.ArgumentParser(prog="python -m rag.evaluation.chains", description="Measure revised values.")
    parser.add_argument("--articles", type=Path, nargs="+", required=True, metavar="PATH")
    parser.add_argument("--chains", type=Path, required=True, metavar="FILE")
    parser.add_argument("--each", action="store_true", help="show each question with what was answered")
    options = parser.parse_args(arguments)
    try:
        questions = load_chains(options.chains)
        with assistant_over(options.articles) as (assistant, library):
            sources = {summary.id: summary.source for summary in library.articles()}
            outcomes = evaluate_chains(assistant, questions, sources)
    except PullquoteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.writelines(f"{line}\n" for line in _report(outcomes))
    if options.each:
        sys.stdout.writelines(f"{line}\n" for outcome in outcomes for line in _described(outcome))
    return 0


def _report(outcomes: Sequence[ChainOutcome]) -> Iterator[str]:
    figures = figures_of_chains(outcomes)
    for field in fields(ChainFigures):
        value = getattr(figures, field.name)
        yield f"{field.name:<18}{value:>8}" if field.name == "questions" else f"{field.name:<18}{value:>8.3f}"
    for step, count in Counter(outcome.step_lost() for outcome in outcomes).most_common():
        yield f"current value {step}: {count}"


def _described(outcome: ChainOutcome) -> Iterator[str]:
    answer = outcome.answer
    chain = " → ".join(value.answers[0] for value in outcome.expected.values)
    yield f"{outcome.expected.id}: {outcome.expected.question} ({chain}): {outcome.step_lost()}"
    for quotation in (answer.quotation, *answer.also_reported):
        if quotation is not None:
            place = f"{quotation.citation.source}, {quotation.citation.published}"
            yield f"  {quotation.relation} {quotation.text!r} {quotation.confidence:.2f} x{quotation.sources} ({place})"
    shown = [one.quotation.text if one.quotation is not None else "-" for one in outcome.as_of]
    yield f"  by day: {' | '.join(shown)}"


def _answer_as_of(assistant: Assistant, question: str, value: ChainValue) -> Answer:
    return assistant.answer(
        question, AskOptions(article_filter=ArticleFilter(until=value.published), clock=value.published)
    )


def _gives(answer: Answer, value: ChainValue) -> bool:
    quotation = answer.quotation
    return quotation is not None and value.is_given_by(quotation.text)


def _mean(values: Iterable[float]) -> float:
    """Return the mean, 0 of nothing."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


if __name__ == "__main__":
    sys.exit(main())
