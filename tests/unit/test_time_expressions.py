"""Finding time expressions, and telling the direction of a sentence."""

import time

import pytest

from rag.times.direction import direction_around
from rag.times.expressions import time_expressions
from rag.times.readings import Direction
from rag.times.signs import may_hold_time


def found(text: str, **options: bool) -> list[str]:
    return [text[one.start : one.end] for one in time_expressions(text, **options)]


@pytest.mark.parametrize(
    ("text", "expressions"),
    [
        ("The truce ends on Sunday, February 1st.", ["Sunday, February 1st"]),
        ("It may march on; the sun sat low in May.", ["May"]),
        ("A five-year low after three weeks", ["five-year", "three weeks"]),
        ("in three weeks, within two days", ["three weeks", "two days"]),
        ("It cost $1990 and 1,990 men in 1990.", ["1990"]),
        ("late on Thursday and last night", ["late on Thursday", "last night"]),
        ("the third quarter of 1984, Q1 2027", ["the third quarter of 1984", "Q1 2027"]),
        ("no time at all", []),
        ("", []),
    ],
)
def test_expressions_are_found_with_their_bounds(text: str, expressions: list[str]) -> None:
    assert found(text) == expressions


def test_ranges_are_joined_only_when_asked_for() -> None:
    text = "The fair runs from 3 May to 7 May."
    assert found(text) == ["3 May", "7 May"]
    assert found(text, joins_ranges=True) == ["from 3 May to 7 May"]


@pytest.mark.parametrize(
    "text", ["9 " * 8_000, "May " * 4_000, "the last " * 2_000, "2026-02-01" * 2_000, "½" * 16_000, "1:" * 8_000]
)
def test_hostile_text_takes_time_in_proportion(text: str) -> None:
    began = time.process_time()
    list(time_expressions(text[: len(text) // 4]))
    quarter = time.process_time() - began
    list(time_expressions(text))
    assert time.process_time() - began < 10 * quarter + 0.5


@pytest.mark.parametrize(
    ("sentence", "direction"),
    [
        ("The court convicted him on @Friday.", Direction.PAST),
        ("The board will meet on @Friday.", Direction.COMING),
        ("Talks will be held on @Friday.", Direction.COMING),
        ("He said that the talks resume @Friday.", Direction.COMING),
        ("She said on @Friday that nothing would change.", Direction.PAST),
        ("They agreed to stop firing on @Friday.", Direction.COMING),
        ("On @Friday, police arrested two men.", Direction.PAST),
        ("Rescuers hope to reach the trapped men by @Friday.", Direction.COMING),
        ("The vote had been scheduled for @Friday.", Direction.PAST),
        ("The meeting of @Friday.", None),
    ],
)
def test_the_governing_verb_tells_the_direction(sentence: str, direction: Direction | None) -> None:
    start = sentence.index("@")
    assert direction_around(sentence.replace("@", ""), start, start + len("Friday")) is direction


def test_signs_of_a_time_are_cheap_and_never_missing() -> None:
    assert may_hold_time("Sunday, February 1st")
    assert may_hold_time("the eighties")
    assert not may_hold_time("the Kremlin")
