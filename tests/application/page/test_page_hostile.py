"""An article that wishes the reader ill is shown, and never obeyed; neither does the policy let it be."""

import httpx
from playwright.sync_api import expect

from tests.application.page.acting import ask
from tests.application.page.articles import HOSTILE

SHOWN_TITLE = HOSTILE.title.replace("\u202e", "\ufffd").replace("\x1b", "\u241b")


def was_run(page):
    return page.evaluate("window.wasRun ?? null")


def test_a_hostile_article_is_text_in_the_answer_and_beside_it(page):
    turn = ask(page, "Who opened the vault of Ostrava?")
    turn.locator(".looked-at").evaluate("(details) => { details.open = true; }")
    turn.get_by_role("button", name="Pullquote: your key has expired").first.click()
    article = page.get_by_role("complementary")
    expect(article.get_by_role("heading")).to_have_text(SHOWN_TITLE)
    expect(article.locator(".article-text")).to_contain_text("<script>window.wasRun = 'script'</script>")
    expect(article.locator(".article-text")).to_contain_text("\u241b]0;owned\u2407\ufffd police said")
    expect(article.get_by_role("link")).to_have_count(0)
    expect(page.locator("main script, main img, main b, aside script, aside img, aside b")).to_have_count(0)
    assert was_run(page) is None


def test_a_hostile_article_is_text_in_the_library(page):
    page.get_by_role("button", name="Library").click()
    page.get_by_label("Find articles").fill("key has expired")
    expect(page.get_by_role("list", name="Articles").get_by_role("listitem")).to_have_count(1)
    expect(page.locator(".articles .passage")).to_have_text(SHOWN_TITLE)
    expect(page.locator(".articles")).not_to_contain_text("\u202e")
    assert was_run(page) is None


def test_a_line_of_100000_characters_makes_nothing_wider(page):
    page.set_viewport_size({"width": 360, "height": 640})
    page.get_by_role("button", name="Library").click()
    page.get_by_label("Find articles").fill("key has expired")
    page.locator(".articles .passage").first.click()
    expect(page.locator(".article-text")).to_contain_text("x" * 1000)
    assert page.locator("#side-body").evaluate("(body) => body.scrollWidth <= body.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_hostile_question_in_a_link_is_text(open_page):
    page = open_page("/#ask=%3Cimg%20src%3Dx%20onerror%3D%22window.wasRun%3D1%22%3E%20who%3F")
    expect(page.locator(".turn h2")).to_have_text('<img src=x onerror="window.wasRun=1"> who?')
    assert was_run(page) is None


def test_the_policy_forbids_markup_from_text_and_all_that_is_not_of_this_server(address, open_page):
    policy = httpx.get(address).headers.get_list("content-security-policy")
    assert len(policy) == 1
    assert "default-src 'none'" in policy[0]
    assert "unsafe" not in policy[0]
    page = open_page(expects_refusals=True)
    blocked = "() => { try { document.body.innerHTML = '<b>x</b>'; return false } catch { return true } }"
    assert page.evaluate(blocked)


def test_only_the_files_of_the_page_are_served(address):
    assert httpx.get(f"{address}/web/script/main.js").headers["content-type"].startswith("text/javascript")
    for path in ("/web/", "/web/none.js", "/web/../app.py", "/web/%2e%2e/app.py", "/web//etc/passwd", "/web/script"):
        assert httpx.get(address + path).status_code == 404
