"""A server as a person starts it, and a browser that looks at its page."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from rag.assembly import build_embedder, build_librarian, fill_library, open_library
from rag.settings import load_settings
from tests.application.page.articles import HOSTILE, LANTERNS

CHROMIUM = "/usr/bin/chromium"
PATIENCE_MS = 20_000
PageOpener = Callable[..., Page]


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory, seed_folder: Path) -> Iterator[str]:
    """Where a library with the sample article and those of the tests is served."""
    settings = load_settings(library=tmp_path_factory.mktemp("page") / "library")
    fill_library(settings, [seed_folder])
    embedder = build_embedder(settings)
    with closing(open_library(settings, embedder=embedder)) as library:
        build_librarian(settings, library=library, embedder=embedder).restore([LANTERNS, HOSTILE])
    command = [sys.executable, "-m", "tui.cli", "--library", str(settings.library), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            told = re.search(r"http://127\.0\.0\.1:\d+", server.stderr.readline())
            assert told is not None, server.stderr.read()
            yield told[0]
        finally:
            server.terminate()


# Not for the whole session: while it runs, nothing else in this thread can run an event loop.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # As root, as in many a CI, Chromium runs only without its sandbox.
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        with playwright.chromium.launch(executable_path=CHROMIUM, args=sandbox) as browser:
            yield browser


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[PageOpener]:
    """Opens the page at a path, in a browser that is new; nothing it did may have gone wrong, or gone elsewhere."""
    troubles: list[str] = []

    def opened(path: str = "/", *, expects_refusals: bool = False, **options) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"} | options)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        if not expects_refusals:
            page.on("console", lambda message: message.type == "error" and troubles.append(message.text))
        page.on(
            "request",
            lambda request: troubles.append(request.url) if not request.url.startswith(f"{address}/") else None,
        )
        page.goto(f"{address}{path}")
        return page

    yield opened
    for context in browser.contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def page(open_page: PageOpener) -> Page:
    return open_page()
