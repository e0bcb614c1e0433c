"""The answer table says what brute force says: gaps, dead rules, possible roles, changes, distances."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolematcher.rules import RulebookError
from rolematcher.rules.answer_table import AnswerTable
from rolematcher.rules.firmness import Firmness
from rolematcher.rules.reach import table_errors
from rolematcher.rules.rulebook import FIRST, UNSURE, Question, Rulebook
from tests.examples import up_to
from tests.rules.made_rulebooks import (
    all_facts,
    completions,
    known,
    pair,
    plainly,
    question,
    random_facts,
    rule,
    rulebook_of,
    rulebooks,
    table,
    taken,
)


def check_tables(made: Rulebook) -> None:
    """Gaps and rules that never decide are those of trying every sheet."""
    ends = [plainly(made, facts) for facts in all_facts(made)]
    errors = list(table_errors(made))
    gapped = {error.values["table"] for error in errors if error.id == "rules.check.gap"}
    first = [one for one in made.tables if one.take == FIRST]
    assert gapped == {one.id for one in first if any(end[one.id] == "" for end in ends)}
    for error in errors:
        if error.id == "rules.check.gap":
            facts = dict(part.split("=", 1) for part in error.values["facts"])
            shown = [end for end in ends if all(end[key] == value for key, value in facts.items())]
            assert shown and all(end[error.values["table"]] == "" for end in shown)
    decide = {end[f"rule:{one.id}"] for one in first for end in ends}
    dead = {error.values["rule"] for error in errors if error.id != "rules.check.gap"}
    rules = {r.id for one in first for r in one.rules}
    assert rules - decide == dead & rules
    for one in made.tables:
        for r in one.rules if one.take != FIRST else ():
            holds = any(all(end[c.fact] in c.allowed for c in r.when) for end in ends)
            assert holds == (r.id not in dead)


def check_sheet(made: Rulebook, firm: Firmness, facts: dict[str, str]) -> None:
    """Everything firmness says of one sheet is what deciding every other sheet says."""
    index, now = firm.table.index(facts), pair(made, facts)
    assert firm.table.outcome(index)[1:] == now
    ends = {pair(made, end) for end in completions(made, facts)}
    assert firm.possible(index) == ends
    check_changes(made, firm, facts)
    check_distance(made, firm, facts)
    check_next(made, firm, facts)


def check_changes(made: Rulebook, firm: Firmness, facts: dict[str, str]) -> None:
    listed = firm.changes(firm.table.index(facts))
    for change in listed:
        assert pair(made, facts | taken(made, change.question, change.value)) == (
            change.role,
            change.recommendation,
        )
    for q in (q for q in made.questions if q.choices):
        mine = [taken(made, q.id, change.value) for change in listed if change.question == q.id]
        others = [
            state
            for state in known(made, q)
            if pair(made, facts | state) != pair(made, facts) and pair(made, facts | state)[0] != "none"
        ]
        apart = {str(state): differing(q, facts, state) for state in others}
        ends = {str(state): pair(made, facts | state) for state in others}
        smallest = [
            state
            for state, differs in apart.items()
            if not any(ends[one] == ends[state] and apart[one] < differs for one in apart)
        ]
        assert sorted(map(str, mine)) == sorted(smallest)


def differing(q: Question, facts: dict[str, str], state: dict[str, str]) -> set[tuple[str, str]]:
    """In what an answer differs from the one given; an unknown team differs by who is on it."""
    unknown = q.many and UNSURE in [facts[fact] for fact in state]
    return {(fact, it) for fact, it in state.items() if (it == "yes" if unknown else it != facts[fact])}


def check_distance(made: Rulebook, firm: Firmness, facts: dict[str, str]) -> None:
    nearest: dict[str, int] = {}
    for other in all_facts(made):
        if not any(other[fact] == UNSURE != facts[fact] for fact in facts):
            apart = len({made.fact(fact).question for fact in facts if facts[fact] != other[fact]})
            role = pair(made, other)[0]
            nearest[role] = min(nearest.get(role, 99), apart)
    for role in made.table("role").results:
        way = firm.shortest(firm.table.index(facts), role)
        assert (99 if way is None else len(way)) == nearest.get(role, 99)
        changed = dict(facts)
        for change in way or ():
            changed |= taken(made, change.question, change.value)
        if way is not None:
            assert pair(made, changed)[0] == role


def tells_together(made: Rulebook, facts: dict[str, str], asked: str) -> bool:
    """Does the reply to this question change the result under some replies to the other open ones?"""
    by_others: dict[tuple[str, ...], set[tuple[str, str]]] = {}
    open_facts = [fact for fact in facts if facts[fact] == UNSURE]
    mine = {fact for fact in open_facts if made.fact(fact).question == asked}
    for other in all_facts(made):
        known = all(other[fact] != UNSURE for fact in open_facts)
        if known and all(other[fact] == facts[fact] for fact in facts if fact not in open_facts):
            others = tuple(other[fact] for fact in open_facts if fact not in mine)
            by_others.setdefault(others, set()).add(pair(made, other))
    return any(len(pairs) > 1 for pairs in by_others.values())


def check_next(made: Rulebook, firm: Firmness, facts: dict[str, str]) -> None:
    index = firm.table.index(facts)
    found = firm.next_question(index)
    assert (found is None) == (firm.questions_open(index) == 0)
    assert (found is None) == (len(firm.possible(index)) == 1)
    if found is None:
        return
    replies = {(reply.role, reply.recommendation) for reply in found.replies}
    assert len(replies) > 1 or tells_together(made, facts, found.question)
    for reply in found.replies:
        assert pair(made, facts | taken(made, found.question, reply.value)) == (
            reply.role,
            reply.recommendation,
        )
    assert firm.next_question(index, {found.question}) != found
    every = {axis.id for axis in firm.axes}
    assert firm.next_question(index, every) is None


@up_to(60)
@given(made=rulebooks(), seed=st.integers(0, 10**6))
def test_a_made_rulebook_is_judged_as_brute_force_judges_it(made: Rulebook, seed: int):
    check_tables(made)
    check_sheet(made, Firmness(made), random_facts(made, random.Random(seed)))


@pytest.mark.slow
@up_to(1_000)
@given(made=rulebooks(), seed=st.integers(0, 10**6))
def test_a_thousand_made_rulebooks_are_judged_as_brute_force_judges_them(made: Rulebook, seed: int):
    check_tables(made)
    firm, dice = Firmness(made), random.Random(seed)
    for _ in range(4):
        check_sheet(made, firm, random_facts(made, dice))


def test_changes_and_the_next_question_of_ours_hold_when_decided(rulebook: Rulebook):
    firm, dice = Firmness(rulebook), random.Random(7)
    for _ in range(60):
        facts = random_facts(rulebook, dice)
        check_changes(rulebook, firm, facts)
        check_next(rulebook, firm, facts)


def test_ours_asks_until_it_is_firm_and_not_after(rulebook: Rulebook):
    firm = Firmness(rulebook)
    for index in range(0, firm.table.sheets, 7):
        settled = firm.possible(index) == {firm.table.outcome(index)[1:]}
        assert bool(firm.open(index, ())) != settled, firm.table.facts(index)


def test_too_many_answer_sheets_are_refused_with_their_number():
    many = [question(f"q{n}", *"abcd", UNSURE) for n in range(12)]
    made = rulebook_of(many, [table("role", [rule("r", "role", "ai", **{q.id: "a" for q in many})])])
    with pytest.raises(RulebookError) as caught:
        AnswerTable(made)
    assert caught.value.message.id == "rules.check.too_many_sheets"
    assert caught.value.message.values == {"sheets": 5**12, "most": 10_000_000}


def test_a_question_of_very_many_ticks_is_refused_only_where_many_of_them_are_read():
    ticks = [f"t{n}" for n in range(40)]
    many = question("team", *ticks, UNSURE, many=True)
    one = [rule("one", "role", "ai", team__t0="yes"), rule("else", "role", "ml")]
    assert list(table_errors(rulebook_of([many], [table("role", one)]))) == []
    every = rule("every", "role", "ai", **{f"team__{tick}": "yes" for tick in ticks})
    with pytest.raises(RulebookError):
        list(table_errors(rulebook_of([many], [table("role", [every, one[1]])])))
