"""Every mistake in a rulebook text is one error with its place and cure; hostile text is refused."""

import random
import re
from pathlib import Path

import pytest

from rolematcher.editions.words import rules_words
from rolematcher.rules import RulebookError, conclude, rulebook_errors, rulebook_read, settle_facts
from rolematcher.rules.compare import rulebook_compare
from rolematcher.rules.dmn import dmn_files

SMALL = (Path(__file__).parent / "small_rulebook.toml").read_text(encoding="utf-8")


def refusal(text: object):
    with pytest.raises(RulebookError) as caught:
        rulebook_read(text)
    message = caught.value.message
    assert rules_words(message)
    return message


def changed(old: str, new: str) -> str:
    assert SMALL.count(old) >= 1
    return SMALL.replace(old, new, 1)


def test_a_good_text_is_read_in_its_order():
    rulebook = rulebook_read(SMALL)
    assert [table.id for table in rulebook.tables] == ["need", "role", "risk"]
    assert [rule.id for rule in rulebook.table("role").rules] == ["trains", "otherwise-automation"]
    assert [fact.id for fact in rulebook.facts] == ["work", "team.ml", "figure"]
    assert rulebook.fact("team.ml").values == ("yes", "no", "unsure")
    assert rulebook.table("role").rules[0].when[1].allowed == ("no", "unsure")


def test_windows_line_ends_and_a_byte_order_mark_are_taken():
    assert rulebook_read("\ufeff" + SMALL.replace("\n", "\r\n")).title == "Small"


CONNECTS, TRAINS = ("rule", "connects"), ("rule", "trains")
MISTAKES = [
    ('expect = { role = "automation_specialist" }', 'expect = { role = "automat" }', "choice_unknown",
     ("example", "Connecting"), {"key": "role"}),
    ("expect = {", 'expect = { says = "conects",', "choice_unknown", ("example", "Connecting"),
     {"near": "connects"}),
    ("[output.risk]", "[output.says]", "name_taken", ("table", "says"), {}),
    ('role = "ml_engineer"', 'role = "mlenginer"', "choice_unknown", TRAINS, {"near": "ml_engineer"}),
    ('work = "connect" }\nthen', 'work = "conect" }\nthen', "choice_unknown", CONNECTS, {"near": "connect"}),
    ("when = { work", "when = { wrok", "choice_unknown", CONNECTS, {"near": "work", "key": "when"}),
    ("team.ml = [", "team.mll = [", "choice_unknown", TRAINS, {"near": "team.ml"}),
    ("team.ml = [", "team = [", "choice_unknown", TRAINS, {"near": "team.ml"}),
    ('then = { need = "connect" }', 'then = { ned = "connect" }', "choice_unknown", CONNECTS,
     {"near": "need"}),
    ('then = { need = "connect" }', 'then = { need = "connect", role = "x" }', "then_one", CONNECTS, {}),
    ('when = { work = "connect" }', 'when = { role = "ml_engineer" }', "reads_table", CONNECTS,
     {"typed": "role"}),
    ('when = { need = "custom"', 'when = { role = "ml_engineer"', "reads_table", TRAINS, {}),
    ('when = { need = "custom"', 'when = { figure = "weak"', "money_fact_early", TRAINS, {}),
    ('id = "trains"', 'id = "connects"', "name_taken", ("rule", "3"), {"typed": "connects"}),
    ('id = "trains"', 'id = "Trains it"', "bad_name", ("rule", "3"), {"example": "like-this-2026"}),
    ('because = "It connects tools."\n', "", "key_missing", CONNECTS, {"key": "because"}),
    ('because = "It connects tools."', 'because = " "', "empty", CONNECTS, {}),
    ('source = "house-2026"', 'source = "hose-2026"', "choice_unknown", CONNECTS, {"near": "house-2026"}),
    ('["no", "unsure"]', "[]", "list_empty", TRAINS, {"key": "team.ml"}),
    ('["no", "unsure"]', "true", "not_a_text", TRAINS, {}),
    ('when = { work = "connect" }\n', "", "key_missing", CONNECTS, {"key": "when"}),
    ('when = { work = "connect" }', 'when = "always"', "not_a_table", CONNECTS, {}),
    ('team.ml = ["no", "unsure"]', "team = {}", "list_empty", TRAINS, {"key": "team"}),
    ('do = "Ask."', 'todo = "Ask."', "key_unknown", ("rule", "weak-figure"), {"near": "do"}),
    ('do = "Ask."', 'ask = "figure"', "choice_unknown", ("rule", "weak-figure"), {"key": "ask"}),
    ('do = "Ask."', 'against = "house-2026"', "against_half", ("rule", "weak-figure"), {}),
    ('take = "all"', 'take = "any"', "choice_unknown", ("table", "risk"), {"options": ("first", "all")}),
    ("[output.risk]", "[output.Risk]", "bad_name", ("table", "Risk"), {}),
    ("[question.work]", "[question.1work]", "bad_name", ("question", "1work"), {}),
    ("[question.figure]", "[question.figures]", "choice_unknown", ("question", "figures"),
     {"near": "figure"}),
    ('weak = "Weak", none', 'wek = "Weak", none', "worked_out_choices", ("question", "figure"), {}),
    ('"Predict", unsure = "Not sure"', '"Predict"', "no_unsure_choice", ("question", "work"), {}),
    ('ask = "What should it do?"', "ask = 3", "not_a_text", ("question", "work"), {"key": "ask"}),
    ('ask = "What should it do?"', 'ask = "x\\u0000y"', "invisible", ("question", "work"),
     {"code": "U+0000"}),
    ("many = true", "many = true\nfree = true", "question_kinds", ("question", "team"), {}),
    ("many = true", 'many = "yes"', "not_a_flag", ("question", "team"), {}),
    ('publisher = "A publisher"\n', "", "key_missing", ("source", "house-2026"), {}),
    ("answers = { work", "answers = { wok", "choice_unknown", ("example", "Connecting"), {"near": "work"}),
    ('expect = { role = "automation_specialist" }\n', "", "key_missing", ("example", "Connecting"), {}),
    ('title = "Small"\n', 'titel = "Small"\n', "key_unknown", ("rulebook", ""), {"near": "title"}),
    ('title = "Small"', 'title = "' + "x" * 201 + '"', "too_long", ("rulebook", ""), {"over": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "id", "place", "values"), MISTAKES)
def test_a_mistake_is_named_with_its_place_and_cure(old, new, id, place, values):
    message = refusal(changed(old, new))
    assert message.id == f"rules.text.{id}"
    assert (message.values["place"], message.values["name"]) == place
    assert values.items() <= message.values.items()


@pytest.mark.parametrize(
    ("text", "id"),
    [
        (changed('title = "Small"', 'title = "Small'), "not_toml"),
        (changed('title = "Small"', "title = [" + "[" * 5_000), "not_toml"),
        (changed('title = "Small"', "title = " + "9" * 5_000), "not_toml"),
        (changed("[source.house", "\x07[source.house"), "invisible_in_line"),
        (SMALL[: SMALL.index("[[rule]]")], "table_without_rule"),
        (SMALL + '[skills]\nml_engineer = ["PyTorch"]\nautomation_specialist = ["pytorch"]',
         "skill_of_two_roles"),
        (SMALL + '[skills]\nml_enginer = ["x"]', "choice_unknown"),
        ("a" * 10_000_000, "too_large"),
        ("[[rule]]\n" * 30_000, "key_missing"),
        ("[" + ".".join("a" * 140_000) + "]\nb = 1", "too_many_dots"),
        ("a = " + "{a=" * 90_000, "not_toml"),
        ('a = "\ud800"', "invisible_in_line"),
        ('title = "x"\n' + "".join(f"[question.k{number}]\n" for number in range(14_000)), "key_missing"),
        ("k" * 290_000 + " = 1", "key_unknown"),
        ("", "key_missing"),
    ],
)  # fmt: skip
def test_a_text_that_is_no_rulebook_is_refused_quickly_and_shortly(text, id):
    message = refusal(text)
    assert message.id == f"rules.text.{id}"
    assert len(message.model_dump_json()) < 1_200


def test_the_line_of_an_invisible_character_is_told():
    assert refusal(changed("[source.house", "\x07[source.house")).values == {"line": 3, "code": "U+0007"}


TOKENS = re.compile(r"\w+|\s+|[^\w\s]")


def damaged(text: str, dice: random.Random) -> str:
    """The text after one to three accidents: words lost, doubled, or replaced by others of it."""
    pieces = TOKENS.findall(text)
    for _ in range(dice.randint(1, 3)):
        at, other = dice.randrange(len(pieces)), dice.randrange(len(pieces))
        pieces[at : at + dice.randint(0, 3)] = pieces[other : other + dice.randint(0, 3)]
    return "".join(pieces)


def used(text: str) -> bool:
    """Read it and, if it reads, use it in every way there is. Raises anything but a RulebookError."""
    try:
        made = rulebook_read(text)
        assert all(map(rules_words, rulebook_errors(made)))
        assert all(map(rules_words, rulebook_compare(made, rulebook_read(SMALL)).news))
        conclude(settle_facts(made, {})).model_dump_json()
        dmn_files(made)
    except RulebookError as error:
        assert rules_words(error.message)
        return False
    return True


def test_damaged_texts_are_refused_or_work_all_the_way():
    dice = random.Random(20261121)
    worked = sum(used(damaged(SMALL, dice)) for _ in range(600))
    assert 10 < worked < 540


@pytest.mark.parametrize("name", ["class", "3rd", "a b", "ünï", "x" * 200, "__proto__", ""])
def test_names_that_are_no_identifiers_are_refused_or_work(name: str):
    used(SMALL.replace("work", name))
    used(SMALL.replace("connects", name))
