import pytest

from rag.answers import Hedge
from rag.attribution.statements import MAX_SENTENCE_CHARS, statement_of


def judged(text: str, span: str) -> tuple[str | None, Hedge]:
    start = text.index(span)
    statement = statement_of(text, start, start + len(span))
    if statement.speaker is None:
        return None, statement.hedge
    assert text[statement.speaker.start : statement.speaker.end] == statement.speaker.text
    return statement.speaker.text, statement.hedge


@pytest.mark.parametrize(
    ("text", "span", "speaker"),
    [
        ("Nine ships sank, according to the navy.", "Nine", "the navy"),
        ("Nine ships sank, the navy said.", "Nine", "the navy"),
        ("Nine ships sank, said Ada Ray, who commands the fleet.", "Nine", "Ada Ray"),
        ("The admiral, Ada Ray, said on Monday that nine ships had sunk.", "nine", "Ada Ray"),
        ("Ada Ray, the admiral, told reporters that nine ships had sunk.", "nine", "Ada Ray"),
        ("Navy Minister Ada Ray said nine ships had sunk.", "nine", "Ada Ray"),
        ("The fleet, a spokeswoman for the navy said, lost nine ships.", "nine", "a spokeswoman for the navy"),
        ("Ada Ray stepped ashore. “We lost nine ships,” she said.", "nine", "Ada Ray"),
        ("“We lost nine ships. We will lose no more,” said Ada Ray.", "nine", "Ada Ray"),
        ("The loss of nine ships was announced by the navy.", "nine", "the navy"),
        ("The navy lost nine ships. Ada Ray said so in a speech.", "nine", "Ada Ray"),
        ("Ada Ray closed the port, saying that nine ships had sunk.", "nine", "Ada Ray"),
        ("The navy closed the port and said nine ships had sunk.", "nine", "The navy"),
        ("Ada Ray lost nine ships, she told the inquiry.", "nine", "Ada Ray"),
        ("The paper quoted the admiral as saying nine ships had sunk.", "nine", "the admiral"),
        ("Nine ships sank, according to a U.S. official.", "Nine", "a U.S. official"),
        (
            "In earlier remarks, which were held back, Ada Ray had expressed her grief for nine ships.",
            "nine",
            "Ada Ray",
        ),
    ],
)
def test_who_says_so_is_named(text, span, speaker):
    assert judged(text, span) == (speaker, Hedge.STATED)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Nine ships sank in the storm.", "Nine"),
        ("In earlier remarks, which were held back for weeks, nine ships came up.", "nine"),
        ("The train left at nine, according to schedule.", "nine"),
        ("The minister, who said little, lost nine ships.", "nine"),
        ("The captain was told to leave nine ships behind.", "nine"),
        ("“Quiet!” she said. Nine ships sank.", "Nine"),
    ],
)
def test_no_one_is_named_where_no_one_says_so(text, span):
    assert judged(text, span) == (None, Hedge.STATED)


@pytest.mark.parametrize(
    ("text", "span", "hedge"),
    [
        ("The truce could end on Sunday.", "on Sunday", Hedge.EXPECTED),
        ("The bridge may open in May.", "in May", Hedge.EXPECTED),
        ("The bridge opened in May.", "in May", Hedge.STATED),
        ("The army will leave on Sunday.", "on Sunday", Hedge.PLANNED),
        ("The will left nine ships to the town.", "nine ships", Hedge.STATED),
        ("He allegedly sold nine ships.", "nine ships", Hedge.ALLEGED),
        ("He sold nine ships, prosecutors say.", "nine ships", Hedge.ALLEGED),
        ("He did not sell nine ships.", "nine ships", Hedge.NEGATED),
        ("Without the mast, the ship weighs nine tonnes.", "nine tonnes", Hedge.STATED),
        ("The ship sailed without nine sailors, who were ill.", "nine sailors", Hedge.NEGATED),
        ("No fewer than nine ships sank.", "nine ships", Hedge.STATED),
        ("The navy denied that nine ships had sunk.", "nine ships", Hedge.DENIED),
        ("The navy rejected a report that nine ships had sunk.", "nine ships", Hedge.DENIED),
        ("Reports that nine ships had sunk were false.", "nine ships", Hedge.DENIED),
        ("The navy called the loss of nine ships a fairy tale.", "nine ships", Hedge.DENIED),
        ("The navy denied that it was late, but the port said nine ships had sunk.", "nine ships", Hedge.STATED),
        ("She was denied entry to nine ships.", "nine ships", Hedge.STATED),
        ("On Sunday the captain said the crew will leave.", "On Sunday", Hedge.STATED),
    ],
)
def test_how_firmly_it_is_said_is_told(text, span, hedge):
    assert judged(text, span)[1] is hedge


def test_the_one_who_denies_is_named():
    assert judged("The navy denied that nine ships had sunk.", "nine ships") == ("The navy", Hedge.DENIED)


def test_a_sentence_without_end_says_nothing_of_its_span():
    text = "he said, " * MAX_SENTENCE_CHARS + "nine ships sank."
    assert judged(text, "nine ships") == (None, Hedge.STATED)


@pytest.mark.parametrize(
    "text", ["said " * 300, "called " * 200, "denied " * 200, ", " * 700, "“" * 1_400, "not " * 350]
)
def test_a_hostile_sentence_is_judged_without_harm(text):
    assert statement_of(text, 0, 1).hedge in Hedge


def test_an_empty_text_says_nothing():
    assert statement_of("", 0, 0).hedge is Hedge.STATED
