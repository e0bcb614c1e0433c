"""Pasted text gets one stored form: what nobody sees goes, what is too much is refused, nothing is cut."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolematcher.values.message import Message
from rolematcher.values.text import text_read


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("plain", "plain"),
        ("  two\r\nlines \t\r", "two\nlines"),
        ("a\u2028b\u2029c\x0bd\x0ce\x85f", "a\nb\nc\nd\ne\nf"),
        ("zero\u200bwidth\u200c\u200d\ufeff\u2060", "zerowidth"),
        ("right\u202eto\u202cleft\u2066x\u2069\u061c", "righttoleftx"),
        ("nul\x00bell\x07\x1b[0m", "nulbell[0m"),
        ("soft\u00adhyphen", "softhyphen"),
        ("tags\U000e0041\U000e007f", "tags"),
        ("cafe\u0301", "café"),
        ("tab\tkept", "tab\tkept"),
        ("العربية 中文 עברית हिन्दी ไทย", "العربية 中文 עברית हिन्दी ไทย"),
        ("heart ❤️ and 👍🏽", "heart ❤️ and 👍🏽"),
        ("Müller & Søn <Ltd>", "Müller & Søn <Ltd>"),
        (" \u200b ", ""),
    ],
)
def test_text_gets_its_stored_form(typed, stored):
    assert text_read(typed) == stored


def test_a_single_line_takes_breaks_as_spaces():
    assert text_read("one\ntwo\t three", lines=1) == "one two three"


@pytest.mark.parametrize(
    ("typed", "id", "values"),
    [
        ("x" * 5_001, "too_long", {"over": 1}),
        ("x" * 10_000_000, "too_long", {"over": 9_995_000}),
        ("\n".join("x" * 201), "too_many_lines", {"over": 1}),
        ("\U0001f469" * 101, "too_many_emoji", {"over": 1}),
        ("ok\n\ud83d", "damaged", {"line": 2}),
        *(("fine\nZ" + mark * 12, "too_many_accents", {"line": 2}) for mark in "\u0301\u0489\u20dd\u064b"),
        ("a" + "\u0301" * 19_000, "too_many_accents", {"line": 1}),
    ],
)
def test_what_is_too_much_is_refused_with_how_much(typed, id, values):
    assert text_read(typed) == Message(id=f"values.text.{id}", values=values)


def test_what_is_just_at_a_limit_is_taken_whole():
    for text in ("x" * 5_000, "\n".join("x" * 200), "\U0001f469" * 100):
        assert text_read(text) == text


def test_accents_of_living_scripts_are_kept():
    for text in ("ṩ̂́", "שָׁלוֹם", "ཧྐྵྨླྺྼྻྂ", "กี่"):
        assert text_read(text) == unicodedata.normalize("NFC", text)


HARD = st.text(alphabet=st.characters(categories=["Mn", "Me", "Cf", "Ll", "Lo", "Zl", "Cc"]), max_size=60)


@given(st.text(max_size=400) | HARD)
def test_reading_twice_changes_nothing(typed):
    once = text_read(typed)
    if isinstance(once, str):
        assert text_read(once) == once == unicodedata.normalize("NFC", once)
        assert not any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in once)
        once.encode()
