"""Comparing two rulebooks and replaying packed sheets give what deciding one by one would give."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolematcher.engine.decision.decide import decide, decide_plain
from rolematcher.engine.errors import RulebookError
from rolematcher.engine.model import ALL, UNSURE, Rulebook
from rolematcher.engine.proof.compare import compare
from rolematcher.engine.rulebook.read import rulebook_read
from rolematcher.engine.sheets.bulk import facts_not_packed, replay
from rolematcher.engine.sheets.compiled import packed_sheet
from tests.engine.made_rulebooks import (
    all_facts,
    question,
    random_facts,
    rule,
    rulebook_of,
    rulebooks,
    table,
    wide_rulebook,
)
from tests.examples import up_to

ROLE_TABLES = ("need", "role", "course")


def outcome(made: Rulebook, facts) -> tuple[str, ...]:
    plain = decide_plain(made, facts)
    return tuple(plain.get(id, "") for id in ROLE_TABLES)


@st.composite
def two_rulebooks(draw: st.DrawFn) -> tuple[Rulebook, Rulebook]:
    """A rulebook and the same questions with other rows."""
    made = draw(rulebooks())
    changed = []
    for t in made.tables:
        rows = list(t.rules)
        rows = draw(st.permutations(rows))
        rows = [replace(row, result=draw(st.sampled_from([c.id for c in t.choices]))) for row in rows]
        changed.append(replace(t, rules=tuple(rows) if draw(st.booleans()) else t.rules))
    return made, replace(made, tables=tuple(changed))


@up_to(80)
@given(pair=two_rulebooks())
def test_differences_are_those_of_deciding_every_sheet_twice(pair: tuple[Rulebook, Rulebook]):
    old, new = pair
    found = compare(old, new)
    read = {c.fact for made in pair for id in ROLE_TABLES for row in made.table(id).rules for c in row.when}
    sheets = {}
    for facts in all_facts(old):
        questions = {old.fact(fact).question for fact in facts if fact in read}
        key = tuple((f, v) for f, v in facts.items() if old.fact(f).question in questions)
        sheets[key] = facts
    moved: dict[tuple, int] = {}
    for facts in sheets.values():
        was, now = outcome(old, facts), outcome(new, facts)
        if was != now:
            moved[was, now] = moved.get((was, now), 0) + 1
    assert {(tuple(d.old), tuple(d.new)): d.sheets for d in found.differences} == moved
    assert (found.sheets, found.changed) == (len(sheets), sum(moved.values()))


@up_to(80)
@given(pair=two_rulebooks())
def test_the_smallest_case_shows_its_difference_whatever_else_is_answered(pair: tuple[Rulebook, Rulebook]):
    old, new = pair
    for difference in compare(old, new).differences:
        shown = [facts for facts in all_facts(old) if difference.facts.items() <= facts.items()]
        assert shown
        for facts in shown:
            assert outcome(old, facts) == difference.old
            assert outcome(new, facts) == difference.new


@up_to(80)
@given(pair=two_rulebooks())
def test_rulebooks_are_never_called_the_same_when_a_result_differs(pair: tuple[Rulebook, Rulebook]):
    old, new = pair
    alike = all(said(old, facts) == said(new, facts) for facts in all_facts(old))
    found = compare(old, new)
    if found.same:
        assert alike
    if found.differences:
        assert not alike


def said(made: Rulebook, facts) -> tuple[object, ...]:
    """The results of every table, those of a table where all rows speak as a set."""
    verdict = decide(made, facts)
    spoken = {row.rule.result for tried in verdict.trace if tried.take == ALL for row in tried.applied}
    return dict(verdict.results), spoken


def test_a_rulebook_is_the_same_as_its_own_text_with_other_words(rulebook: Rulebook, rulebook_text: str):
    other = rulebook_read(rulebook_text.replace("Which engineer does this work need?", "Which engineer?"))
    found = compare(rulebook, other)
    assert found.same
    assert found.as_dict()["changed"] == 0


def test_a_widened_rule_is_shown_with_its_smallest_case(rulebook: Rulebook, rulebook_text: str):
    before = 'when = { work = "connect", app = "no" }'
    assert before in rulebook_text
    changed = rulebook_read(rulebook_text.replace(before, 'when = { work = "connect", app = ["no", "yes"] }'))
    found = compare(rulebook, changed)
    assert found.differences
    first = found.differences[0]
    assert first.facts["work"] == "connect"
    assert first.facts["app"] == "yes"
    assert "quiet-connection" in first.new_rules
    assert "What it should do = Move information" in first.words
    assert found.changed == sum(one.sheets for one in found.differences)


def test_questions_choices_and_tables_of_one_only_are_told_in_words():
    old = rulebook_of(
        [question("work", "bot", "other", UNSURE)],
        [table("role", [rule("all", "role", "ai")], choices=("ai",))],
    )
    new = rulebook_of(
        [question("work", "bot", "forecast", UNSURE), question("tried", "yes", UNSURE)],
        [
            table("role", [rule("tried", "role", "ml", tried="yes"), rule("all", "role", "ai")]),
            table("level", [rule("any", "level", "senior")]),
        ],
    )
    found = compare(old, new)
    assert set(found.news) == {
        "Question 'tried' is new.",
        "Question 'work' no longer has 'other'.",
        "Question 'work' now has 'forecast' too.",
        "Table 'role' now has 'ml' too.",
        "Table 'level' is new.",
    }
    (difference,) = found.differences
    assert difference.facts == {"tried": "yes"}
    assert not found.same


def test_other_tables_are_compared_too():
    asked = [question("work", "bot", "forecast", UNSURE)]
    roles = table("role", [rule("all", "role", "ai")])
    old = rulebook_of(
        asked, [roles, table("risk", [rule("r", "risk", "harm", work="bot")], take=ALL, choices=("harm",))]
    )
    new = rulebook_of(
        asked,
        [roles, table("risk", [rule("r", "risk", "harm", work="forecast")], take=ALL, choices=("harm",))],
    )
    found = compare(old, new)
    assert not found.differences
    assert [str(one) for one in found.tables] == ["Table 'risk' no longer gives 'harm' when Work = Bot."]
    assert not found.same


def test_other_defaults_and_skills_are_told():
    asked = question("work", "bot", UNSURE)
    old = rulebook_of([asked], [table("role", [rule("all", "role", "ai")])])
    new = replace(old, questions=(replace(asked, default="bot"),), skills={"ai": ("RAG",)})
    assert compare(old, new).news == (
        "Question 'work' counts as 'bot' while nobody has answered it.",
        "The words that mark a must-have as a role's skill differ.",
    )


def test_a_table_that_takes_all_rows_instead_is_told():
    asked = [question("work", "bot", UNSURE)]
    roles = table("role", [rule("all", "role", "ai")])
    rows = [rule("r", "extra", "x")]
    found = compare(
        rulebook_of(asked, [roles, table("extra", rows)]),
        rulebook_of(asked, [roles, table("extra", rows, take=ALL)]),
    )
    assert found.news == ("Table 'extra' now takes all rows that match.",)


def test_replay_decides_packed_sheets_as_one_by_one(rulebook: Rulebook):
    dice = random.Random(5)
    sheets = [random_facts(rulebook, dice) for _ in range(2_000)]
    replayed = replay([packed_sheet(rulebook, facts) for facts in sheets], rulebook)
    for id in ROLE_TABLES:
        assert replayed.named(id) == [decide_plain(rulebook, facts)[id] for facts in sheets]
    assert sum(replayed.count("role").values()) == 2_000


@up_to(60)
@given(pair=two_rulebooks(), seed=st.integers(0, 10**6))
def test_replay_under_another_rulebook_decides_by_that_one(pair: tuple[Rulebook, Rulebook], seed: int):
    old, new = pair
    dice = random.Random(seed)
    sheets = [random_facts(old, dice) for _ in range(20)]
    unpacked = set(facts_not_packed(new, packed_by=old))
    seen = [{fact: v for fact, v in facts.items() if fact not in unpacked} for facts in sheets]
    replayed = replay(np.array([packed_sheet(old, facts) for facts in sheets]), new, packed_by=old)
    for id in ROLE_TABLES:
        assert replayed.named(id) == [decide_plain(new, facts)[id] for facts in seen]


def test_replay_works_for_tables_with_more_rows_than_a_word_has_bits():
    made = wide_rulebook(9, rules=150, questions=12)
    dice = random.Random(6)
    sheets = [random_facts(made, dice) for _ in range(1_000)]
    replayed = replay([packed_sheet(made, facts) for facts in sheets], made)
    assert replayed.named("role") == [decide_plain(made, facts)["role"] for facts in sheets]


def test_replay_counts_an_answer_that_is_gone_as_unanswered():
    rows = [
        rule("b", "role", "ml", work="b"),
        rule("unsure", "role", "auto", work=UNSURE),
        rule("all", "role", "ai"),
    ]
    old = rulebook_of([question("work", "a", "b", UNSURE)], [table("role", rows)])
    new = rulebook_of([question("work", "a", UNSURE)], [table("role", rows[1:])])
    assert replay([packed_sheet(old, {"work": "b"})], new, packed_by=old).named("role") == ["auto"]


def test_replay_refuses_numbers_that_are_no_sheet(rulebook: Rulebook):
    for stranger in (-1, 2**40, 7):
        with pytest.raises(RulebookError, match="another edition"):
            replay([packed_sheet(rulebook, {}), stranger], rulebook)


def test_replay_of_nothing_is_nothing(rulebook: Rulebook):
    assert replay([], rulebook).named("role") == []
