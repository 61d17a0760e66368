"""One evaluation: question sets, read and checked, then asked one by one through the product's own assistant."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rag.assistant import Assistant
from rag.errors import DataError, QuestionError
from rag.evaluation.asking import AskedQuestion, ask_question, history_of
from rag.evaluation.conditions import Conditions, conditions_of, differences
from rag.evaluation.libraries import built_library, opened_assistant
from rag.evaluation.question_sets import Fault, PlacedQuestion, read_question_set
from rag.evaluation.report import Report, load_report, now, save_report
from rag.evaluation.validation import TextsOf, sound_questions
from rag.protocols import Library
from rag.settings import Settings, load_settings

__all__ = ["Evaluation", "open_evaluation"]

SAVE_EVERY_S = 30.0
SAVING_SHARE = 0.05
"""The report is saved when so many seconds have passed, and when saving takes no more than this share of the time."""


@dataclass(slots=True)
class _Saves:
    """When a report was last saved, and how long that took; a report grows, and so does the work of saving it."""

    last_s: float = field(default_factory=time.monotonic)
    took_s: float = 0.0

    def save_in_time(self, save: Callable[[], None]) -> None:
        """Save where the last time was long enough ago."""
        began_s = time.monotonic()
        if began_s - self.last_s >= max(SAVE_EVERY_S, self.took_s / SAVING_SHARE):
            save()
            self.last_s = time.monotonic()
            self.took_s = self.last_s - began_s


class Evaluation:
    """Questions on their way to a report."""

    def __init__(
        self,
        assistant: Assistant,
        library: Library,
        *,
        conditions: Conditions,
        questions: Sequence[PlacedQuestion],
        faults: Sequence[Fault],
        out: Path | None,
    ) -> None:
        self._assistant = assistant
        self._library = library
        self._conditions = conditions
        self._questions = {one.expected.id: one for one in questions}
        self.faults = list(faults)
        self._out = out
        self.asked = {one.expected.id: one for one in self._done_before()}

    @property
    def total(self) -> int:
        """How many questions there are to ask."""
        return len(self._questions)

    def run(self) -> Iterator[AskedQuestion]:
        """Ask what was not asked before, one question a step; what is found is saved to ``out`` on the way."""
        self.save()
        self._assistant.warm_up()
        saves = _Saves()
        for placed in [one for id_, one in self._questions.items() if id_ not in self.asked]:
            follows = placed.expected.follows
            if follows is not None and follows not in self.asked:
                self._leave_out(placed, f"follows {follows}, which was left out")
                continue
            history = history_of(placed.expected, self.asked)
            try:
                asked = ask_question(self._assistant, self._library, placed, history=history)
            except QuestionError as error:
                self._leave_out(placed, f"cannot be asked: {error.message}")
                continue
            self.asked[placed.expected.id] = asked
            yield asked
            saves.save_in_time(self.save)

    def report(self) -> Report:
        """Return what was found so far."""
        return Report(
            made=now(),
            conditions=self._conditions,
            total=self.total,
            faults=tuple(self.faults),
            asked=tuple(self.asked[id_] for id_ in self._questions if id_ in self.asked),
        )

    def save(self) -> None:
        """Write what was found so far to ``out``, where one is given."""
        if self._out is not None:
            save_report(self.report(), self._out)

    def _leave_out(self, placed: PlacedQuestion, reason: str) -> None:
        del self._questions[placed.expected.id]
        self.faults.append(Fault(placed.place, f"{placed.expected.id} {reason}"))

    def _done_before(self) -> Sequence[AskedQuestion]:
        """Return what a report that stands at ``out`` holds already.

        Raises:
            DataError: It is of other conditions, so that its answers may be others.
        """
        if self._out is None or not self._out.exists():
            return ()
        before = load_report(self._out)
        changed = differences(before.conditions, self._conditions)
        if changed:
            message = f"The report {self._out} was made under other conditions ({', '.join(changed)})."
            raise DataError(message, "Name another file, or remove that one.")
        return before.asked


@contextmanager
def open_evaluation(
    questions: Sequence[Path], *, directory: Path | None, articles: Sequence[Path] = (), out: Path | None = None
) -> Iterator[Evaluation]:
    """Yield an evaluation of question sets, over articles or over a library that stands.

    Args:
        questions: Files of question sets.
        directory: Of the library; None means that of the settings. Left alone where articles are given.
        articles: Files and folders of which a library is built for this evaluation.
        out: Where the report is kept; questions that it holds already are not asked again.

    Raises:
        DataError: A set cannot be read, no question can be asked, or ``out`` is of other conditions.
        LibraryError: The library cannot be opened.
        ModelError: A model cannot be loaded.
        SettingsError: A setting is wrong.
    """
    if articles:
        with built_library(articles) as (settings, refused):
            faults = [Fault(one.source, one.reason) for one in refused]
            with _opened(settings, questions, faults=faults, out=out) as evaluation:
                yield evaluation
    else:
        with _opened(load_settings(library=directory), questions, faults=[], out=out) as evaluation:
            yield evaluation


@contextmanager
def _opened(
    settings: Settings, paths: Sequence[Path], *, faults: list[Fault], out: Path | None
) -> Iterator[Evaluation]:
    placed: list[PlacedQuestion] = []
    for path in paths:
        questions, malformed = read_question_set(path)
        placed += questions
        faults += malformed
    with opened_assistant(settings) as (assistant, library):
        sound, unsound = sound_questions(placed, texts_in(library))
        faults += unsound
        if not sound:
            told = f"the first fault is {faults[0]}" if faults else "the sets are empty"
            raise DataError(f"There is no question to ask: {told}.", "Write it as docs/questions.md shows.")
        yield Evaluation(
            assistant,
            library,
            conditions=conditions_of(settings, library, paths),
            questions=sound,
            faults=faults,
            out=out,
        )


def texts_in(library: Library) -> TextsOf:
    """Return what gives the texts of the articles of a source, read when first asked for."""
    ids: dict[str, list[int]] = defaultdict(list)
    for summary in library.articles():
        ids[summary.source].append(summary.id)
    texts: dict[str, list[str]] = {}

    def texts_of(source: str) -> list[str]:
        if source not in texts:
            texts[source] = [library.article(id_).text for id_ in ids.get(source, ())]
        return texts[source]

    return texts_of
