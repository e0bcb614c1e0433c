"""Every message of the rules, the answers and the values is a sentence, in every language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation

from rolematcher.editions.words import SENTENCES, rules_words
from rolematcher.values.message import Message, Money

ROOMS = Path(__file__).parents[2] / "rolematcher"
SOURCE = "".join(
    path.read_text(encoding="utf-8") for room in ("rules", "values") for path in (ROOMS / room).glob("*.py")
)
SAID = re.compile(
    r'(?:\.fail|_refuse|_wrong|_error|_said)\(\s*(?:field, |id, |"[a-z_.]+", |question\.id, )?"([a-z_]+)"'
    r'|id="((?:rules|answers|values)\.[a-z_.]+)"'
)
PARTS = ("question", "choice", "table", "result", "rule", "order", "skills")
MADE = {f"{part}_{what}" for part in PARTS for what in ("gone", "new", "changed")}
"""Ends of ids that are put together where they are said."""
WHOLE = {"line", "over", "count", "most", "least", "sheets", "outcomes"}
NAMES = {"typed": "wrok", "near": "work", "options": ("work", "team")}
FILLED = {
    "where": {"place": "rule", "name": "<name>", "key": "<key>"},
    "cure": NAMES,
    "error": {"error": (Message(id="answers.choice_unknown", values=NAMES),)},
    "low": {"low": Money(amount="1", currency="EUR")},
    "high": {"high": Money(amount="2", currency="EUR")},
}


class Slots(dict):
    """Takes down what a sentence asks for."""

    def __missing__(self, name: str) -> int:
        return self.setdefault(name, 3)


def filled(id: str) -> Message:
    """The message with something in each slot."""
    slots, values = Slots(), {}
    str(SENTENCES[id] % slots)
    for name in slots:
        values |= FILLED.get(name) or {name: 3 if name in WHOLE else f"<{name}>"}
    return Message(id=id, values=values)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("id", sorted(SENTENCES))
def test_every_message_is_said(id: str, language: str) -> None:
    with translation.override(language):
        words = rules_words(filled(id))
    assert "%(" not in words and words[:1] in words.upper()[:1] + "“<[„3"
    assert words.endswith((".", ":", "?", "”", ">", "27.50", "“")) or "rules.text.not_toml" in id


def test_german_is_not_english() -> None:
    english = {id: rules_words(filled(id)) for id in SENTENCES}
    with translation.override("de"):
        assert [id for id in SENTENCES if rules_words(filled(id)) == english[id]] == []


def test_what_is_said_has_a_sentence_and_no_sentence_is_left_over() -> None:
    last = {id.rpartition(".")[2] for id in SENTENCES}
    assert {(said[1] or said[2]).rpartition(".")[2] for said in SAID.finditer(SOURCE)} <= last
    assert [end for end in last - MADE if not re.search(rf'"(?:[a-z]+\.)*{end}"', SOURCE)] == []


def test_a_wrong_name_is_answered_with_the_nearest_one() -> None:
    message = Message(id="answers.key_unknown", values=NAMES)
    assert rules_words(message) == "“wrok” is no question; did you mean “work”."
