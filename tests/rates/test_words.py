"""Every message of the pay room is a sentence in every language, and no sentence waits for a message."""

from __future__ import annotations

import ast
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from pydantic import BaseModel

from rolematcher import pay
from rolematcher.rates.words import SENTENCES, pay_words
from rolematcher.values.message import Message
from tests.pay.sheets import random_report

TREES = [ast.parse(path.read_text(encoding="utf-8")) for path in Path(pay.__file__).parent.glob("*.py")]
NODES = [node for tree in TREES for node in ast.walk(tree)]
KINDS = {id.split(".")[1] for id in SENTENCES}
"""How an id of the pay room begins: budget, cost, note."""


def ids_in(source: ast.AST) -> set[str]:
    """The ids that stand in a piece of source as they are."""
    texts = {one.value for one in ast.walk(source) if isinstance(one, ast.Constant)}
    begun = re.compile(rf"(?:pay[.])?((?:{'|'.join(KINDS)})[.][a-z_]*[a-z])")
    return {f"pay.{id[1]}" for text in texts if isinstance(text, str) and (id := begun.fullmatch(text))}


def ids_made_by(text: ast.JoinedStr) -> set[str]:
    """The sentences whose id an f-string can be."""
    parts = [re.escape(str(one.value)) if isinstance(one, ast.Constant) else "[a-z_]+" for one in text.values]
    return {id for id in SENTENCES if re.fullmatch("pay[.]" + "".join(parts), id)}


def test_what_is_said_has_a_sentence_and_a_sentence_is_said():
    made = [ids_made_by(node) for node in NODES if isinstance(node, ast.JoinedStr)]
    assert set().union(*map(ids_in, TREES), *made) == set(SENTENCES)


def test_every_slot_of_a_sentence_is_filled_where_it_is_said():
    for call in NODES:
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "say":
            given = {keyword.arg for keyword in call.keywords}
            for id in ids_in(call.args[0]) if None not in given else ():
                assert set(re.findall(r"%\((\w+)\)", str(SENTENCES[id]))) <= given, id


@pytest.fixture(scope="module")
def said() -> list[Message]:
    """A few messages of each id that come up in some hundred reports."""
    chance, kept = random.Random(20261126), defaultdict(list)
    for message in messages_in([random_report(chance) for _ in range(300)]):
        kept[message.id].append(message)
    assert len(kept) > 90
    return [message for messages in kept.values() for message in messages[:5]]


def messages_in(found: object) -> Iterator[Message]:
    """Every message of this room in a report, those inside another too."""
    if isinstance(found, Message) and found.id.startswith("pay."):
        yield found
    if isinstance(found, BaseModel):
        found = vars(found)
    inside = found.values() if isinstance(found, dict) else found if isinstance(found, list | tuple) else ()
    for one in inside:
        yield from messages_in(one)


@pytest.mark.parametrize("language", ["en", "de"])
def test_what_reports_say_can_be_said_in_every_language(said: list[Message], language: str) -> None:
    with translation.override(language):
        assert not [words for message in said if "%(" in (words := pay_words(message)) or not words]
