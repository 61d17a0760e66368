"""Measures follow-ups: ``python -m rag.evaluation.dialogues FILE --articles PATH…``.

Each turn is asked after the turns before it, with what the product itself answered to them, and again in the form in
which a person wrote it to stand alone. What the second gives is the most that the first can be expected to give.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from rag.answers import Answer
from rag.assistant import AskOptions, Assistant
from rag.conversation import PastTurn
from rag.errors import PullquoteError
from rag.evaluation.libraries import assistant_over
from rag.evaluation.metrics import token_f1
from rag.evaluation.question_sets import ExpectedAnswer, load_question_set

__all__ = ["DialogueFigures", "TurnOutcome", "ask_dialogues", "dialogue_figures", "dialogues_of", "main"]

DEVELOPING = 55
"""The rules were developed on the dialogues up to this number; the later ones are held out, but see decision 013."""


@dataclass(frozen=True, slots=True)
class TurnOutcome:
    """One turn: what came of it in its dialogue, and what of its stand-alone form."""

    expected: ExpectedAnswer
    in_dialogue: Answer
    alone: Answer

    @property
    def carries(self) -> bool:
        """Whether something was taken over from earlier turns."""
        return self.in_dialogue.trace.follow_up is not None and self.in_dialogue.trace.follow_up.is_follow_up

    @property
    def is_follow_up(self) -> bool:
        """Whether it needs the turns before it."""
        return self.expected.follows is not None and not self.expected.changes_topic

    def f1(self, answer: Answer) -> float:
        """Return the token F1 of an answer to this turn."""
        return token_f1(answer.quotation.text if answer.quotation is not None else "", self.expected.answers)

    def described(self) -> str:
        """Return one line for a report."""
        scores = f"{self.f1(self.in_dialogue):.2f} of {self.f1(self.alone):.2f}"
        return f"{self.expected.id} {scores}: {self.expected.question} -> {self.in_dialogue.query}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogueFigures:
    """What a set of dialogues says of follow-ups.

    Attributes:
        follow_ups: How many turns need the turns before them and can be answered.
        f1: Mean token F1 of those turns in their dialogues.
        f1_alone: The same of their stand-alone forms.
        share: ``f1`` over ``f1_alone``.
        follow_ups_noticed: Of the turns that need earlier ones, the share to which something was carried over.
        topic_changes: How many turns have nothing to do with those before them.
        wrong_carry_over: Of those, the share to which something was carried over all the same.
    """

    follow_ups: int
    f1: float
    f1_alone: float
    share: float
    follow_ups_noticed: float
    topic_changes: int
    wrong_carry_over: float


def dialogues_of(turns: Iterable[ExpectedAnswer]) -> list[list[ExpectedAnswer]]:
    """Return the turns by dialogue, each in the order in which it is asked; a turn stands after the one it follows."""
    dialogues: list[list[ExpectedAnswer]] = []
    ending_in: dict[str, list[ExpectedAnswer]] = {}
    for turn in turns:
        dialogue = ending_in.pop(turn.follows, []) if turn.follows is not None else []
        if not dialogue:
            dialogues.append(dialogue)
        dialogue.append(turn)
        ending_in[turn.id] = dialogue
    return dialogues


def ask_dialogues(
    assistant: Assistant, dialogues: Iterable[Sequence[ExpectedAnswer]], *, min_confidence: float | None = None
) -> Iterator[TurnOutcome]:
    """Ask every turn after those before it, and alone; the history is what the assistant itself answered.

    Args:
        assistant: Answers both.
        dialogues: Their turns in order.
        min_confidence: For both; 0 forces an answer, None leaves the operating point.
    """
    plain = AskOptions(min_confidence=min_confidence)
    for dialogue in dialogues:
        history: tuple[PastTurn, ...] = ()
        for turn in dialogue:
            answer = assistant.answer(turn.question, AskOptions(min_confidence=min_confidence, history=history))
            same = answer.query == turn.standalone
            yield TurnOutcome(turn, answer, answer if same else assistant.answer(turn.standalone, plain))
            history = (*history, PastTurn.of(turn.question, answer))


def dialogue_figures(outcomes: Sequence[TurnOutcome]) -> DialogueFigures:
    """Return the figures of a run."""
    follow_ups = [outcome for outcome in outcomes if outcome.is_follow_up]
    answerable = [outcome for outcome in follow_ups if outcome.expected.is_answerable]
    changes = [outcome for outcome in outcomes if outcome.expected.changes_topic]
    f1 = _mean([outcome.f1(outcome.in_dialogue) for outcome in answerable])
    f1_alone = _mean([outcome.f1(outcome.alone) for outcome in answerable])
    return DialogueFigures(
        follow_ups=len(answerable),
        f1=f1,
        f1_alone=f1_alone,
        share=f1 / f1_alone if f1_alone else 0.0,
        follow_ups_noticed=_mean([outcome.carries for outcome in follow_ups]),
        topic_changes=len(changes),
        wrong_carry_over=_mean([outcome.carries for outcome in changes]),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Build a library of the articles, hold every dialogue with it, and print figures of each half."""
    parser = argparse.ArgumentParser(prog="python -m rag.evaluation.dialogues", description="Measure follow-ups.")
    parser.add_argument("dialogues", type=Path, metavar="FILE")
    parser.add_argument("--articles", type=Path, nargs="+", default=[Path("tests/library")], metavar="PATH")
    parser.add_argument("--developing", action="store_true", help="only the dialogues that rules may be made from")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--lost", action="store_true", help="list developing turns that answer worse than alone")
    options = parser.parse_args(arguments)
    try:
        dialogues = dialogues_of(load_question_set(options.dialogues))
        halves = {"developing": [one for one in dialogues if _number(one[0]) <= DEVELOPING]}
        if not options.developing:
            halves["held out"] = [one for one in dialogues if _number(one[0]) > DEVELOPING]
        outcomes = _asked(halves, options.articles)
    except PullquoteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    figures = {name: dialogue_figures(turns) for name, turns in outcomes.items()}
    lines = [json.dumps({name: asdict(one) for name, one in figures.items()}, indent=2)]
    sys.stdout.writelines(f"{line}\n" for line in (lines if options.json else _table(figures)))
    if options.lost:
        developing = outcomes["developing, forced"]
        sys.stdout.writelines(
            f"{one.described()}\n" for one in developing if one.f1(one.in_dialogue) < one.f1(one.alone)
        )
    return 0


def _asked(halves: dict[str, list[list[ExpectedAnswer]]], articles: Sequence[Path]) -> dict[str, list[TurnOutcome]]:
    """Return the outcomes of each half, forced to answer and at the operating point."""
    with assistant_over(articles) as (assistant, _):
        return {
            f"{name}, {told}": list(ask_dialogues(assistant, half, min_confidence=minimum))
            for name, half in halves.items()
            for told, minimum in (("forced", 0.0), ("shown", None))
        }


def _number(turn: ExpectedAnswer) -> int:
    """Return the number of a dialogue from the id of one of its turns, as in ``dlg-017-2``."""
    digits = turn.id.split("-")[1] if turn.id.count("-") else ""
    return int(digits) if digits.isdecimal() else 0


def _table(figures: dict[str, DialogueFigures]) -> Iterator[str]:
    names = [field.name for field in fields(DialogueFigures)]
    width = max(map(len, names))
    yield " " * width + "".join(f"{name:>20}" for name in figures)
    for name in names:
        values = [getattr(one, name) for one in figures.values()]
        yield f"{name:<{width}}" + "".join(
            f"{value:>20.3f}" if isinstance(value, float) else f"{value:>20}" for value in values
        )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


if __name__ == "__main__":
    sys.exit(main())
