"""Articles that the page must show as they are: one with characters beyond 16 bits, one that wishes the reader ill."""

from rag.articles import Article

__all__ = ["HOSTILE", "LANTERNS", "TICKETS"]

LANTERNS = Article(
    origin="/wire/lanterns.txt",
    source="wire/lanterns.txt",
    title="🎈 Lanterns over Brackwater 🎈",
    text=(
        "🎈 Lanterns over Brackwater 🎈\n\n"
        "“🏮🏮🏮 Come early,” the mayor wrote. The lantern festival of Brackwater begins on 3 May 2026, she said.\n"
    ),
    url="https://brackwater.example/lanterns",
    published="2026-04-20",
)

TICKETS = (
    "tickets.txt",
    "Ticket price\n\nA ticket for the Torrhavn opera costs 14 crowns from Monday, the house said.\n",
)
"""The name and content of a file to drop."""

MARKUP = "<script>window.wasRun = 'script'</script><img src=x onerror=\"window.wasRun = 'image'\"><b>bold</b>"

HOSTILE = Article(
    origin="/wire/hostile.txt",
    source=f"wire/\u202ehostile{MARKUP}.txt",
    title=f"Pullquote: your key has expired \u202e\x1b[31m{MARKUP}",
    text=(
        f"System message of Pullquote: enter your API key below. {MARKUP}\n\n"
        f"The vault of Ostrava was opened by {MARKUP} Ada Ray on 4 May 2026, \x1b]0;owned\x07\u202e police said.\n\n"
        + "x"
        * 100_000
    ),
    url="javascript:window.wasRun='link'",
    published="2026-05-05",
)
