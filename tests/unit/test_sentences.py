"""Where sentences begin and end, on what newspapers print."""

import pytest

from rag.sentences import MAX_SENTENCE_CHARS, sentences


def cut(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in sentences(text)]


@pytest.mark.parametrize(
    "whole",
    [
        'He said: "If they do not strike, we will not strike them.".',
        '"They have been patient. They are not patient any longer," she said.',
        "The U.S. President met Mr. Smith and Dr. J. K. Rowling at No. 5 Main St. in Washington, D.C. on Monday.",
        "Inflation fell to 3.5 percent, or 1.1 million euros at 10 p.m. local time.",
        "HALDERSUND, 18 Nov. 2025 - The Kongsbru will be shut, the council said.",
        "In the end... it fell.",
        "Lt. Col. Vance left.",
        "她走了！",
        "ثم عاد؟",
        "A family 👨‍👩‍👧 and a cafe\u0301.",
    ],
)
def test_a_sentence_is_kept_whole_and_ends_where_the_next_begins(whole):
    assert cut(f"{whole} Nobody else came.") == [whole, "Nobody else came."]


def test_chinese_needs_no_spaces():
    assert cut("他说你好。她走了！真的吗？是的。") == ["他说你好。", "她走了！", "真的吗？", "是的。"]


@pytest.mark.parametrize("end", ["\n", "\n\n", "\r\n", "\r", "\u2028", " \n\t\n"])
def test_a_line_is_a_paragraph(end):
    assert cut(f"A heading without a stop{end}The first sentence of a paragraph") == [
        "A heading without a stop",
        "The first sentence of a paragraph",
    ]


def test_hard_wrapped_lines_are_one_paragraph():
    text = (
        "Drivers will pay 9.50 euros to cross the Ängsund bridge from the first\n"
        "of July, up from 8.00 euros, the county council decided on Friday after\n"
        "Siv Ödegård had spoken for it. Lorries will pay twice as much.\n"
        "\n"
        "Nobody was content.\n"
    )
    assert cut(text) == [
        text[: text.index(" Lorries")],
        "Lorries will pay twice as much.",
        "Nobody was content.",
    ]


def test_short_lines_of_a_list_are_not_taken_for_a_wrap():
    lines = [
        "- Cars and motorcycles from the county: 9.50 euros a crossing",
        "- lorries above 3.5 tonnes: 19 euros",
        "- bicycles: free",
    ]
    assert cut("\n".join(lines)) == lines


@pytest.mark.parametrize("text", ["", " ", "\n\r\n\t\u3000"])
def test_white_space_has_no_sentences(text):
    assert sentences(text) == []


def test_what_is_too_long_for_a_sentence_is_cut_at_white_space():
    found = cut("word " * 2_000)
    assert all(len(sentence) <= MAX_SENTENCE_CHARS for sentence in found)
    assert " ".join(found).split() == ["word"] * 2_000


def test_a_sentence_across_the_window_of_the_segmenter_is_not_cut():
    sentence = "The council of the town decided on Friday, after a long debate, to raise it."
    assert cut(" ".join([sentence] * 500)) == [sentence] * 500
