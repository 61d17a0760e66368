import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tui.terminal_text import printable, printable_json


def is_steering(character: str) -> bool:
    bidirectional = unicodedata.bidirectional(character) in {
        "LRE",
        "RLE",
        "LRO",
        "RLO",
        "PDF",
        "LRI",
        "RLI",
        "FSI",
        "PDI",
    }
    return bidirectional or (unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} and character not in "\n\t")


@given(st.text(st.characters()))
def test_nothing_that_steers_a_terminal_is_left_and_offsets_hold(text):
    shown = printable(text)
    assert len(shown) == len(text)
    assert not any(is_steering(character) for character in shown)


def test_escape_sequences_are_shown_as_text():
    assert printable("\x1b]0;owned\x07 \x9b31m red") == "␛]0;owned␇ \ufffd31m red"


def test_markup_is_left_as_it_is():
    assert printable("[bold]not bold[/bold] & <b>") == "[bold]not bold[/bold] & <b>"


@given(st.text())
def test_json_reads_back_as_the_same_value_and_steers_nothing(text):
    encoded = printable_json(json.dumps({"text": text}, ensure_ascii=False))
    assert json.loads(encoded) == {"text": text}
    assert not any(is_steering(character) for character in encoded)
