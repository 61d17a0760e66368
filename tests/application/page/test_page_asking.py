"""A person asks on the page, asks on, and reads the article."""

import re

from playwright.sync_api import expect

from tests.application.page.acting import TRUCE, answered, ask, latest
from tests.application.page.articles import LANTERNS


def test_the_answer_is_a_quotation_with_where_it_stands_and_how_sure_it_is(page):
    turn = ask(page, TRUCE)
    expect(turn.locator("blockquote q")).to_contain_text("February 1st")
    words = turn.locator("blockquote q").inner_text()
    expect(turn.locator(".when")).to_contain_text("= Sunday 1 February 2026")
    expect(turn.locator(".sentence strong")).to_have_text(words)
    expect(turn.locator("figcaption cite")).to_contain_text("Putin halts Kyiv bombing")
    expect(turn.locator("figcaption")).to_contain_text(" 2026")
    surety = turn.locator(".standing .surety")
    expect(surety).to_contain_text(re.compile("[Ll]ikely|certain"))
    numbers = surety.get_by_role("tooltip", include_hidden=True)
    expect(numbers).not_to_be_visible()
    surety.hover()
    expect(numbers).to_be_visible()
    expect(numbers).to_have_text(re.compile(r"\d+% sure"))
    expect(page.get_by_role("status").first).to_contain_text(f"“{words}”")


def test_a_follow_up_shows_what_was_asked_and_new_forgets_what_was_before(page):
    ask(page, TRUCE)
    with page.expect_request("**/v1/ask") as asking:
        turn = ask(page, "and who asked for it?")
    expect(turn.locator(".asked-as q")).to_have_text("Who asked for the truce?")
    (before,) = asking.value.post_data_json["history"]
    assert (before["question"], before["article_id"]) == (TRUCE, 1)
    assert "February 1st" in before["answer"]
    page.get_by_role("button", name="New").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(ask(page, "and who asked for it?").locator(".asked-as")).to_have_count(0)


def test_after_a_question_that_was_declined_the_nearest_article_is_in_focus(page):
    ask(page, "Who won the chess world championship?")
    with page.expect_request("**/v1/ask") as asking:
        ask(page, "and who came second?")
    (before,) = asking.value.post_data_json["history"]
    assert (before["answer"], before["article_id"]) == (None, 1)


def test_where_the_articles_do_not_say_the_page_shows_what_was_looked_at(page):
    turn = ask(page, "Who won the chess world championship?")
    expect(turn.locator(".not-said")).to_have_text("The articles do not say.")
    passages = turn.locator(".looked-at li")
    expect(passages.first).to_be_visible()
    passages.first.get_by_role("button").click()
    expect(page.locator("mark").first).to_be_in_viewport()


def test_the_quotation_opens_its_article_with_the_words_marked_and_escape_closes_it(page):
    turn = ask(page, TRUCE)
    quotation = turn.locator("blockquote").get_by_role("button")
    quotation.click()
    article = page.get_by_role("complementary")
    expect(article.get_by_role("heading")).to_be_focused()
    expect(article.locator("mark")).to_contain_text("February 1st")
    expect(article.locator("mark")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(article).not_to_be_visible()
    expect(quotation).to_be_focused()


def test_offsets_hold_behind_characters_beyond_16_bits(page):
    turn = ask(page, "When does the lantern festival of Brackwater begin?")
    words = turn.locator("blockquote q").inner_text()
    assert "3 May 2026" in words
    expect(turn.locator(".sentence strong")).to_have_text(words)
    turn.locator("blockquote").get_by_role("button").click()
    expect(page.locator("mark")).to_have_text(words)
    link = page.get_by_role("link", name="open its address")
    expect(link).to_have_attribute("href", LANTERNS.url)
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_a_link_asks_its_question(open_page, page):
    ask(page, TRUCE)
    ask(page, "and who asked for it?")
    linked = open_page(page.url.removeprefix(page.evaluate("location.origin")))
    expect(answered(linked).get_by_role("heading", level=2)).to_have_text("Who asked for the truce?")
    said = latest(page).locator(".pull, .not-said").first.inner_text()
    expect(linked.locator(".pull, .not-said").first).to_have_text(said)


def test_a_question_that_is_refused_says_what_mends_it(open_page):
    page = open_page(expects_refusals=True)
    page.get_by_label("Your question").evaluate("(box) => { box.maxLength = 9999; }")
    turn = ask(page, "why? " * 400)
    expect(turn.locator(".trouble")).to_contain_text("body.question")


def test_a_server_that_breaks_off_is_told_and_the_next_question_goes_on(open_page):
    page = open_page(expects_refusals=True)
    page.route("**/v1/ask", lambda route: route.fulfill(body='event: query\ndata: {"query": "x"}\n\n'), times=1)
    expect(ask(page, TRUCE).locator(".trouble")).to_contain_text("broke off")
    expect(ask(page, TRUCE).locator("blockquote q")).to_contain_text("February 1st")


def test_a_key_is_asked_for_once_and_kept_for_the_tab(open_page):
    page = open_page(expects_refusals=True)

    def guarded(route):
        if route.request.headers.get("authorization") == "Bearer a-key":
            route.continue_()
        else:
            route.fulfill(status=401, json={"detail": "A key is needed.", "remedy": "Send one."})

    page.route("**/v1/**", guarded)
    page.get_by_label("Your question").fill(TRUCE)
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("A key is needed.")
    dialog.get_by_label("API key").fill("a-key")
    page.keyboard.press("Enter")
    expect(answered(page).locator("blockquote q")).to_contain_text("February 1st")
    ask(page, "and who asked for it?")
    assert page.evaluate("localStorage.length") == 0


def test_a_running_question_can_be_let_go(page):
    page.route("**/v1/ask", lambda _: None)
    page.get_by_label("Your question").fill(TRUCE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    page.keyboard.press("Escape")
    expect(answered(page)).to_contain_text("Stopped.")
    expect(page.get_by_role("button", name="Ask")).to_be_visible()
