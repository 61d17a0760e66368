"""Questions, answers and follow-ups, as a person types and reads them."""

from pathlib import Path
from threading import Event

import pytest

from tests.application.chat.driving import WIDE, asked, chatting, drawn, one_line, pasted, screen_text, settled
from tests.application.chat.scripted import ASKER, ASKER_QUERY, CHANCELLOR, TRUCE
from tui.chat.engine import Engine
from tui.chat.widgets.key_footer import KeyFooter
from tui.chat.widgets.question_input import QuestionInput
from tui.chat.widgets.turn import Turn

pytestmark = pytest.mark.anyio


async def test_an_answer_is_the_assistants_quotation_with_sentence_source_and_confidence(
    sample_engine: Engine, tmp_path: Path
) -> None:
    *_, answered = sample_engine.assistant.ask(TRUCE)
    expected = answered.answer.quotation
    async with chatting(sample_engine, tmp_path) as pilot:
        await pilot.press(*TRUCE, "enter")
        shown = one_line(await settled(pilot))
    assert f"> {TRUCE}" in shown
    assert f"“{expected.text}”" in shown
    assert f"{expected.confidence:.0%} sure" in shown
    assert one_line(expected.citation.sentence.text) in shown
    assert expected.citation.title in shown
    assert expected.citation.source in shown


async def test_what_is_known_of_a_quotation_stands_in_words(stories: Engine, tmp_path: Path) -> None:
    async with chatting(stories, tmp_path, size=WIDE) as pilot:
        shown = one_line(await asked(pilot, TRUCE))
    assert "93% sure; 2 articles say so = Sunday 1 February 2026 (coming)" in shown
    assert "held earlier; expected, says the council" in shown
    assert "reported beside it" in shown


async def test_what_the_articles_do_not_say_is_told_with_the_nearest_passages(stories: Engine, tmp_path: Path) -> None:
    async with chatting(stories, tmp_path, size=WIDE) as pilot:
        shown = await asked(pilot, CHANCELLOR)
        assert "The articles do not say." in shown
        assert "The 2 nearest passages were read" in shown
        assert "The nearest passages" in shown
        assert "Museum buys a painting" in shown


async def test_a_follow_up_is_asked_with_the_turns_before_it(stories: Engine, tmp_path: Path) -> None:
    async with chatting(stories, tmp_path) as pilot:
        await asked(pilot, TRUCE)
        shown = one_line(await asked(pilot, ASKER))
    assert f"> {ASKER} asked as: {ASKER_QUERY}" in shown
    _, options = stories.assistant.asked[-1]
    assert [(turn.question, turn.answer, turn.article_id) for turn in options.history] == [
        (TRUCE, "Sunday, February 1st", 1)
    ]


async def test_what_was_really_asked_can_be_edited(stories: Engine, tmp_path: Path) -> None:
    async with chatting(stories, tmp_path) as pilot:
        await asked(pilot, ASKER)
        await asked(pilot, TRUCE)
        await pilot.press("f2")
        assert pilot.app.screen.query_one(QuestionInput).value == TRUCE
        await pilot.press("ctrl+u", "shift+tab", "shift+tab", "f2")
        assert pilot.app.screen.query_one(QuestionInput).value == ASKER_QUERY


async def test_escape_cancels_a_running_question(stories: Engine, tmp_path: Path) -> None:
    gate = Event()
    async with chatting(stories, tmp_path, gate=gate) as pilot:
        await pasted(pilot, TRUCE)
        await pilot.press("enter")
        assert "Searching…" in screen_text(pilot)
        await pilot.press("escape")
        cancelled = await drawn(pilot)
        gate.set()
        assert "Cancelled." in cancelled
        assert "sure" not in await settled(pilot)


async def test_typing_goes_on_while_a_question_waits(stories: Engine, tmp_path: Path) -> None:
    gate = Event()
    async with chatting(stories, tmp_path, gate=gate) as pilot:
        await pasted(pilot, TRUCE)
        await pilot.press("enter", *"next")
        assert pilot.app.screen.query_one(QuestionInput).value == "next"
        gate.set()
        assert "93% sure" in await settled(pilot)


async def test_an_answer_that_comes_while_help_is_open_waits_below(stories: Engine, tmp_path: Path) -> None:
    gate = Event()
    async with chatting(stories, tmp_path, gate=gate) as pilot:
        await pasted(pilot, CHANCELLOR)
        await pilot.press("enter", "f1")
        gate.set()
        assert "Write a question and press Enter" in one_line(await settled(pilot))
        await pilot.press("escape")
        assert "The articles do not say." in await drawn(pilot)


async def test_a_question_without_words_is_ignored(stories: Engine, tmp_path: Path) -> None:
    async with chatting(stories, tmp_path) as pilot:
        await pilot.press("enter", "space", "enter")
        assert not pilot.app.screen.query(Turn)


async def test_a_question_that_is_too_long_is_refused_with_its_remedy(sample_engine: Engine, tmp_path: Path) -> None:
    async with chatting(sample_engine, tmp_path) as pilot:
        await pasted(pilot, "word " * 1_000_000)
        await pilot.press("enter")
        shown = one_line(await settled(pilot))
        assert "at most 1,000 can be read." in shown
        assert "Ask one thing in one sentence." in shown


async def test_up_and_down_go_through_the_questions(stories: Engine, tmp_path: Path) -> None:
    async with chatting(stories, tmp_path) as pilot:
        line = pilot.app.screen.query_one(QuestionInput)
        await pilot.press("up")
        assert line.value == ""
        for question in ("first", "second"):
            await asked(pilot, question)
        await pasted(pilot, "draft")
        seen = []
        for key in ("up", "up", "up", "down", "down", "down"):
            await pilot.press(key)
            seen.append(line.value)
        assert seen == ["second", "first", "first", "second", "draft", "draft"]


async def test_the_footer_offers_only_what_works(stories: Engine, tmp_path: Path) -> None:
    gate = Event()

    def offered() -> set[str]:
        return set(pilot.app.screen.query_one(KeyFooter).told)

    async with chatting(stories, tmp_path, gate=gate, size=WIDE) as pilot:
        await drawn(pilot)
        idle = offered()
        await pasted(pilot, CHANCELLOR)
        await pilot.press("enter")
        await drawn(pilot)
        running = offered()
        gate.set()
        await settled(pilot)
        answered = offered()
    assert ("Cancel" in idle, "Cancel" in running, "Cancel" in answered) == (False, True, False)
    assert ("Answers" in idle, "Answers" in answered) == (False, True)


async def test_typing_on_an_answer_writes_the_next_question(stories: Engine, tmp_path: Path) -> None:
    async with chatting(stories, tmp_path) as pilot:
        await asked(pilot, TRUCE)
        await pilot.press("shift+tab", *"why 1")
        assert pilot.app.screen.query_one(QuestionInput).value == "why 1"


async def test_a_first_question_may_be_given_from_outside(stories: Engine, tmp_path: Path) -> None:
    async with chatting(stories, tmp_path, first_question=TRUCE) as pilot:
        assert "93% sure" in await settled(pilot)


async def test_resizing_while_a_question_is_answered_loses_nothing(stories: Engine, tmp_path: Path) -> None:
    gate = Event()
    async with chatting(stories, tmp_path, gate=gate) as pilot:
        await pasted(pilot, TRUCE)
        await pilot.press("enter")
        for size in ((20, 5), WIDE, (1, 1), (80, 24)):
            await pilot.resize_terminal(*size)
        gate.set()
        assert "93% sure" in await settled(pilot)


async def test_twenty_columns_and_five_lines_are_enough_to_ask_and_read(stories: Engine, tmp_path: Path) -> None:
    async with chatting(stories, tmp_path, size=(20, 5)) as pilot:
        await asked(pilot, TRUCE)
        await pilot.press("shift+tab", "1")
        assert "February" in await settled(pilot)
