"""A small library of articles with dates and addresses, and what the scripted asker says of it."""

from pathlib import Path

from rag.answers import Hedge, Relation
from rag.articles import Article
from rag.librarian import Librarian
from rag.splitter import SentenceSplitter
from rag.testing import HashedWordsEmbedder
from tests.application.chat.scripted import (
    ASKER,
    ASKER_QUERY,
    SUNDAY,
    TRUCE,
    ScriptedAsker,
    answer,
    quotation,
    speaker,
)
from tui.chat.engine import Engine
from vectorstore.embedded import EmbeddedLibrary

STEERING = "\x1b]0;owned\x07 \x1b[31m \x9b2J \x7f \u202e\u2066 \t e\u0301\u0302 東京 \u200b\u200d \u05e9\u05dc"
MARKUP = "[/bold] [red]$text [link='x']"
SEED = Path(__file__).parents[3] / "seeds"
STORIES = (
    Article(
        origin="/news/harbour.txt",
        source="city/harbour.txt",
        title="Harbour bridge reopens in March",
        text="Harbour bridge reopens in March\n\nThe harbour bridge reopens on Tuesday, March 4th, the council said.\n"
        + "Engineers replaced eleven of its cables after a cargo ship had struck the northern pier in a storm.\n" * 40
        + "The repair cost 3.2 million crowns, a third more than planned.\n",
        url="https://news.example/harbour?id=1",
        published="2026-02-20",
    ),
    Article(
        origin="/news/museum.txt",
        source="culture/museum.txt",
        title="Museum buys a painting",
        text="Museum buys a painting\n\nThe museum bought a painting by Ada Ray for 40,000 crowns.\n",
        url="javascript:alert(1)",
        published="2026-01-05",
    ),
    Article(
        origin="/news/hostile.txt",
        source=f"{STEERING}/hostile.txt",
        title=f"Ferry {MARKUP} {STEERING}",
        text=f"The ferry {MARKUP} {STEERING} sails at noon, the captain said. {STEERING}\n",
        url=f"https://x.example/{STEERING}",
    ),
)


def librarian_of(library: EmbeddedLibrary, embedder: HashedWordsEmbedder) -> Librarian:
    return Librarian(
        library,
        splitter=SentenceSplitter(max_passage_tokens=64, overlap_sentences=0, embedder=embedder),
        embedder=embedder,
        max_file_bytes=1_000_000,
    )


def story_engine(directory: Path) -> Engine:
    """Return an engine on a new library of the stories, that answers from a script."""
    embedder = HashedWordsEmbedder()
    library = EmbeddedLibrary.open(directory, embedder=embedder.identity, create=True, busy_timeout_s=0.1)
    librarian = librarian_of(library, embedder)
    list(librarian.add([SEED], published="2026-01-30"))
    librarian.restore(STORIES)
    truce, harbour, _, hostile = (library.article(summary.id) for summary in library.articles())
    answers = {
        TRUCE: answer(
            TRUCE,
            quotation(truce, "Sunday, February 1st", 0.93, resolved=SUNDAY, sources=2),
            quotation(
                harbour,
                "Tuesday, March 4th",
                0.61,
                hedge=Hedge.EXPECTED,
                relation=Relation.EARLIER,
                speaker=speaker(harbour, "the council"),
            ),
            quotation(harbour, "3.2 million crowns", 0.55, relation=Relation.OTHER),
        ),
        ASKER: answer(
            ASKER,
            quotation(truce, "US President Donald Trump", 0.88, sources=1),
            query=ASKER_QUERY,
        ),
        "when does the ferry sail?": answer(
            "when does the ferry sail?", quotation(hostile, f"{STEERING} sails at noon", 0.8)
        ),
    }
    return Engine(ScriptedAsker(library, answers), library, librarian)
