"""Firmness is exact: possible roles, changes, distances and the next question are those of brute force."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolematcher.engine.decision.decide import decide, decide_full, decide_plain
from rolematcher.engine.errors import AnswerError
from rolematcher.engine.model import UNSURE, Rulebook
from rolematcher.engine.sheets.firmness import firmness
from tests.engine.made_rulebooks import (
    all_facts,
    completions,
    question,
    question_states,
    random_facts,
    rule,
    rulebook_of,
    rulebooks,
    table,
)
from tests.examples import up_to


def roles_and_courses(made: Rulebook, facts) -> tuple[str, str]:
    plain = decide_plain(made, facts)
    return plain.get("role", ""), plain.get("course", "")


def questions_apart(made: Rulebook, one: dict[str, str], other: dict[str, str]) -> int:
    """In how many questions two sheets differ; going back to "not sure" is not a way to get anywhere."""
    apart = {made.fact(fact).question for fact in one if one[fact] != other[fact]}
    lost = any(other[fact] == UNSURE != one[fact] for fact in one)
    return 99 if lost else len(apart)


@up_to(60)
@given(made=rulebooks(complete=True), seed=st.integers(0, 10**6))
def test_possible_roles_are_those_of_every_completion(made: Rulebook, seed: int):
    facts = random_facts(made, random.Random(seed))
    ends = [roles_and_courses(made, end) for end in completions(made, facts)]
    found = firmness(made, facts)
    assert set(found.possible_roles) == {role for role, _ in ends}
    assert set(found.possible_courses) == {course for _, course in ends}
    assert found.firm == ({role for role, _ in ends} == {roles_and_courses(made, facts)[0]})


@up_to(60)
@given(made=rulebooks(complete=True), seed=st.integers(0, 10**6))
def test_every_single_answer_that_changes_role_or_course_is_listed(made: Rulebook, seed: int):
    facts = random_facts(made, random.Random(seed))
    now = roles_and_courses(made, facts)
    expected = set()
    for q in made.questions:
        for state in question_states(made, q):
            other = roles_and_courses(made, facts | state)
            if other != now and UNSURE not in state.values() and not q.many:
                expected.add((q.id, state[q.id], *other))
    changes = firmness(made, facts).as_dict()["changes"]
    assert expected == {
        (c["question"], c["to"], c["role"], c["course"])
        for c in changes
        if not made.question(c["question"]).many
    }


@up_to(60)
@given(made=rulebooks(complete=True), seed=st.integers(0, 10**6))
def test_changed_ticks_are_listed_with_nothing_needless(made: Rulebook, seed: int):
    facts = random_facts(made, random.Random(seed))
    now = roles_and_courses(made, facts)
    many = [q for q in made.questions if q.many]
    changes = firmness(made, facts).as_dict()["changes"]
    for q in many:
        ticks = [fact.id for fact in made.facts if fact.question == q.id]
        apart_of = {}
        for state in question_states(made, q):
            if UNSURE not in state.values() and roles_and_courses(made, facts | state) != now:
                unknown = facts[ticks[0]] == UNSURE
                apart = frozenset(
                    t for t in ticks if (state[t] == "yes" if unknown else state[t] != facts[t])
                )
                apart_of[apart] = tuple(decide_plain(made, facts | state).values())
        smallest = {
            a for a, end in apart_of.items() if not any(b < a and apart_of[b] == end for b in apart_of)
        }
        listed = set()
        for change in changes:
            if change["question"] == q.id:
                state = {tick: "yes" if tick.partition(".")[2] in change["to"] else "no" for tick in ticks}
                assert roles_and_courses(made, facts | state) == (change["role"], change["course"])
                unknown = facts[ticks[0]] == UNSURE
                listed.add(
                    frozenset(t for t in ticks if (state[t] == "yes" if unknown else state[t] != facts[t]))
                )
        assert listed == smallest


@up_to(60)
@given(made=rulebooks(complete=True), seed=st.integers(0, 10**6))
def test_distance_is_the_fewest_answers_to_each_other_role(made: Rulebook, seed: int):
    facts = random_facts(made, random.Random(seed))
    now = roles_and_courses(made, facts)[0]
    nearest = {}
    for other in all_facts(made):
        role = roles_and_courses(made, other)[0]
        nearest[role] = min(nearest.get(role, 99), questions_apart(made, facts, other))
    found = firmness(made, facts).as_dict()["distance"]
    assert set(found) == {c.id for c in made.table("role").choices} - {now}
    for role, way in found.items():
        assert (way["answers"] if way else 99) == nearest.get(role, 99)
        if way:
            assert len(way["changes"]) == way["answers"]
            assert roles_and_courses(made, facts | taken(made, way["changes"]))[0] == role


def taken(made: Rulebook, changes) -> dict[str, str]:
    """The facts after these changes of answers."""
    facts = {}
    for change in changes:
        for fact in made.facts:
            if fact.question == change["question"]:
                tick = fact.id.partition(".")[2]
                facts[fact.id] = ("yes" if tick in change["to"] else "no") if tick else change["to"]
    return facts


@up_to(60)
@given(made=rulebooks(complete=True), seed=st.integers(0, 10**6))
def test_the_next_question_leaves_the_fewest_roles_on_average(made: Rulebook, seed: int):
    facts = random_facts(made, random.Random(seed))
    open_ends = {roles_and_courses(made, end) for end in completions(made, facts)}
    found = firmness(made, facts).as_dict()["next_question"]
    if len(open_ends) == 1:
        assert found is None
        return
    left = {q.id: average_left(made, facts, q) for q in made.questions if is_open(made, facts, q)}
    read = {axis_question for axis_question in left if axis_question in rules_read(made)}
    assert left[found["question"]] == min(left[id] for id in read)
    for answer in found["answers"]:
        state = taken(made, [{"question": found["question"], "to": answer["value"]}])
        assert roles_and_courses(made, facts | state) == (answer["role"], answer["course"])


def is_open(made: Rulebook, facts, q) -> bool:
    own = [facts[fact.id] for fact in made.facts if fact.question == q.id]
    return UNSURE in own and len(list(question_states(made, q))) > 1


def rules_read(made: Rulebook) -> set[str]:
    return {
        condition.fact.partition(".")[0]
        for id in ("need", "role", "course")
        for row in made.table(id).rules
        for condition in row.when
    }


def average_left(made: Rulebook, facts, q) -> tuple[float, float]:
    """Roles, then roles with courses, still possible after an answer to this question, on average."""
    answers = [state for state in question_states(made, q) if UNSURE not in state.values()]
    roles = pairs = 0
    for state in answers:
        ends = {roles_and_courses(made, end) for end in completions(made, facts | state)}
        roles += len({role for role, _ in ends})
        pairs += len(ends)
    return roles / len(answers), pairs / len(answers)


@pytest.fixture
def bot() -> Rulebook:
    """A rulebook small enough to read."""
    return rulebook_of(
        [question("work", "bot", "forecast", UNSURE), question("tried", "good", "bad", UNSURE)],
        [
            table(
                "role",
                [
                    rule("forecast", "role", "ml", work="forecast", tried=("bad", UNSURE)),
                    rule("bot-too-weak", "role", "ml", work="bot", tried="bad"),
                    rule("otherwise", "role", "ai"),
                ],
            )
        ],
    )


def test_a_decision_is_firm_when_the_open_answers_cannot_change_it(bot: Rulebook):
    found = firmness(bot, {"work": UNSURE, "tried": "good"})
    assert (found.firm, found.possible_roles, found.unknowns) == (True, ("ai",), ("work",))
    assert found.next_question is None


def test_an_open_decision_names_the_question_that_settles_it(bot: Rulebook):
    found = firmness(bot, {"work": "bot", "tried": UNSURE}).as_dict()
    assert not found["firm"]
    assert found["next_question"] == {
        "question": "tried",
        "ask": "What about tried?",
        "answers": [
            {"value": "good", "words": "Good", "role": "ai", "course": ""},
            {"value": "bad", "words": "Bad", "role": "ml", "course": ""},
        ],
    }


def test_a_row_that_missed_by_one_answer_is_named_with_the_answer(bot: Rulebook):
    (near,) = firmness(bot, {"work": "bot", "tried": "good"}).as_dict()["nearly"]
    assert (near["table"], near["rule"], near["result"]) == ("role", "bot-too-weak", "ml")
    assert (near["missing"]["fact"], near["missing"]["value"], near["missing"]["held"]) == (
        "tried",
        "good",
        "no",
    )


def test_a_change_is_told_in_the_words_of_the_form(bot: Rulebook):
    (change,) = firmness(bot, {"work": "bot", "tried": "good"}).as_dict()["changes"]
    assert change == {
        "question": "tried",
        "fact": "tried",
        "from": "good",
        "from_words": "Good",
        "to": "bad",
        "to_words": "Bad",
        "need": "",
        "role": "ml",
        "course": "",
    }


def test_shipped_rulebook_gives_firmness_for_every_kind_of_sheet(rulebook: Rulebook):
    dice = random.Random(4)
    keys = "firm possible_roles possible_courses unknowns next_question changes distance nearly"
    for _ in range(200):
        facts = random_facts(rulebook, dice)
        found = json.loads(json.dumps(firmness(rulebook, facts).as_dict()))
        assert list(found) == keys.split()
        role = decide(rulebook, facts)["role"]
        assert set(found["distance"]) == {"ai_engineer", "ml_engineer", "automation_specialist"} - {role}


def test_nothing_answered_leaves_every_role_possible(rulebook: Rulebook):
    found = firmness(rulebook, {})
    assert set(found.possible_roles) == {"ai_engineer", "ml_engineer", "automation_specialist"}
    assert not found.firm
    assert "work" in found.unknowns
    assert "app" in found.unknowns


def test_a_team_member_who_makes_the_difference_is_named_alone(rulebook: Rulebook):
    nobody = {f"team.{tick}": "no" for tick in ("developers", "ml", "ai", "automation")}
    facts = {"work": "connect", "evidence": "untested", "wish": "no", "app": "no"} | nobody
    changes = firmness(rulebook, facts).as_dict()["changes"]
    team = {tuple(change["to"]): change["course"] for change in changes if change["question"] == "team"}
    assert team == {("ai",): "own_team", ("automation",): "own_team"}


def test_the_full_verdict_carries_the_firmness(rulebook: Rulebook):
    verdict = decide_full(rulebook, {"evidence": "buy"})
    assert verdict.as_dict()["firmness"]["firm"] is True


def test_a_wrong_answer_is_refused_by_name(rulebook: Rulebook):
    with pytest.raises(AnswerError, match="stage"):
        firmness(rulebook, {"stage": "someday"})
