"""Pasted text gets one stored form: what nobody sees goes, what is too much is refused, nothing is cut."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolematcher.engine.plain_text import TextError, text_read


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
        ("noncharacter\uffff\U0001ffff", "noncharacter"),
        ("cafe\u0301", "café"),
        ("tab\tkept", "tab\tkept"),
        ("العربية 中文 עברית हिन्दी ไทย", "العربية 中文 עברית हिन्दी ไทย"),
        ("heart ❤️ and 👍🏽", "heart ❤️ and 👍🏽"),
        ("Müller & Søn <Ltd>", "Müller & Søn <Ltd>"),
        ("", ""),
        (" \u200b ", ""),
    ],
)
def test_text_gets_its_stored_form(typed, stored):
    assert text_read(typed) == stored


def test_a_single_line_takes_breaks_as_spaces():
    assert text_read("one\ntwo\t three", lines=1) == "one two three"


@pytest.mark.parametrize("extra", [0, 1])
def test_the_limit_of_characters_is_exact_and_nothing_is_cut(extra):
    text = "x" * (5_000 + extra)
    if extra:
        with pytest.raises(TextError, match=r"has 5,001 characters; 5,000 are allowed"):
            text_read(text)
    else:
        assert text_read(text) == text


@pytest.mark.parametrize("extra", [0, 1])
def test_the_limit_of_lines_is_exact(extra):
    text = "\n".join("x" * (200 + extra))
    if extra:
        with pytest.raises(TextError, match="has 201 lines; 200 are allowed"):
            text_read(text)
    else:
        assert text_read(text) == text


@pytest.mark.parametrize("mark", ["\u0301", "\u0489", "\u20dd", "\u064b"])
def test_a_letter_under_a_pile_of_accents_is_refused(mark):
    with pytest.raises(TextError, match="piles more than"):
        text_read("fine\nZ" + mark * 12)


def test_a_page_of_emoji_is_refused_and_a_list_with_some_is_not():
    assert text_read("\U0001f469 " * 100).count("\U0001f469") == 100
    with pytest.raises(TextError, match=r"has 101 emoji; 100 are allowed, delete some\."):
        text_read("\U0001f469" * 101)


def test_accents_of_living_scripts_are_kept():
    for text in ("ṩ̂́", "שָׁלוֹם", "ཧྐྵྨླྺྼྻྂ", "กี่"):
        assert text_read(text) == unicodedata.normalize("NFC", text)


def test_half_a_character_is_refused_with_its_line():
    with pytest.raises(TextError, match="damaged character in line 2"):
        text_read("ok\n\ud83d")


def test_ten_megabytes_are_refused_unread():
    with pytest.raises(TextError, match="has 10,000,000 characters"):
        text_read("x" * 10_000_000)


@given(st.text(max_size=400))
def test_reading_twice_changes_nothing(typed):
    try:
        once = text_read(typed)
    except TextError:
        return
    assert text_read(once) == once
    assert once == unicodedata.normalize("NFC", once)
    assert not any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in once)
    once.encode()


@given(st.text(alphabet=st.characters(categories=["Mn", "Me", "Cf", "Ll", "Lo", "Zl", "Cc"]), max_size=60))
def test_reading_marks_and_invisibles_twice_changes_nothing(typed):
    try:
        once = text_read(typed)
    except TextError:
        return
    assert text_read(once) == once
