"""The report of an evaluation as a file: one JSON object, whole or partial, from which an evaluation goes on."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from rag.errors import DataError
from rag.evaluation.asking import AskedQuestion
from rag.evaluation.conditions import Conditions
from rag.evaluation.question_sets import Fault
from rag.evaluation.summary import Summary, summary_of

__all__ = ["Report", "load_report", "now", "save_report"]

FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an evaluation found.

    Attributes:
        made: When, ISO 8601, UTC.
        total: How many questions there are to ask; fewer were asked where the report is partial.
        faults: What was left out.
    """

    made: str
    conditions: Conditions
    total: int
    faults: tuple[Fault, ...]
    asked: tuple[AskedQuestion, ...]

    @property
    def is_partial(self) -> bool:
        """Whether questions are still to be asked."""
        return len(self.asked) < self.total

    def as_json(self) -> dict[str, Any]:
        """Return one object for ``json.dumps``: a passage that was read often is written once, NaN becomes null."""
        passages: dict[str, str] = {}
        whole = _REPORT.dump_python(self, mode="json")
        for asked in whole["asked"]:
            for passage in asked["passages"]:
                passages[_place(passage)] = passage.pop("text")
        return {
            "format_version": FORMAT_VERSION,
            "is_partial": self.is_partial,
            "figures": json.loads(_SUMMARY.dump_json(summary_of(self.asked))) if self.asked else None,
            **whole,
            "passages": passages,
        }


_REPORT = TypeAdapter(Report)
_SUMMARY = TypeAdapter(Summary)


def now() -> str:
    """Return the time in the form of a report."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def save_report(report: Report, path: Path) -> None:
    """Write a report in place of what was there, in one step.

    Raises:
        DataError: It cannot be written.
    """
    half = path.with_name(path.name + ".half")
    try:
        half.write_text(json.dumps(report.as_json()), encoding="utf-8")
        half.replace(path)
    except OSError as error:
        message = f"The report {path} cannot be written: {error.strerror}."
        raise DataError(message, "Name a file in a folder that you may write to.") from error


def load_report(path: Path) -> Report:
    """Read a report.

    Raises:
        DataError: It is missing or no report of this format.
    """
    try:
        record = json.loads(path.read_bytes())
        if record["format_version"] != FORMAT_VERSION:
            raise ValueError("another format")
        for asked in record["asked"]:
            for passage in asked["passages"]:
                passage["text"] = record["passages"][_place(passage)]
        fields = {name: record[name] for name in Report.__dataclass_fields__}
        return _REPORT.validate_python(fields)
    except OSError as error:
        message = f"The report {path} cannot be read: {error.strerror}."
        raise DataError(message, "Make one with `pullquote eval QUESTIONS --out FILE`.") from error
    except (ValueError, KeyError, TypeError, RecursionError, ValidationError) as error:
        message = f"{path} is no report of this version of Pullquote."
        raise DataError(message, "Make one with `pullquote eval QUESTIONS --out FILE`.") from error


def _place(passage: dict[str, Any]) -> str:
    return f"{passage['article_id']}:{passage['start']}:{passage['end']}"
