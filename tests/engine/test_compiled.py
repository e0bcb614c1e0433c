"""The fast forms of a rulebook agree with the readable evaluator, on made rulebooks and the shipped one."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolematcher.engine.decision.decide import decide, decide_plain
from rolematcher.engine.errors import AnswerError
from rolematcher.engine.model import Rulebook
from rolematcher.engine.proof.cases import cases_of, role_cases
from rolematcher.engine.sheets.boxes import size
from rolematcher.engine.sheets.compiled import compile_rulebook, compiled, compiled_for_role, packed_sheet
from rolematcher.engine.sheets.explain import explainer
from rolematcher.engine.sheets.lookup import role_lookup
from tests.engine.made_rulebooks import all_facts, question, random_facts, rule, rulebook_of, rulebooks, table
from tests.examples import up_to

ROLE_TABLES = ("need", "role", "course")


@given(made=rulebooks(), seed=st.integers(0, 10**6))
def test_masks_decide_as_the_readable_evaluator_does(made: Rulebook, seed: int):
    dice = random.Random(seed)
    for _ in range(10):
        facts = {fact.id: dice.choice(fact.values) for fact in made.facts}
        verdict = decide(made, facts)
        _, applied = compiled(made).work_out(compiled(made).layout.sheet_of(facts))
        assert compiled(made).results(facts) == verdict.results
        assert [[made.tables[n].rules[row].id for row in rows] for n, rows in enumerate(applied)] == [
            [row.rule.id for row in tried.applied] for tried in verdict.trace
        ]


@given(made=rulebooks(), seed=st.integers(0, 10**6))
def test_look_up_decides_as_the_readable_evaluator_does(made: Rulebook, seed: int):
    dice = random.Random(seed)
    sheets = [{fact.id: dice.choice(fact.values) for fact in made.facts} for _ in range(10)]
    expected = [tuple(decide_plain(made, facts)[id] for id in ROLE_TABLES) for facts in sheets]
    assert [role_lookup(made).of_facts(facts) for facts in sheets] == expected
    assert role_lookup(made).of_many(sheets) == expected


@given(made=rulebooks(), seed=st.integers(0, 10**6))
def test_fast_trace_is_the_readable_trace(made: Rulebook, seed: int):
    dice = random.Random(seed)
    for _ in range(5):
        facts = {fact.id: dice.choice(fact.values) for fact in made.facts}
        expected = [tried.rules for tried in decide(made, facts).trace if tried.table in ROLE_TABLES]
        assert list(explainer(made).of_facts(facts).trace) == expected


def test_shipped_rulebook_decides_alike_in_every_form(rulebook: Rulebook):
    dice = random.Random(20261121)
    for _ in range(1_000):
        facts = random_facts(rulebook, dice)
        verdict = decide(rulebook, facts)
        explained = explainer(rulebook).of_facts(facts)
        assert compiled(rulebook).results(facts) == verdict.results
        assert explained.outcome == tuple(verdict[id] for id in ROLE_TABLES)
        assert explained.trace == tuple(verdict.tried(id).rules for id in ROLE_TABLES)


def test_facts_left_out_count_as_unanswered(rulebook: Rulebook):
    given_facts = {"work": "connect", "team.ai": "yes"}
    assert role_lookup(rulebook).of_facts(given_facts)[1:] == (
        decide(rulebook, given_facts)["role"],
        decide(rulebook, given_facts)["course"],
    )
    assert role_lookup(rulebook).of_many([given_facts, {}])[1] == role_lookup(rulebook).of_facts({})


def test_a_value_the_question_does_not_have_is_refused_by_name(rulebook: Rulebook):
    lookup = role_lookup(rulebook)
    for decide_it in (lookup.of_facts, lambda facts: lookup.of_many([facts]), compiled(rulebook).results):
        with pytest.raises(AnswerError) as refused:
            decide_it({"work": "juggle"})
        assert refused.value.field == "work"


def test_a_sheet_has_one_bit_a_question_and_gives_its_facts_back(rulebook: Rulebook):
    layout = compiled(rulebook).layout
    dice = random.Random(1)
    for _ in range(100):
        facts = random_facts(rulebook, dice)
        sheet = layout.sheet_of(facts)
        assert [(sheet & axis.full).bit_count() for axis in layout.questions] == [1] * len(layout.questions)
        assert sheet & layout.guards == 0
        assert layout.facts_of(sheet) == {
            fact: facts[fact] for axis in layout.questions for fact in axis.facts
        }


def test_packed_sheets_fit_the_column_and_unpack(rulebook: Rulebook):
    layout = compiled_for_role(rulebook).layout
    dice = random.Random(2)
    seen = {}
    for _ in range(500):
        facts = random_facts(rulebook, dice)
        packed = packed_sheet(rulebook, facts)
        read = {fact: facts[fact] for fact in layout.by_fact if fact in facts}
        assert 0 <= packed < 2**63
        assert layout.unpack(packed) == read
        assert seen.setdefault(packed, read) == read
    for stranger in (2**62, -1):
        with pytest.raises(AnswerError):
            layout.unpack(stranger)


def test_a_rulebook_too_wide_for_the_column_has_no_packed_sheet():
    asked = [question(f"q{n}", *(f"c{m}" for m in range(40)), "unsure") for n in range(12)]
    rows = [rule("all", "role", "ai", **{q.id: ("c1", "unsure") for q in asked})]
    made = rulebook_of(asked, [table("role", rows)])
    assert packed_sheet(made, {}) is None
    assert role_lookup(made).of_facts({}).role == "ai"


@up_to(40)
@given(made=rulebooks())
def test_cases_share_no_sheet_and_leave_none_out(made: Rulebook):
    cases = cases_of(compile_rulebook(made, ROLE_TABLES))
    layout = cases.compiled.layout
    assert sum(size(layout, case.box) for case in cases.cases) == cases.sheets
    for facts in all_facts(made):
        sheet = layout.sheet_of(facts)
        (case,) = [case for case in cases.cases if not sheet & ~case.box]
        plain = decide_plain(made, facts)
        assert case.results == tuple(plain[id] for id in cases.tables)


def test_the_whole_answer_space_is_counted_exactly(rulebook: Rulebook):
    cases = role_cases(rulebook)
    counted = cases.count(["role", "course"])
    sizes = [
        17 if question.many else len(question.choices)
        for question in rulebook.questions
        if any(axis.facts[0].partition(".")[0] == question.id for axis in cases.compiled.layout.questions)
    ]
    product = 1
    for number in sizes:
        product *= number
    assert sum(counted.values()) == cases.sheets == product
    assert all(role and course for role, course in counted)


def test_a_question_with_many_ticks_is_read_tick_by_tick():
    ticks = [f"t{n}" for n in range(9)]
    made = rulebook_of(
        [question("skills", *ticks, "nobody", "unsure", many=True)],
        [table("role", [rule("one", "role", "ai", skills__t3="yes"), rule("two", "role", "ml")])],
    )
    everything = {f"skills.{tick}": "no" for tick in ticks}
    assert role_lookup(made).of_facts(everything).role == "ml"
    assert role_lookup(made).of_facts(everything | {"skills.t3": "yes"}).role == "ai"
