"""From bytes to text, exactly."""

import codecs

import pytest

from rag.loading.decoding import UndecodableError, declared_encoding, decode

GERMAN = "Überraschung in München: Die Straßenbahn fährt wieder, sagte der Bürgermeister am Freitag."
SPANISH_NAMES = "Señor Núñez came to São Paulo on Monday and said that the price of the bridge was 5 euros."
QUOTES = "“We will not strike them,” the president said – it was Monday’s last word."
POLISH = "Minister powiedział, że strajk kierowców zacznie się w przyszłym tygodniu. Źródło się nie zgadza."
RUSSIAN = "Президент в пятницу объявил о приостановке ударов. Перемирие продлится неделю и закончится в воскресенье."
TURKISH = "İstanbul Büyükşehir Belediyesi cuma günü ücretleri artırdığını açıkladı. Şoförler beğenmedi."
JAPANESE = "首相は金曜日に新しい計画を発表した。バスの運転手は来週からストライキを始めると述べた。"


@pytest.mark.parametrize(
    "text", ["plain", "Žižkov – “ćevapi” 😀\r\n\tłódź\n\n", "Cafe\u0301 Café\r", "\x1b[31mred\x1b[0m [/bold]"]
)
def test_utf_8_is_kept_character_by_character(text):
    assert decode(text.encode()) == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_not_text(mark, encoding):
    assert decode(mark + "Łódź 😀\r\n".encode(encoding)) == "Łódź 😀\r\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"),
        (SPANISH_NAMES, "cp1252"),
        (QUOTES, "cp1252"),
        (POLISH, "cp1250"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (TURKISH, "cp1254"),
    ],
)
def test_older_encodings_are_told_apart(text, encoding):
    assert decode(text.encode(encoding)) == text


def test_a_declared_encoding_stands_above_a_guess_but_not_above_utf_8():
    assert decode("Dvořák řekl".encode("iso8859-2"), declared="ISO-8859-2") == "Dvořák řekl"
    assert decode("Dvořák řekl".encode(), declared="ISO-8859-2") == "Dvořák řekl"


@pytest.mark.parametrize("declared", ["no-such-thing", "hex", "ascii-8bit", "undefined"])
def test_a_declared_encoding_that_does_not_fit_is_ignored(declared):
    assert decode(QUOTES.encode("cp1252"), declared=declared) == QUOTES


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (b'<html><head><meta charset="windows-1250">', "windows-1250"),
        (b"<META http-equiv=Content-Type content='text/html; charset=koi8-r'>", "koi8-r"),
        (b'<?xml version="1.0" encoding="iso-8859-2"?><html>', "iso-8859-2"),
        (b"<p>charset=koi8-r</p>", None),
    ],
)
def test_a_page_states_its_encoding_in_its_head(page, name):
    assert declared_encoding(page) == name


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        (b"text with a \x00 in it", "binary"),
        (b"\x01\x02\x03\x04 mostly control characters", "binary"),
        ("text".encode("utf-16-le"), "binary"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x00", "damaged"),
        (bytes(range(128, 256)) * 4, "cannot be told"),
        ("Łódź, środa".encode() + b"\xff", "UTF-8 but damaged"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(content, reason):
    with pytest.raises(UndecodableError, match=reason):
        decode(content)


def test_no_bytes_are_no_text():
    assert decode(b"") == ""
