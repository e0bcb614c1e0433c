"""The proof finds every gap and every dead row, as brute force does where brute force can."""

import random

import pytest
from hypothesis import given

from rolematcher.engine.decision.decide import decide
from rolematcher.engine.model import ALL, UNSURE, Condition, Example, Rule, Rulebook
from rolematcher.engine.proof.proof import proof, table_proof
from rolematcher.engine.sheets.boxes import Search, TooTangled
from rolematcher.engine.sheets.compiled import compiled
from rolematcher.engine.sheets.lookup import role_lookup
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

SAMPLES = 10_000


def test_shipped_rulebook_leaves_nothing_out_and_has_no_dead_row(rulebook: Rulebook):
    assert proof(rulebook).faults == ()


@up_to(150)
@given(made=rulebooks())
def test_gaps_and_dead_rows_are_those_of_brute_force(made: Rulebook):
    verdicts = [decide(made, facts) for facts in all_facts(made)]
    # A table that reads another is proved over what that one can give; where it gives nothing, its own
    # gap is the fault.
    gaps, alive = set(), set()
    for verdict in verdicts:
        for tried in verdict.trace:
            table_of = made.table(tried.table)
            read = read_by(made, table_of.rules)
            if all(verdict[id] for id in read) and tried.take == "first" and not tried.result:
                gaps.add(tried.table)
            for row in tried.applied:
                rows = table_of.rules[: table_of.rules.index(row.rule) + 1]
                if all(verdict[id] for id in read_by(made, rows if tried.take == "first" else [row.rule])):
                    alive.add(row.rule.id)
    found = table_proof(made)
    every_row = {row.id for t in made.tables for row in t.rules}
    assert {gap.table for gap in found.gaps} == gaps
    assert {row.rule for row in found.dead_rows} == every_row - alive


def read_by(made: Rulebook, rows) -> set[str]:
    """The tables these rows read, directly or through other tables."""
    read = {condition.fact for row in rows for condition in row.when} & {t.id for t in made.tables}
    for id in tuple(read):
        read |= read_by(made, made.table(id).rules)
    return read


@up_to(100)
@given(made=rulebooks(complete=False))
def test_a_gap_is_described_by_answers_that_no_row_matches(made: Rulebook):
    for gap in table_proof(made).gaps:
        facts = {fact: value for fact, value in gap.facts.items() if fact not in ("need", "role")}
        cases = [sheet for sheet in all_facts(made) if facts.items() <= sheet.items()]
        verdicts = [decide(made, sheet) for sheet in cases]
        reached = [
            verdict
            for verdict in verdicts
            if all(verdict[id] == gap.facts[id] for id in ("need", "role") if id in gap.facts)
        ]
        assert any(verdict[gap.table] == "" for verdict in reached)


def test_a_planted_gap_that_sampling_misses_is_found():
    made = wide_rulebook(7, otherwise=False)
    hidden = {f"q{n}": f"c{n % 5}" for n in range(8)}
    rows = [
        Rule(f"not-{fact}", "role", (Condition(fact, others(made, fact, value)),), "ai", "Because.")
        for fact, value in hidden.items()
    ]
    planted = rulebook_of(list(made.questions), [table("role", [*rows, *wide_rows_beside(made, hidden)])])
    dice = random.Random(1)
    sampled = [random_facts(planted, dice) for _ in range(SAMPLES)]
    assert all(outcome.role for outcome in role_lookup(planted).of_many(sampled))
    (gap, *_) = table_proof(planted).gaps
    assert hidden.items() <= gap.facts.items()


def others(made: Rulebook, fact: str, value: str) -> tuple[str, ...]:
    return tuple(other for other in made.fact(fact).values if other != value)


def wide_rows_beside(made: Rulebook, hidden: dict[str, str]) -> list[Rule]:
    """Rows that do not meet the hidden case, so that it stays the gap."""
    return [
        row
        for row in made.table("role").rules
        if any(c.fact in hidden and hidden[c.fact] not in c.allowed for c in row.when)
    ]


def test_a_planted_dead_row_is_found_and_a_rare_one_is_not_called_dead():
    made = wide_rulebook(11, rules=60)
    half, rest = ("c0", "c1", "c2"), ("c3", "c4", UNSURE)
    covering = [
        rule("first-half", "role", "ai", q0=half, q1="c1"),
        rule("second-half", "role", "ml", q0=rest),
    ]
    dead = rule("dead", "role", "auto", q1="c1", q2=("c0", "c1"))
    rare = rule("rare", "role", "auto", **{f"q{n}": "c4" for n in range(1, 14)}, q0="c0")
    rows = [*covering, dead, rare, *made.table("role").rules]
    planted = rulebook_of(list(made.questions), [table("role", rows)])
    found = {row.rule: row.covered_by for row in table_proof(planted).dead_rows}
    assert found["dead"] == ("first-half", "second-half")
    assert "rare" not in found
    # Ten thousand samples cannot tell the two apart: they reach neither.
    dice = random.Random(3)
    layout = compiled(planted).layout
    sampled = [layout.sheet_of(random_facts(planted, dice)) for _ in range(SAMPLES)]
    decided = {compiled(planted).work_out(sheet)[1][0][0] for sheet in sampled}
    assert not {rows[row].id for row in decided} & {"dead", "rare"}


def test_a_large_rulebook_is_proved_over_more_cases_than_can_be_walked():
    made = wide_rulebook(5)
    assert compiled(made).layout.space.bit_count() >= 100
    found = table_proof(made)
    assert found.gaps == ()
    for dead in found.dead_rows:
        assert dead.covered_by


def test_covering_rows_are_all_needed():
    made = rulebook_of(
        [question("q", "a", "b", "c", UNSURE)],
        [
            table(
                "role",
                [
                    rule("beside", "role", "ai", q="c"),
                    rule("one", "role", "ai", q="a"),
                    rule("two", "role", "ml", q="b"),
                    rule("dead", "role", "ai", q=("a", "b")),
                    rule("else", "role", "ml"),
                ],
            )
        ],
    )
    (dead,) = table_proof(made).dead_rows
    assert (dead.rule, dead.covered_by) == ("dead", ("one", "two"))
    assert "'one', 'two' above it" in str(dead)


def test_not_sure_is_a_case_like_any_other():
    made = rulebook_of(
        [question("tried", "yes", "no", UNSURE), question("other", "a", UNSURE)],
        [table("role", [rule("one", "role", "ai", tried="yes"), rule("two", "role", "ml", tried="no")])],
    )
    (gap,) = table_proof(made).gaps
    assert gap.facts == {"tried": UNSURE}
    assert str(gap).startswith("Table 'role': no row matches when Tried = Unsure.")


def test_not_sure_who_is_on_the_team_is_one_answer():
    made = rulebook_of(
        [question("team", "ml", "ai", "nobody", UNSURE, many=True)],
        [
            table(
                "role",
                [
                    rule("both-known", "role", "ai", team__ml=("yes", "no"), team__ai=("yes", "no")),
                    rule("not-known", "role", "ml", team__ml=UNSURE, team__ai=UNSURE),
                    rule("half-known", "role", "ml", team__ml=UNSURE, team__ai="yes"),
                ],
            )
        ],
    )
    found = table_proof(made)
    assert found.gaps == ()
    assert [(row.rule, row.covered_by) for row in found.dead_rows] == [("half-known", ())]


def test_only_results_that_can_occur_together_with_the_answers_count():
    needs = table(
        "need", [rule("a", "need", "n1", q="a"), rule("b", "need", "n2")], choices=("n1", "n2", "n3")
    )
    roles = table(
        "role",
        [
            rule("first", "role", "ai", need="n1"),
            rule("never", "role", "ml", need="n2", q="a"),
            rule("second", "role", "ml", need="n2"),
        ],
    )
    found = table_proof(rulebook_of([question("q", "a", "b", UNSURE)], [needs, roles]))
    assert found.gaps == ()  # n3 is a result of `need` that no row gives, so no row for it is missing
    assert [(row.rule, row.covered_by) for row in found.dead_rows] == [("never", ())]


def test_the_smallest_gap_is_described_first():
    made = rulebook_of(
        [question(f"q{n}", "a", "b", UNSURE) for n in range(4)],
        [
            table(
                "role",
                [
                    rule("wide", "role", "ai", q0=("a", UNSURE), q1=("a", UNSURE)),
                    rule("more", "role", "ai", q0=("a", UNSURE), q1="b", q2=("a", "b"), q3="a"),
                    rule("most", "role", "ml", q0="b", q1=("a", "b"), q2="a"),
                ],
            )
        ],
    )
    gaps = table_proof(made).gaps
    assert [len(gap.facts) for gap in gaps] == sorted(len(gap.facts) for gap in gaps)
    assert len(gaps[0].facts) == 2


def test_a_row_of_a_table_where_all_speak_is_dead_only_if_it_never_can():
    made = rulebook_of(
        [question("q", "a", UNSURE)],
        [
            table("need", [rule("n", "need", "n1", q="a"), rule("else", "need", "n2")]),
            table(
                "advice",
                [
                    rule("always", "advice", "x"),
                    rule("too", "advice", "x", q="a"),
                    rule("never", "advice", "y", q="a", need="n2"),
                ],
                take=ALL,
            ),
        ],
    )
    assert [row.rule for row in table_proof(made).dead_rows] == ["never"]


def test_examples_that_contradict_each_other_are_named(rulebook: Rulebook):
    questions = [question("work", "a", UNSURE)]
    tables = [table("role", [rule("one", "role", "ai", work="a"), rule("two", "role", "ml")])]
    examples = (
        Example("first", {"work": "a"}, {"role": "ai"}),
        Example("second", {"work": "a"}, {"role": "ml"}),
    )
    faults = proof(rulebook_of(questions, tables, examples)).faults
    assert any("'first'" in fault and "'second'" in fault for fault in faults)
    assert any(fault.startswith("Example 'second'") for fault in faults)


def test_a_search_that_would_take_too_long_is_given_up_with_an_error():
    made = wide_rulebook(3)
    layout = compiled(made).layout
    masks = compiled(made).table("role").masks[:-1]
    with pytest.raises(TooTangled, match="overlap too much"):
        Search(layout, most_looks=300).outside(layout.space, masks)


def test_a_rulebook_with_more_cases_than_can_be_told_apart_cannot_be_published():
    faults = proof(wide_rulebook(5)).faults
    assert any("too many cases" in fault for fault in faults)


def test_rows_that_force_one_step_after_another_are_followed_to_the_end():
    values = tuple(f"v{n}" for n in range(40))
    asked = [question(f"q{n}", *values, UNSURE) for n in range(12)]
    rows = [rule(f"{q.id}-{value}", "role", "ai", **{q.id: value}) for q in asked for value in values]
    (gap,) = table_proof(rulebook_of(asked, [table("role", rows)])).gaps
    assert gap.facts == {q.id: UNSURE for q in asked}


def test_rows_nested_too_deep_to_search_end_in_an_error():
    dice = random.Random(8)
    values = [f"v{n}" for n in range(40)]
    asked = [question(f"q{n}", *values, UNSURE) for n in range(60)]
    rows = [
        rule(f"r{n}", "role", "ai", **{f"q{m}": dice.choice(values) for m in dice.sample(range(60), 2)})
        for n in range(1_000)
    ]
    with pytest.raises(TooTangled):
        table_proof(rulebook_of(asked, [table("role", rows)]))
