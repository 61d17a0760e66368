"""Draw docs/chat.svg from the real chat, asking the sample article with the real models: ``make picture``."""

import asyncio
import re
import tempfile
from contextlib import ExitStack
from pathlib import Path

from rag.assembly import fill_library
from rag.settings import load_settings
from tui.commands.chat import opened_chat

ROOT = Path(__file__).parent.parent
QUESTION = "when does the truce end?"


async def draw(folder: Path) -> str:
    """Ask, open the article beside the answer, and return the drawing."""
    settings = load_settings(library=folder / "library")
    settings = settings.model_copy(update={"chat": settings.chat.model_copy(update={"sessions": folder / "sessions"})})
    fill_library(settings, [ROOT / "seeds"])
    with ExitStack() as stack:
        chat = opened_chat(settings, stack, question=QUESTION)
        async with chat.run_test(size=(132, 30)) as pilot:
            for keys in ((), ("shift+tab",), ("1",), ()):
                await pilot.press(*keys)
                await chat.workers.wait_for_complete()
                await pilot.pause(0.5)
            return chat.export_screenshot(title="pullquote")


def main() -> None:
    """Draw the picture."""
    with tempfile.TemporaryDirectory() as folder:
        drawn = asyncio.run(draw(Path(folder)))
    # The drawing asks for a font from elsewhere; what a machine has will do.
    without_fonts = re.sub(r"@font-face \{.*?\}", "", drawn, flags=re.DOTALL)
    (ROOT / "docs" / "chat.svg").write_text(without_fonts, encoding="utf-8")


if __name__ == "__main__":
    main()
