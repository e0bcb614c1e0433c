"""Every message of the rules, the answers and the values is a sentence, in every language."""

from __future__ import annotations

import pytest
from django.utils import translation

from rolematcher.editions.words import SENTENCES, rules_words
from rolematcher.rules.messages import MESSAGES as RULES
from rolematcher.values.message import Message, Money
from rolematcher.values.messages import MESSAGES as VALUES

ALL = {**RULES, **VALUES}
WHOLE = {"line", "over", "count", "most", "least", "sheets", "outcomes"}


def filled(id: str) -> Message:
    """The message with something in each slot."""
    values = {name: f"<{name}>" for name in ALL[id]} | {name: 3 for name in ALL[id] if name in WHOLE}
    if "place" in values:
        values["place"] = "rule"
    if "options" in values:
        values["options"] = ("one", "two")
    if "low" in values:
        values |= {"low": Money(amount="1", currency="EUR"), "high": Money(amount="2", currency="EUR")}
    if "error" in values:
        values["error"] = (Message(id="values.amount.empty"),)
    return Message(id=id, values=values)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("id", sorted(ALL))
def test_every_message_is_said(id: str, language: str) -> None:
    with translation.override(language):
        words = rules_words(filled(id))
    assert "%(" not in words and words[:1] in words.upper()[:1] + "“<[„3"
    assert words.endswith((".", ":", "?", "”", ">", "27.50", "“")) or "rules.text.not_toml" in id


def test_german_is_not_english() -> None:
    english = {id: rules_words(filled(id)) for id in ALL}
    with translation.override("de"):
        same = [id for id in ALL if rules_words(filled(id)) == english[id]]
    assert same in ([], ["rules.check.example_answers"])


def test_no_sentence_is_left_over() -> None:
    assert set(SENTENCES) == set(ALL)


def test_a_wrong_name_is_answered_with_the_nearest_one() -> None:
    message = Message(
        id="answers.key_unknown", values={"typed": "wrok", "near": "work", "options": ("work", "team")}
    )
    assert rules_words(message) == "“wrok” is no question; did you mean “work”."
