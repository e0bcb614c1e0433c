"""Deciding records what was tried: the rules, the conditions, the answers; and not sure is never no."""

import random
from datetime import date

from rolematcher.rules import (
    PayFacts,
    answers_read,
    conclude,
    next_question,
    questions_open,
    settle,
    settle_facts,
)
from rolematcher.rules.rulebook import UNSURE
from tests.rules.made_rulebooks import plainly, question, random_facts, rule, rulebook_of, table

ON = date(2026, 1, 1)
DEFECTS = {
    "work": "vision_special",
    "data": "labelled",
    "stage": "production",
    **{f"team.{who}": "no" for who in ("developers", "ai", "ml", "automation")},
}


def verdict_of(rulebook, facts, pay=None):
    return conclude(settle_facts(rulebook, facts), pay)


def test_the_reason_stands_beside_the_answer_that_gave_it(rulebook):
    reason = verdict_of(rulebook, DEFECTS).reasons[0]
    assert (reason.table, reason.rule) == ("need", "own-subject-and-own-examples")
    assert (reason.source, reason.against) == ("ad-snipper-2026", ("simplilearn-2026",))
    met = reason.conditions[1]
    assert (met.fact, met.value, met.allowed, met.held) == ("data", "labelled", ("labelled",), "yes")


def test_every_result_has_its_reason(rulebook):
    verdict = verdict_of(rulebook, {})
    tables = ("need", "role", "recommendation", "seniority", "engagement_type", "headcount")
    assert [(reason.table, reason.result) for reason in verdict.reasons] == [
        (table, getattr(verdict, table)) for table in tables
    ]


def test_a_condition_nobody_can_tell_is_unknown_and_not_failed(rulebook):
    unsure = {"work": "vision_special", "data": "labelled", "stage": "production"}
    failed = {**DEFECTS, "team.developers": "yes", "team.ai": "unsure"}
    for facts, outcome in ((unsure, "unknown"), (failed, "failed")):
        (tried,) = [one for one in verdict_of(rulebook, facts).trace if one.table == "recommendation"]
        assert {one.rule: one.outcome for one in tried.rules}["nobody-to-ship-the-model"] == outcome


def test_not_sure_is_never_no(rulebook):
    """Without an answer about the team, nobody concludes that the team lacks anyone."""
    assert settle_facts(rulebook, DEFECTS).recommendation == "hire_pair"
    for member in ("team.developers", "team.ai"):
        assert settle_facts(rulebook, {**DEFECTS, member: "unsure"}).recommendation == "hire"


def test_every_rule_is_traced_once_and_those_after_the_first_hit_are_not_reached(rulebook):
    trace = verdict_of(rulebook, DEFECTS).trace
    assert [[one.rule for one in tried.rules] for tried in trace] == [
        [one.id for one in table.rules] for table in rulebook.tables
    ]
    (role,) = [tried for tried in trace if tried.table == "role"]
    outcomes = [one.outcome for one in role.rules]
    hit = outcomes.index("applied")
    assert set(outcomes[:hit]) <= {"failed", "unknown"}
    assert set(outcomes[hit + 1 :]) == {"not_reached"}


def test_advice_and_risks_all_speak_and_say_what_to_do(rulebook):
    verdict = verdict_of(rulebook, {"harm": "dangerous", "market": "eu", "lead": "nobody", **DEFECTS})
    assert {"wrong_answer", "high_risk_use", "no_lead"} <= {risk.result for risk in verdict.risks}
    assert all(piece.do for piece in (*verdict.risks, *verdict.advice))


def test_deciding_agrees_with_two_plain_loops_and_with_itself(rulebook):
    dice = random.Random(7)
    for _ in range(500):
        facts = random_facts(rulebook, dice)
        settled, plain = settle_facts(rulebook, facts), plainly(rulebook, facts)
        assert all(plain[table] == result for table, result in settled.results.items())
        assert settle_facts(rulebook, facts).results == settled.results
        for said in settled.said.values():
            assert all(near.result != said.result for near in said.nearly)


def test_the_type_of_contract_asked_for_is_followed_and_warned_about(rulebook, decide):
    for asked in ("permanent", "contract", "freelance_marketplace", "embedded_offshore", "agency"):
        assert decide(engagement_type=asked).engagement_type == asked
    verdict = decide(work="language", app="yes", engagement_type="permanent", timeline={"weeks": 8})
    assert "permanent-for-work-that-ends" in [piece.rule for piece in verdict.advice]
    assert verdict.facts["engagement_type"] == "permanent"
    assert decide(work="language").facts["engagement_type"] == "open"


def test_money_speaks_in_advice_and_risks_and_moves_nothing_else(rulebook):
    settled = settle_facts(rulebook, {"work": "predict", "data": "labelled"})
    before = conclude(settled)
    after = conclude(settled, PayFacts(budget_cover="none", figure="weak", search_time="short"))
    assert {"low_budget", "weak_figure", "short_search"} <= {risk.result for risk in after.risks}
    assert not {"low_budget", "weak_figure"} & {risk.result for risk in before.risks}
    for name in ("role", "recommendation", "seniority", "engagement_type", "headcount", "firm", "changes"):
        assert getattr(before, name) == getattr(after, name)


def test_firm_means_that_neither_role_nor_recommendation_can_change(decide):
    open_ended = decide(work="language", evidence="untested", app="yes", platform="code")
    assert not open_ended.firm
    settled = decide(
        work="language", evidence="untested", app="yes", platform="code", wish="no", team=["developers"]
    )
    assert settled.firm and settled.role_firm
    assert settled.next_question is None
    assert set(settled.unknowns) == {"data", "stage"}
    role_only = decide(work="language", evidence="untested", app="yes", platform="code", wish="no")
    assert role_only.role_firm and not role_only.firm
    guess = table("role", [rule("a", "role", "ai", work="a"), rule("else", "role", "ml")])
    assert not verdict_of(rulebook_of([question("work", "a", UNSURE)], [guess]), {}).firm


def test_that_the_work_is_of_another_trade_is_no_change_to_tell(decide):
    verdict = decide(work="language", app="yes", platform="code", wish="no", evidence="ok", team=[])
    assert {change.role for change in verdict.changes} <= {
        "ml_engineer",
        "automation_specialist",
        "ai_engineer",
    }
    assert "none" not in verdict.distance
    assert "none" in decide().possible_roles


def test_questions_come_most_useful_first_and_none_is_asked_twice(rulebook):
    raw: dict[str, object] = {}
    asked: list[str] = []
    replies = {"work": "language", "team": ["developers"], "wish": "no", "app": "yes", "evidence": "untested",
               "platform": "code", "data": "labelled", "stage": "production"}  # fmt: skip
    while question := next_question(rulebook, answers_read(rulebook, raw), set(), ON):
        left = questions_open(rulebook, answers_read(rulebook, raw), set(), ON)
        assert 1 <= left <= 8
        assert question.question not in asked
        asked.append(question.question)
        raw[question.question] = replies[question.question]
    assert asked[0] == "work" and len(asked) <= 6
    assert questions_open(rulebook, answers_read(rulebook, raw), set(), ON) == 0
    assert conclude(settle(rulebook, answers_read(rulebook, raw), ON)).firm


def test_a_question_nobody_can_answer_is_passed_over(rulebook):
    answers = answers_read(rulebook, {"work": "agent"})
    asked = next_question(rulebook, answers, (), ON).question
    instead = next_question(rulebook, answers, {asked}, ON)
    assert instead.question != asked
    assert conclude(settle(rulebook, answers, ON), declined={asked}).next_question == instead
    assert questions_open(rulebook, answers, [one.id for one in rulebook.questions], ON) == 0


def test_a_rule_that_missed_by_one_answer_is_named_with_it(rulebook):
    verdict = verdict_of(rulebook, {**DEFECTS, "team.ai": "yes"})
    near = {one.rule: one for one in verdict.nearly}["nobody-to-ship-the-model"]
    assert (near.result, near.missing.fact, near.missing.value) == ("hire_pair", "team.ai", "yes")
    assert all(len(rulebook.rule(one.rule).when) > 1 for one in verdict.nearly)


def test_a_table_no_rule_of_which_fits_gives_an_empty_result():
    need = table("need", [rule("only-a", "need", "x", work="a")])
    role = table("role", [rule("reads-x", "role", "y", tables=("need",), need="x")])
    made = rulebook_of([question("work", "a", UNSURE)], [need, role])
    assert settle_facts(made, {"work": "a"}).results == {"need": "x", "role": "y"}
    assert settle_facts(made, {}).results == {"need": "", "role": ""}
    assert verdict_of(made, {}).recommendation == ""


def test_a_name_that_question_and_table_share_is_the_answer_first_and_the_result_then(rulebook):
    read = {
        (rule.table, condition.of_table)
        for table in rulebook.tables
        for rule in table.rules
        for condition in rule.when
        if condition.fact == "engagement_type"
    }
    assert ("engagement_type", False) in read and ("advice", True) in read
    assert not read & {("engagement_type", True), ("advice", False)}
