"""The worked cases that must come out right, apart from the rulebook so that editing it hides nothing."""

import pytest

AI, ML, AUTO = "ai_engineer", "ml_engineer", "automation_specialist"
CHATBOT = {
    "work": "language",
    "app": "yes",
    "platform": "code",
    "stage": "production",
    "team": ["developers"],
}
MAIL = {"work": "language", "app": "no", "evidence": "untested", "wish": "no"}
LINE = {"work": "vision_special", "data": "labelled", "stage": "production", "app": "no"}

CASES = {
    "support chatbot over company documents": ({**CHATBOT, "evidence": "untested", "wish": "no"}, AI, "hire"),
    "the same, a fine-tuned model asked for, nothing tried": (
        {**CHATBOT, "evidence": "untested", "wish": "finetune"}, AI, "hire_then_review"),
    "the same, with labelled examples at hand": (
        {**CHATBOT, "evidence": "untested", "wish": "finetune", "data": "labelled"}, ML, "hire"),
    "the same, with labelled examples, trials unknown": (
        {**CHATBOT, "wish": "finetune", "data": "labelled"}, ML, "hire"),
    "the same, with examples but no right answers": (
        {**CHATBOT, "wish": "finetune", "data": "raw"}, AI, "hire_then_review"),
    "the same, a model from scratch asked for": (
        {**CHATBOT, "evidence": "untested", "wish": "scratch", "data": "labelled"}, AI, "hire_then_review"),
    "the same, tried and bad, own labelled examples": (
        {**CHATBOT, "evidence": "failed", "wish": "finetune", "data": "labelled"}, ML, "hire"),
    "the same, tried and bad, no labels": (
        {**CHATBOT, "evidence": "failed", "data": "raw"}, AI, "hire_then_review"),
    "form to CRM to Slack": ({"work": "connect", "app": "no", "platform": "no_code"}, AUTO, "hire"),
    "sort and route mail, no screen": (MAIL, AUTO, "hire"),
    "the same with a Make builder": ({**MAIL, "team": ["automation"]}, AUTO, "use_team"),
    "churn from labelled records": (
        {"work": "predict", "data": "labelled", "team": ["developers"]}, ML, "hire"),
    "churn, outcome never recorded": ({"work": "predict", "data": "raw"}, ML, "collect_data"),
    "read printed invoices": ({"work": "vision_common", "evidence": "untested", "wish": "no"}, AI, "hire"),
    "own defects on a live line, no developers": ({**LINE, "team": []}, ML, "hire_pair"),
    "the same with an ML engineer on the team": ({**LINE, "team": ["ml"]}, AI, "hire"),
    "a product exists": ({"work": "agent", "evidence": "buy", "wish": "scratch"}, AUTO, "buy"),
    "automate with AI and nothing else known": ({}, AI, "ask_first"),
    "agent inside the product, AI engineer on the team": (
        {"work": "agent", "app": "yes", "platform": "code", "wish": "no", "team": ["ai"]}, AI, "use_team"),
    "connect tools but train our own model": ({"work": "connect", "wish": "scratch"}, AUTO, "ask_first"),
    "recommendation prototype with labelled clicks": (
        {"work": "predict", "data": "labelled", "stage": "prototype", "team": []}, ML, "hire"),
    "forecasting, ready-made good enough": (
        {"work": "predict", "evidence": "ok", "data": "labelled"}, AI, "hire"),
    "voice transcription on existing models": (
        {"work": "language", "app": "yes", "platform": "code", "evidence": "ok", "wish": "no"}, AI, "hire"),
    "medical imaging model": (
        {"work": "vision_special", "data": "labelled", "team": ["developers"]}, ML, "hire"),
    "a website": ({"work": "other", "trade": "web_development"}, "none", "look_elsewhere"),
    "another trade, whatever else is said": (
        {"work": "other", "evidence": "buy", "wish": "scratch"}, "none", "look_elsewhere"),
}  # fmt: skip


@pytest.mark.parametrize(("answers", "role", "recommendation"), CASES.values(), ids=CASES)
def test_a_worked_case_comes_out_right(decide, answers, role, recommendation):
    verdict = decide(**answers)
    assert (verdict.role, verdict.recommendation) == (role, recommendation)


def test_who_trains_without_a_trial_starts_by_trying_a_ready_made_service(decide):
    verdict = decide(**CHATBOT, wish="finetune", data="labelled", evidence="untested")
    assert "first-week-tests-ready-made" in [piece.rule for piece in verdict.advice]
    assert "ready-made-not-tried" in [risk.rule for risk in verdict.risks]


FEW_WEEKS = {"weeks": 4, "hours_a_week": 10}
SET_UP = {"work": "connect", "app": "no", "stage": "production", "lead": "non_technical"}


@pytest.mark.parametrize(
    ("answers", "seniority", "rule"),
    [
        ({**SET_UP, "timeline": {"weeks": 3}}, "mid", "set-up-work-leads-nobody"),
        ({**SET_UP, "timeline": {"lasts": "ongoing"}}, "senior", "no-technical-lead-in-daily-use"),
        ({**CHATBOT, "lead": "nobody"}, "senior", "no-technical-lead-in-daily-use"),
        ({**CHATBOT, "lead": "nobody", "timeline": FEW_WEEKS}, "mid", "few-weeks-part-time"),
        ({**CHATBOT, "harm": "dangerous", "timeline": {"weeks": 3}}, "senior", "harm-needs-experience"),
        ({**CHATBOT, "stage": "prototype", "lead": "technical"}, "junior", "text-pilot-with-a-lead"),
        ({**LINE, "team": []}, "senior", "pair-needs-a-leader"),
    ],
)  # fmt: skip
def test_seniority_follows_from_what_is_asked_how_long_and_who_leads(decide, answers, seniority, rule):
    verdict = decide(**answers)
    (reason,) = [reason for reason in verdict.reasons if reason.table == "seniority"]
    assert (verdict.seniority, reason.rule) == (seniority, rule)
    assert reason.because.endswith(".")


def test_even_without_a_hire_the_role_and_a_contract_are_named(decide):
    for answers in ({"evidence": "buy"}, {"work": "predict", "data": "none"}, {}):
        verdict = decide(**answers)
        assert verdict.headcount == "none"
        assert verdict.role and verdict.engagement_type and verdict.seniority
