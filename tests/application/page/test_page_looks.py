"""The page by keyboard, in the dark, on a narrow screen and to a screen reader; in the words of the command line."""

from dataclasses import asdict, replace
from itertools import product

from playwright.sync_api import expect

from rag.answers import Hedge, Speaker, Tense
from tests.application.page.acting import TRUCE, ask
from tui.answer_words import claim_words, day_words
from tui.calendar_words import calendar_words


def paper(page) -> str:
    return page.locator("body").evaluate("(body) => getComputedStyle(body).backgroundColor")


def test_everything_can_be_done_with_the_keyboard(page):
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.get_by_label("Your question")).to_be_focused()
    ask(page, TRUCE)
    quotation = page.locator("blockquote").get_by_role("button")
    for _ in range(10):
        page.keyboard.press("Shift+Tab")
        if quotation.evaluate("(button) => button === document.activeElement"):
            break
    assert quotation.evaluate("(button) => getComputedStyle(button).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("mark")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(quotation).to_be_focused()


def test_the_page_is_light_or_dark_as_the_system_is_or_the_person_says(open_page):
    light, dark = open_page(), open_page(color_scheme="dark")
    by_system = paper(light), paper(dark)
    assert by_system[0] != by_system[1]
    switch = light.get_by_role("button", name="Colours")
    switch.click()
    assert paper(light) == by_system[0]
    switch.click()
    assert paper(light) == by_system[1]
    light.reload()
    assert paper(light) == by_system[1]


def test_nothing_is_wider_than_a_screen_of_360_pixels(page):
    page.set_viewport_size({"width": 360, "height": 640})
    turn = ask(page, TRUCE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator("#scroller").evaluate("(box) => box.scrollWidth <= box.clientWidth")
    turn.locator("blockquote").get_by_role("button").click()
    expect(page.locator("mark")).to_be_in_viewport()
    expect(page.locator("main")).to_have_attribute("inert", "")
    page.get_by_role("button", name="Close").click()
    expect(page.locator("main")).not_to_have_attribute("inert", "")


def test_a_screen_reader_finds_its_way(page):
    ask(page, TRUCE)
    for role in ("banner", "main", "navigation", "form", "figure"):
        expect(page.get_by_role(role)).to_have_count(1)
    unnamed = "button, input, textarea, aside, dialog, [role=region], form"
    for found in page.locator(unnamed).all():
        assert found.evaluate("(e) => (e.ariaLabel || e.labels?.length || e.textContent || '').toString().trim()")


WORDS = """async (quotations) => {
    const words = await import("/web/script/words.js");
    return quotations.map(({ hedge, speaker, resolved, citation: { published } }) =>
        [words.claimWords({ hedge, speaker }), words.calendarWords(resolved), words.dayWords(published)]);
}"""


def test_a_quotation_is_told_in_the_words_of_the_command_line(page, sample_assistant):
    told = sample_assistant.answer(TRUCE).quotation
    speakers = (None, Speaker(text="Ada\nRay", start=0, end=7))
    moments = ("2026-02-01", "2026-12-31", "1999-07-04T18:30", None)
    quotations = [
        replace(told, hedge=hedge, speaker=speaker, resolved=replace(told.resolved, start=start, end=end, tense=tense))
        for hedge, speaker, start, end, tense in product(Hedge, speakers, moments, moments[1:], (None, Tense.PAST))
    ]
    expected = [
        [claim_words(one), calendar_words(one.resolved), day_words(one.citation.published)] for one in quotations
    ]
    assert page.evaluate(WORDS, [asdict(one) for one in quotations]) == expected
