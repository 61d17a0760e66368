"""The page of a server that asks for a key."""

import secrets
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.application.http.serving import serving
from tests.application.page.acting import answered
from tests.application.page.articles import TICKETS

READ = secrets.token_urlsafe(32)


@pytest.fixture
def asked(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The page of a server with one key, which may read; a question was asked without it."""
    keys = f"read:{sha256(READ.encode()).hexdigest()}"
    with serving(tmp_path / "library", environment={"PULLQUOTE_API__KEYS": keys}) as (_, client):
        page = browser.new_page()
        page.goto(str(client.base_url))
        page.get_by_label("Your question").fill("What does a ticket cost?")
        page.keyboard.press("Enter")
        yield page
        page.close()


def give(page: Page, key: str, *, button: str = "Use the key") -> None:
    dialog = page.get_by_role("dialog", name="This server asks for a key")
    dialog.get_by_label("API key").fill(key)
    dialog.get_by_role("button", name=button).click()


def test_a_key_is_asked_for_until_it_is_right_and_kept_for_the_tab(asked: Page) -> None:
    give(asked, READ + "x")
    expect(asked.get_by_role("dialog").locator("#key-told")).to_contain_text("key")
    give(asked, READ)
    expect(answered(asked)).to_contain_text("The articles do not say.")
    asked.reload()
    asked.get_by_role("button", name="Library").click()
    expect(asked.get_by_role("dialog")).to_have_count(0)
    with asked.expect_file_chooser() as chosen:
        asked.get_by_role("button", name="Add …").click()
    name, text = TICKETS
    chosen.value.set_files({"name": name, "mimeType": "text/plain", "buffer": text.encode()})
    expect(asked.locator("body")).to_contain_text("may read and ask, not change anything")


def test_who_gives_no_key_is_told_what_is_missing(asked: Page) -> None:
    give(asked, "", button="Cancel")
    expect(answered(asked).locator(".trouble")).to_contain_text("key")
