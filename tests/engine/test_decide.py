"""Deciding records what was tried: the rows, the conditions, the answers; and not sure is never no."""

import json
import random
from datetime import date

import pytest

from rolematcher.engine.decision.answers import answers_read, facts_of
from rolematcher.engine.decision.decide import decide, decide_full, decide_plain
from rolematcher.engine.errors import AnswerError
from rolematcher.engine.rulebook.read import rulebook_read

DEFECTS = {
    "work": "vision_special",
    "data": "labelled",
    "stage": "production",
    "team.developers": "no",
    "team.ai": "no",
    "team.ml": "no",
    "team.automation": "no",
}


def row(verdict, table, rule):
    return next(tried for tried in verdict.tried(table).rules if tried.rule.id == rule)


def random_facts(rulebook, rng):
    return {fact.id: rng.choice(fact.values) for fact in rulebook.facts}


def test_the_reason_stands_beside_the_answer_that_gave_it(rulebook):
    reason = decide(rulebook, DEFECTS).as_dict()["reasons"][0]
    assert reason["rule"] == "own-subject-and-own-examples"
    assert reason["source"]["publisher"] == "Ad Snipper"
    assert [source["publisher"] for source in reason["against"]] == ["Simplilearn"]
    assert reason["conditions"][1] == {
        "fact": "data",
        "label": "Past examples",
        "value": "labelled",
        "words": "Yes, with the right answer",
        "allowed": ["labelled"],
        "held": "yes",
    }


def test_a_house_rule_has_no_source(rulebook):
    reasons = decide(rulebook, {"evidence": "buy"}).as_dict()["reasons"]
    assert [reason["source"] for reason in reasons] == [None, None, None]


def test_a_condition_nobody_can_tell_is_unknown_and_not_failed(rulebook):
    known = {"work": "vision_special", "data": "labelled", "stage": "production"}
    pair = row(decide(rulebook, known), "course", "nobody-to-ship-the-model")
    assert pair.outcome == "unknown"
    assert {met.fact: met.held for met in pair.conditions} == {
        "need": "yes",
        "role": "yes",
        "stage": "yes",
        "team.developers": "unknown",
        "team.ai": "unknown",
    }


def test_one_failed_condition_fails_a_row_whatever_is_unknown(rulebook):
    pair = row(
        decide(rulebook, {**DEFECTS, "team.developers": "yes", "team.ai": "unsure"}),
        "course",
        "nobody-to-ship-the-model",
    )
    assert pair.outcome == "failed"


def test_not_sure_is_never_no(rulebook):
    """Without an answer about the team, nobody concludes that the team lacks anyone."""
    assert decide_plain(rulebook, DEFECTS)["course"] == "hire_pair"
    for member in ("team.developers", "team.ai"):
        assert decide_plain(rulebook, {**DEFECTS, member: "unsure"})["course"] == "hire"


def test_rows_after_the_first_hit_are_not_reached_but_still_show_their_conditions(rulebook):
    verdict = decide(rulebook, DEFECTS)
    outcomes = [tried.outcome for tried in verdict.tried("role").rules]
    hit = outcomes.index("applied")
    assert set(outcomes[:hit]) <= {"failed", "unknown"}
    assert set(outcomes[hit + 1 :]) == {"not_reached"}
    assert row(verdict, "role", "probably-training").conditions[0].held == "yes"


def test_every_matching_row_of_advice_and_risk_speaks(rulebook):
    verdict = decide(rulebook, {"harm": "dangerous", "market": "eu", "lead": "nobody", **DEFECTS}).as_dict()
    risks = [risk["result"] for risk in verdict["risks"]]
    assert {"wrong_answer", "high_risk_use", "no_lead"} <= set(risks)
    assert all(risk["do"] and risk["title"] for risk in verdict["risks"])


def test_every_rule_of_every_table_is_in_the_trace_once(rulebook):
    verdict = decide(rulebook, {})
    for table, tried in zip(rulebook.tables, verdict.trace, strict=True):
        assert [row.rule.id for row in tried.rules] == [rule.id for rule in table.rules]


def test_the_verdict_is_plain_json_with_the_promised_keys(rulebook):
    verdict = json.loads(json.dumps(decide_full(rulebook, {"work": "language"}).as_dict()))
    for key in (
        "need",
        "role",
        "course",
        "level",
        "basis",
        "headcount",
        "provisional",
        "asks",
        "reasons",
        "advice",
        "risks",
        "trace",
        "firmness",
    ):
        assert key in verdict
    assert verdict["words"]["role"] == "AI engineer"
    assert verdict["firmness"]["firm"] is False


def test_facts_left_out_count_as_unanswered(rulebook):
    everything = facts_of(rulebook, answers_read(rulebook, {}), on=date(2026, 11, 21))
    assert decide(rulebook, {}).as_dict() == decide(rulebook, everything).as_dict()


@pytest.mark.parametrize("value", ["vison_special", "", None, ["connect"], 3])
def test_a_wrong_value_is_refused_by_name(rulebook, value):
    for function in (decide, decide_plain):
        with pytest.raises(AnswerError, match=r"^work: cannot be .*one of connect, language"):
            function(rulebook, {"work": value})


def test_plain_and_traced_decisions_agree(rulebook):
    rng = random.Random(7)
    for _ in range(2_000):
        facts = random_facts(rulebook, rng)
        verdict = decide(rulebook, facts)
        assert decide_plain(rulebook, facts) == verdict.results
        assert all(verdict.results.values())


def test_deciding_again_gives_the_same_verdict(rulebook):
    rng = random.Random(8)
    sheets = [random_facts(rulebook, rng) for _ in range(50)]
    once = [decide(rulebook, facts).as_dict() for facts in sheets]
    assert [decide(rulebook, facts).as_dict() for facts in reversed(sheets)] == once[::-1]


def test_the_engagement_asked_for_is_followed_and_warned_about(rulebook):
    for engagement in ("permanent", "contract", "freelance_marketplace", "embedded_offshore", "agency"):
        assert decide_plain(rulebook, {"engagement": engagement})["basis"] == engagement
    facts = {"work": "language", "app": "yes", "engagement": "permanent", "lasts": "one_off"}
    advice = decide(rulebook, facts).as_dict()["advice"]
    assert "permanent-for-work-that-ends" in [piece["rule"] for piece in advice]


def test_money_never_moves_role_or_course(rulebook):
    rng = random.Random(9)
    for _ in range(300):
        facts = random_facts(rulebook, rng)
        before = decide_plain(rulebook, facts)
        facts |= {"budget_cover": rng.choice(["all", "none"]), "figure": "none", "search_time": "short"}
        assert decide_plain(rulebook, facts) == before


def test_a_table_no_row_of_which_fits_gives_an_empty_result():
    rulebook = rulebook_read("""
title = "Gap"
[question.work]
ask = "What?"
choices = { a = "A", unsure = "Not sure" }
[output.need]
title = "Need"
take = "first"
choices = { x = "X" }
[output.role]
title = "Role"
take = "first"
choices = { y = "Y" }
[[rule]]
id = "only-a"
when = { work = "a" }
then = { need = "x" }
because = "A."
[[rule]]
id = "reads-x"
when = { need = "x" }
then = { role = "y" }
because = "X."
""")
    assert decide_plain(rulebook, {"work": "a"}) == {"need": "x", "role": "y"}
    assert decide_plain(rulebook, {}) == {"need": "", "role": ""} == decide(rulebook, {}).results
    condition = decide(rulebook, {}).trace[1].rules[0].conditions[0]
    assert (condition.held, condition.words) == ("no", "No row fits")
