"""What keeps a readable rulebook from being used is named: tables, gaps, dead rules, examples."""

from dataclasses import replace
from pathlib import Path

import pytest

from rolematcher.editions.words import rules_words
from rolematcher.rules import rulebook_errors, rulebook_read
from rolematcher.rules.check import example_errors
from rolematcher.rules.reach import table_errors
from rolematcher.rules.rulebook import ALL, FIRST, UNSURE
from tests.rules.made_rulebooks import question, rule, rulebook_of, table

SMALL = (Path(__file__).parent / "small_rulebook.toml").read_text(encoding="utf-8")
NEED = ("need",)


def said(errors):
    errors = list(errors)
    for error in errors:
        assert rules_words(error)
    return [(error.id.removeprefix("rules.check."), *error.values.values()) for error in errors]


def test_a_gap_is_described_by_the_answers_that_show_it():
    made = rulebook_of(
        [question("work", "a", "b", UNSURE), question("data", "x", UNSURE)],
        [table("role", [rule("a", "role", "ai", work="a"), rule("b", "role", "ml", work="b", data="x")])],
    )
    assert said(table_errors(made)) == [
        ("gap", "role", ("work=unsure",)),
        ("gap", "role", ("work=b", "data=unsure")),
    ]


def test_a_dead_rule_names_the_rules_above_that_leave_nothing_of_it():
    needless = rule("needless", "role", "ml", work=("a", "b"))
    rules = [rule("a", "role", "ai", work="a"), rule("b", "role", "ai", work="b"), needless]
    role = table("role", [*rules, rule("else", "role", "ml")])
    made = rulebook_of([question("work", "a", "b", "c", UNSURE)], [role])
    assert said(table_errors(made)) == [("dead_rule", "needless", ("a", "b"))]
    wide = replace(needless, id="wide")
    made = replace(made, tables=(replace(role, rules=(role.rules[0], wide, needless, role.rules[-1])),))
    assert said(table_errors(made)) == [("dead_rule", "needless", ("wide",))]


def test_only_results_that_can_occur_together_with_the_answers_count():
    need = table("need", [rule("na", "need", "n1", work="a"), rule("nb", "need", "n2")])
    never = rule("never", "role", "ai", tables=NEED, work="b", need="n1")
    role = table("role", [never, rule("else", "role", "ml")])
    risk = table("risk", [rule("no", "risk", "x", tables=NEED, work="a", need="n2")], take=ALL)
    made = rulebook_of([question("work", "a", "b", UNSURE)], [need, role, risk])
    assert said(table_errors(made)) == [("never_holds", "never"), ("never_holds", "no")]


def test_a_table_that_reads_many_questions_is_checked_without_walking_all_sheets():
    need = [rule(f"n{n}", "need", "n1", q0="a", **{f"q{n}": "b"}) for n in range(1, 5)]
    level = [rule("l", "level", "x", tables=NEED, need="n1", q5="a", q6="b", q7="c", q8="d")]
    made = rulebook_of(
        [question(f"q{n}", *"abcde", UNSURE) for n in range(9)],
        [
            table("need", [*need, rule("n-else", "need", "n2")]),
            table("level", [*level, rule("l-else", "level", "y")]),
        ],
    )
    assert said(table_errors(made)) == []


@pytest.mark.parametrize(
    ("expect", "error"),
    [
        ({"role": ("ml_engineer",)},
         ("example_result", "Connecting", "role", ("automation_specialist",), ("ml_engineer",))),
        ({"risk": ("weak",)}, ("example_result", "Connecting", "risk", (), ("weak",))),
        ({"provisional": ("provisional",)}, ("example_provisional", "Connecting")),
        ({"asks": ("work",)}, ("example_asks", "Connecting", (), ("work",))),
        ({"says": ("trains",)}, ("example_silent", "Connecting", "trains")),
        ({"silent": ("connects",)}, ("example_speaks", "Connecting", "connects")),
    ],
)  # fmt: skip
def test_an_example_that_comes_out_otherwise_is_named(expect, error):
    book = rulebook_read(SMALL)
    wrong = replace(book, examples=(replace(book.examples[0], expect=expect),))
    assert error in said(example_errors(wrong))


def test_an_example_with_a_wrong_answer_is_named_with_the_field():
    book = rulebook_read(SMALL)
    for answers, field in (({"work": "conect"}, "work"), ({"figure": "fine"}, "figure")):
        wrong = replace(book, examples=(replace(book.examples[0], answers=answers),))
        (error, *_) = [one for one in example_errors(wrong) if one.id == "rules.check.example_answers"]
        assert (error.values["example"], error.values["field"]) == ("Connecting", field)
        assert "; possible are " in rules_words(error) or "; did you mean " in rules_words(error)


def test_a_rule_that_no_example_would_miss_is_named():
    errors = said(example_errors(rulebook_read(SMALL)))
    assert ("unnoticed", "weak-figure") in errors and ("unnoticed", "otherwise-automation") not in errors


def test_what_the_brief_cannot_do_without_is_asked_for(rulebook):
    tables = tuple(one for one in rulebook.tables if one.id != "risk")
    assert ("table_missing", "risk") in said(rulebook_errors(replace(rulebook, tables=tables, examples=())))
    turned = tuple(replace(one, take=FIRST) if one.id == "risk" else one for one in rulebook.tables)
    assert ("table_take", "risk", ALL) in said(rulebook_errors(replace(rulebook, tables=turned, examples=())))
    errors = said(rulebook_errors(rulebook_read(SMALL)))
    assert ("table_missing", "recommendation") in errors


def test_a_result_nothing_can_be_done_with_and_a_risk_without_a_cure_are_named(rulebook_text):
    book = rulebook_read(rulebook_text.replace('pair = "Two people"', 'pair = "Two people"\nthree = "Three"'))
    assert ("result_unknown", "headcount", "three", ("one", "pair", "none")) in said(rulebook_errors(book))
    book = rulebook_read(
        rulebook_text.replace('\ndo = "Name a person or a provider', '\n# do = "Name a person')
    )
    assert ("do_missing", "daily-use-without-a-maintainer") in said(rulebook_errors(book))


def test_a_known_question_asked_in_another_way_is_named():
    text = SMALL.replace("work]\nask", "work]\nmany = true\nask").replace(
        'connect" }\nthen', 'connect" }\nthen'
    )
    text = text.replace('when = { work = "connect" }', 'when = { work.connect = "yes" }')
    assert ("question_kind", "work") in said(rulebook_errors(rulebook_read(text)))
