"""The first stages: plain characters, parts with their fields, the language."""

from __future__ import annotations

import pytest

from rolematcher.reading.language import language_of
from rolematcher.reading.normal import normalise
from rolematcher.reading.parts import parts_of
from rolematcher.reading.vocabulary import vocabulary


def parts(text: str) -> list[tuple[str, str, str]]:
    words = vocabulary()
    found = parts_of(text, words.headings, words.fields)
    return [(text[one.start : one.end], one.label, one.field) for one in found]


@pytest.mark.parametrize(
    ("pasted", "plain"),
    [
        ("Bud\u00adget: \u202a€\u202c6\u2009000", "Budget: €6 000"),
        ("Ra\u200bte \u2066$65\u2069/h", "Rate $65/h"),
        ("𝐒𝐚𝐥𝐚𝐫𝐲 80–95k", "Salary 80-95k"),
        ("cafe\u0301 isn’t ﬁne", "café isn't fine"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
    ],
)
def test_unseen_marks_change_nothing(pasted, plain):
    assert normalise(pasted).text == plain


def test_a_span_is_the_stretch_that_was_pasted():
    pasted = "We pay \u202a€\u202c6\u2009000, cafe\u0301 included."
    clean = normalise(pasted)
    for word in ("6 000", "café", "included"):
        start = clean.text.index(word)
        span = clean.span(start, start + len(word))
        assert pasted[span.start : span.end] == span.text
        assert normalise(span.text).text == word


def test_headings_say_what_a_part_is_for():
    text = (
        "Build an assistant.\nRequirements\n- Python\nNice to have\n- Rust\nBenefits:\n- a garden\n"
        "Aufgaben\nTexte lesen"
    )
    assert [label for _, label, _ in parts(text)] == ["task", "must", "nice", "pay", "task"]


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("Vertragsart: Freiberuflich", "engagement", "Freiberuflich"),
        ("Budget:\n$900 - $1,300", "budget", "$900 - $1,300"),
        ("$15.00 - $30.00\nHourly", "pay", "$15.00 - $30.00"),
        ("Contract length: min 6 months", "length", "min 6 months"),
        ("We need help. Location: Graz", "place", "Graz"),
    ],
)
def test_a_value_belongs_to_the_name_beside_under_or_above_it(text, field, value):
    assert (value, field) in [(found, name) for found, _, name in parts(text)]


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("Three years of experience as a data scientist are a must.", "person"),
        ("We are a family firm from the coast.", "company"),
        ("Please send us your portfolio.", "apply"),
        ("We welcome applicants regardless of age.", "legal"),
    ],
)
def test_a_sentence_can_say_itself_what_it_is_for(sentence, label):
    assert parts(f"Sort our mail.\n{sentence}")[-1][1] == label


def test_what_stands_under_a_mail_is_a_signature():
    text = "Please build a bot.\nKind regards\nAnna Bell\nHarbour Clinics Ltd.\nThis message is confidential."
    assert [label for _, label, _ in parts(text)][1:] == ["signature"] * 4 or [
        label for _, label, _ in parts(text)
    ][-1] in ("signature", "legal")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We need somebody who can build this for us", "en"),
        ("Wir suchen jemanden für die Entwicklung und den Betrieb", "de"),
        ("Nous cherchons une personne pour le développement des outils", "fr"),
        ("Buscamos a una persona para el desarrollo de los flujos", "es"),
        ("Нам нужен разработчик для бота", "ru"),
    ],
)
def test_the_language_is_named(text, language):
    assert language_of(text.lower().split(), text) == language
