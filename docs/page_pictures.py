"""Take docs/page-*.png from the real page over the tests' library, with the real models: ``make page-pictures``."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from rag.assembly import fill_library
from rag.settings import load_settings

ROOT = Path(__file__).parent.parent
CHROMIUM = "/usr/bin/chromium"
ANSWERED = ".turn:last-child:not([aria-busy])"


def take(page: Page, name: str) -> None:
    """Take one picture."""
    page.screenshot(path=ROOT / "docs" / f"page-{name}.png", animations="disabled")


def ask(page: Page, question: str) -> None:
    """Ask, and wait for the answer."""
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")
    page.locator("h2", has_text=question).wait_for()
    page.locator(ANSWERED).wait_for()


def walk(page: Page) -> None:
    """Go through the states of the page as a person does."""
    take(page, "start")
    ask(page, "Who negotiated the harvest truce in Sarrakh?")
    take(page, "answer")
    page.locator(".pull").first.click()
    page.locator("mark").wait_for()
    take(page, "article")
    page.keyboard.press("Escape")
    ask(page, "and how old is she?")
    take(page, "follow-up")
    ask(page, "Who won the chess world championship?")
    take(page, "abstention")
    page.get_by_role("button", name="Library").click()
    page.locator(".articles li").first.wait_for()
    take(page, "library")
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 360, "height": 640})
    page.emulate_media(color_scheme="dark")
    page.locator(".turn").first.scroll_into_view_if_needed()
    take(page, "narrow-dark")


def main() -> None:
    """Serve a library and take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        fill_library(load_settings(library=library), [ROOT / "tests" / "library"])
        command = [sys.executable, "-m", "tui.cli", "--library", str(library), "serve", "--port", "0"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
            try:
                told = re.search(r"http://127\.0\.0\.1:\d+", server.stderr.readline() if server.stderr else "")
                if told is None:
                    raise SystemExit("The server did not start.")
                with sync_playwright() as playwright:
                    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
                    with playwright.chromium.launch(executable_path=CHROMIUM, args=sandbox) as browser:
                        page = browser.new_page(viewport={"width": 1120, "height": 700}, color_scheme="light")
                        page.goto(told[0])
                        walk(page)
            finally:
                server.terminate()


if __name__ == "__main__":
    main()
