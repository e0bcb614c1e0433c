"""Comparing and replaying say exactly what deciding every sheet twice says."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rolematcher.editions.words import rules_words
from rolematcher.rules import rulebook_read
from rolematcher.rules.answer_table import ROLE_TABLES, AnswerTable, answer_table
from rolematcher.rules.compare import rulebook_compare
from rolematcher.rules.rulebook import ALL, UNSURE, Rulebook
from tests.examples import up_to
from tests.rules.made_rulebooks import all_facts, plainly, question, rule, rulebook_of, rulebooks, table


def outcome(made: Rulebook, facts) -> tuple[str, ...]:
    plain = plainly(made, facts)
    return tuple(plain.get(id, "") for id in ROLE_TABLES)


@st.composite
def two_rulebooks(draw: st.DrawFn) -> tuple[Rulebook, Rulebook]:
    """A rulebook and the same questions with other rules."""
    made = draw(rulebooks())
    changed = []
    for one in made.tables:
        rules = [
            replace(r, result=draw(st.sampled_from(one.results))) for r in draw(st.permutations(one.rules))
        ]
        changed.append(replace(one, rules=tuple(rules) if draw(st.booleans()) else one.rules))
    return made, replace(made, tables=tuple(changed))


@up_to(80)
@given(pair=two_rulebooks())
def test_differences_are_those_of_deciding_every_sheet_twice(pair: tuple[Rulebook, Rulebook]):
    old, new = pair
    found = rulebook_compare(old, new)
    every = list(all_facts(old))
    moved: dict[tuple, int] = {}
    for facts in every:
        was, now = outcome(old, facts), outcome(new, facts)
        if was != now:
            moved[was, now] = moved.get((was, now), 0) + 1
    share = len(every) // found.sheets
    assert {(tuple(d.old), tuple(d.new)): d.sheets * share for d in found.differences} == moved
    assert found.changed * share == sum(moved.values())
    for difference in found.differences:
        shown = [facts for facts in every if difference.facts.items() <= facts.items()]
        assert shown
        assert {outcome(old, facts) for facts in shown} == {tuple(difference.old)}
        assert {outcome(new, facts) for facts in shown} == {tuple(difference.new)}
    if found.same:
        assert all(plainly(old, facts)["need"] == plainly(new, facts)["need"] for facts in every)


def test_a_rulebook_is_the_same_as_its_own_text_with_other_words(rulebook, rulebook_text):
    other = rulebook_read(rulebook_text.replace("so nobody has to build it", "so it need not be built"))
    found = rulebook_compare(rulebook, other)
    assert found.same and found.sheets == 293_760


def test_a_widened_rule_is_shown_with_its_smallest_case(rulebook, rulebook_text):
    old, new = ('need = "existing", team.ai = ' + end for end in ('"yes" }', '["yes", "unsure"] }'))
    (difference,) = rulebook_compare(rulebook, rulebook_read(rulebook_text.replace(old, new))).differences
    assert (difference.old.recommendation, difference.new.recommendation) == ("hire", "use_team")
    assert difference.facts["team.ai"] == difference.facts["team.developers"] == UNSURE
    assert difference.new_rules[-1] == "team-builds-on-existing-model"


def test_questions_choices_tables_and_skills_of_one_only_are_told():
    old = rulebook_of([question("work", "a", UNSURE)], [table("role", [rule("r", "role", "ai")])])
    new = rulebook_of(
        [question("work", "a", "b", UNSURE), question("more", "x", UNSURE)],
        [table("role", [rule("r", "role", "ml")]), table("risk", [rule("s", "risk", "x")], take=ALL)],
    )
    found = rulebook_compare(old, replace(new, skills={"ml": ("PyTorch",)}))
    assert all(map(rules_words, found.news))
    assert {(new.id.rpartition(".")[2], *new.values.values()) for new in found.news} == {
        ("question_new", "more"),
        ("choice_new", "work", "b"),
        ("table_new", "risk"),
        ("result_gone", "role", "ai"),
        ("result_new", "role", "ml"),
        ("skills_changed",),
    }


def test_rules_of_other_tables_are_named_where_they_are_gone_new_moved_or_speak_otherwise():
    first, second = rule("s", "risk", "x", work="a"), rule("t", "risk", "x")
    for before, after, told in (
        ([first], [rule("s", "risk", "x", work=("a", "b"))], [("rule_changed", "risk", "s")]),
        ([first], [first, second], [("rule_new", "risk", "t")]),
        ([first, second], [first], [("rule_gone", "risk", "t")]),
        ([first, second], [second, first], [("order_changed", "risk")]),
        ([first], [first], []),
    ):
        role, work = table("role", [rule("r", "role", "ai")]), question("work", "a", "b", UNSURE)
        old, new = (rulebook_of([work], [role, table("risk", rules, take=ALL)]) for rules in (before, after))
        found = rulebook_compare(old, new)
        assert [(one.id.rpartition(".")[2], *one.values.values()) for one in found.news] == told
        assert found.same == (not told)


def again(old: Rulebook, new: Rulebook, sheets: list[dict[str, str]]) -> list[tuple[str, ...]]:
    """What these answers, kept as their places under `old`, give under `new`."""
    before = answer_table(old)
    after = AnswerTable(new, before.axes)
    return [tuple(after.outcome(before.index(facts))) for facts in sheets]


@up_to(60)
@given(pair=two_rulebooks(), seed=st.integers(0, 10**6))
def test_replay_decides_stored_sheets_as_one_by_one(pair: tuple[Rulebook, Rulebook], seed: int):
    old, new = pair
    every = list(all_facts(old))
    picked = [random.Random(seed + n).choice(every) for n in range(30)]
    assert again(old, new, picked) == [tuple(outcome(new, facts)) for facts in picked]


def test_an_answer_that_is_gone_counts_as_not_sure():
    otherwise = rule("else", "role", "ai")
    ml_for_b = table("role", [rule("b", "role", "ml", work="b"), otherwise])
    ml_for_a = table("role", [rule("a", "role", "ml", work="a"), otherwise])
    old = rulebook_of([question("work", "a", "b", UNSURE)], [ml_for_b])
    new = rulebook_of([question("work", "a", UNSURE)], [ml_for_a])
    given = [{"work": value} for value in ("a", "b", UNSURE)]
    assert [role for _need, role, _recommendation in again(old, new, given)] == ["ml", "ai", "ai"]
