"""What a person does on the page, and what is then there."""

from playwright.sync_api import Locator, Page, expect

__all__ = ["TRUCE", "answered", "ask", "drop_file", "latest"]

TRUCE = "When does the truce end?"
PATIENCE_MS = 20_000


def ask(page: Page, question: str) -> Locator:
    """Type a question and press Enter; return its turn once it is answered."""
    turns = page.locator(".turn")
    before = turns.count()
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")
    expect(turns).to_have_count(before + 1)
    return answered(page)


def latest(page: Page) -> Locator:
    return page.locator(".turn").last


def answered(page: Page) -> Locator:
    """Wait until the last turn has its answer."""
    expect(latest(page)).not_to_have_attribute("aria-busy", "true", timeout=PATIENCE_MS)
    return latest(page)


def drop_file(page: Page, name: str, content: str) -> None:
    """Drop a file on the page as a file manager does."""
    dropped = page.evaluate_handle(
        """([name, content]) => {
            const data = new DataTransfer();
            data.items.add(new File([content], name));
            return data;
        }""",
        [name, content],
    )
    page.dispatch_event("body", "dragover", {"dataTransfer": dropped})
    page.dispatch_event("body", "drop", {"dataTransfer": dropped})
