"""A person adds articles on the page, finds them and removes them."""

from playwright.sync_api import expect

from tests.application.page.acting import ask, drop_file
from tests.application.page.articles import TICKETS


def test_a_dropped_file_is_added_answered_from_found_and_removed(page):
    drop_file(page, *TICKETS)
    additions = page.get_by_role("list", name="Additions")
    expect(additions).to_contain_text("1 added.")
    expect(page.get_by_role("list", name="Articles").get_by_role("listitem").first).to_contain_text("Ticket price")
    turn = ask(page, "What does a ticket for the Torrhavn opera cost?")
    expect(turn.locator("blockquote q")).to_contain_text("14 crowns")

    page.get_by_label("Find articles").fill("ticket pri")
    articles = page.get_by_role("list", name="Articles").get_by_role("listitem")
    expect(articles).to_have_count(1)
    articles.get_by_role("button", name="Remove").click()
    articles.get_by_role("button", name="Remove Ticket price for good?").click()
    expect(articles).to_have_count(0)
    page.get_by_label("Find articles").fill("")
    expect(articles).not_to_have_count(0)
    expect(page.get_by_role("list", name="Articles")).not_to_contain_text("Ticket price")


def test_a_removal_that_is_not_confirmed_does_not_happen(page):
    page.get_by_role("button", name="Library").click()
    page.get_by_label("Find articles").fill("lanterns")
    articles = page.get_by_role("list", name="Articles").get_by_role("listitem")
    expect(articles).to_have_count(1)
    articles.get_by_role("button", name="Remove").click()
    page.get_by_label("Find articles").focus()
    expect(articles.get_by_role("button", name="Remove")).to_have_text("Remove")
    articles.get_by_role("button", name="Lanterns over Brackwater").first.click()
    expect(page.get_by_role("complementary").get_by_role("heading")).to_contain_text("Lanterns over Brackwater")


def test_files_that_cannot_be_read_are_named_with_what_mends_them(page):
    page.get_by_role("button", name="Library").click()
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="Add …").click()
    chosen.value.set_files({"name": "empty.txt", "mimeType": "text/plain", "buffer": b""})
    additions = page.get_by_role("list", name="Additions")
    expect(additions).to_contain_text("0 added, 1 refused.")
    expect(additions.locator(".refused")).to_contain_text("empty.txt")
    additions.get_by_role("button", name="Dismiss").click()
    expect(additions.get_by_role("listitem")).to_have_count(0)


def test_words_that_no_article_has_are_told(page):
    page.get_by_role("button", name="Library").click()
    page.get_by_label("Find articles").fill("no such words")
    expect(page.get_by_text("No article has these words.")).to_be_visible()
