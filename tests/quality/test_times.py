"""How well times are resolved, on hand-written cases: most exactly, and none told wrongly."""

import json
from pathlib import Path
from typing import Any

import pytest

from rag.answers import ResolvedTime
from rag.times.resolving import resolve_span

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "questions" / "times.jsonl").read_text(encoding="utf-8").splitlines()
]


def resolved(case: dict[str, Any]) -> ResolvedTime | None:
    start = case["text"].index(case["expression"])
    return resolve_span(case["text"], start, start + len(case["expression"]), published=case["published"])


def days(found: ResolvedTime | None) -> tuple[str | None, str | None]:
    return (found.start, found.end) if found is not None else (None, None)


def is_exact(case: dict[str, Any]) -> bool:
    found = resolved(case)
    if days(found) != (case["start"], case["end"]):
        return False
    return case["value"] is None or (found is not None and (found.kind, found.value) == (case["kind"], case["value"]))


def test_there_are_enough_cases_and_each_names_its_expression() -> None:
    assert len(CASES) >= 150
    assert all(case["expression"] in case["text"] for case in CASES)


def test_nearly_all_cases_are_exact() -> None:
    missed = [case["id"] for case in CASES if not is_exact(case)]
    assert len(missed) <= 0.02 * len(CASES), missed


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_no_day_is_told_wrongly(case: dict[str, Any]) -> None:
    assert days(resolved(case)) in {(case["start"], case["end"]), (None, None)}
