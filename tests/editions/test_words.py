"""Every message of the rules, the answers and the values is a sentence, in every language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation

from rolematcher.editions import words
from rolematcher.editions.words import SENTENCES, rules_words
from rolematcher.values.message import Message

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
SLOT = re.compile(r"%\((\w+)\)")
VALUES = dict.fromkeys(SLOT.findall(Path(words.__file__).read_text(encoding="utf-8")), 3)
NAMES = {"typed": "wrok", "near": "work", "options": ("work", "team")}


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_message_is_said(language: str) -> None:
    values = VALUES | NAMES | {"place": "rule", "name": "<name>", "key": "<key>"}
    with translation.override(language):
        said = [words.rules_words(Message(id=id, values=values)) for id in SENTENCES]
    assert all(said) and not [one for one in said if "%(" in one]


def test_what_is_said_has_a_sentence_and_no_sentence_is_left_over() -> None:
    last = {id.rpartition(".")[2] for id in SENTENCES}
    assert {(said[1] or said[2]).rpartition(".")[2] for said in SAID.finditer(SOURCE)} <= last
    assert [end for end in last - MADE if not re.search(rf'"(?:[a-z]+\.)*{end}"', SOURCE)] == []


def test_a_wrong_name_is_answered_with_the_nearest_one() -> None:
    message = Message(id="answers.key_unknown", values=NAMES)
    assert rules_words(message) == "“wrok” is no question; did you mean “work”."
