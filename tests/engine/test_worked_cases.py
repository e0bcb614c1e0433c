"""The worked cases that must come out right, apart from the rulebook so that editing it hides nothing."""

from datetime import date

import pytest

from rolematcher.engine.decision.answers import answers_read, facts_of
from rolematcher.engine.decision.decide import decide
from rolematcher.engine.decision.worked_cases import example_verdict

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
    "the same, a fine-tuned model wished, nothing tried": (
        {**CHATBOT, "evidence": "untested", "wish": "finetune"},
        AI,
        "hire_then_review",
    ),
    "the same, tried and bad, own labelled examples": (
        {**CHATBOT, "evidence": "failed", "wish": "finetune", "data": "labelled"},
        ML,
        "hire",
    ),
    "the same, tried and bad, no labels": (
        {**CHATBOT, "evidence": "failed", "data": "raw"},
        AI,
        "hire_then_review",
    ),
    "form to CRM to Slack": ({"work": "connect", "app": "no", "platform": "no_code"}, AUTO, "hire"),
    "sort and route mail, no screen": (MAIL, AUTO, "hire"),
    "the same with a Make builder": ({**MAIL, "team": ["automation"]}, AUTO, "own_team"),
    "churn from labelled records": (
        {"work": "predict", "data": "labelled", "team": ["developers"]},
        ML,
        "hire",
    ),
    "churn, outcome never recorded": ({"work": "predict", "data": "raw"}, ML, "collect_data_first"),
    "read printed invoices": ({"work": "vision_common", "evidence": "untested", "wish": "no"}, AI, "hire"),
    "own defects on a live line, no developers": ({**LINE, "team": []}, ML, "hire_pair"),
    "the same with an ML engineer on the team": ({**LINE, "team": ["ml"]}, AI, "hire"),
    "a product exists": ({"work": "agent", "evidence": "buy", "wish": "scratch"}, AUTO, "buy"),
    "automate with AI and nothing else known": ({}, AI, "ask_first"),
    "agent inside the product, AI engineer on the team": (
        {"work": "agent", "app": "yes", "platform": "code", "wish": "no", "team": ["ai"]},
        AI,
        "own_team",
    ),
    "connect tools but train our own model": ({"work": "connect", "wish": "scratch"}, AUTO, "ask_first"),
    "recommendation prototype with labelled clicks": (
        {"work": "predict", "data": "labelled", "stage": "prototype", "team": []},
        ML,
        "hire",
    ),
    "forecasting, ready-made good enough": (
        {"work": "predict", "evidence": "ok", "data": "labelled"},
        AI,
        "hire",
    ),
    "voice transcription on existing models": (
        {"work": "language", "app": "yes", "platform": "code", "evidence": "ok", "wish": "no"},
        AI,
        "hire",
    ),
    "medical imaging model": (
        {"work": "vision_special", "data": "labelled", "team": ["developers"]},
        ML,
        "hire",
    ),
}


@pytest.mark.parametrize(("answers", "role", "course"), CASES.values(), ids=CASES)
def test_a_worked_case_comes_out_right(rulebook, answers, role, course):
    facts = facts_of(rulebook, answers_read(rulebook, answers), on=date(2026, 11, 21))
    verdict = decide(rulebook, facts)
    assert (verdict.role, verdict.course) == (role, course)


def test_the_rulebook_keeps_at_least_the_worked_cases_as_examples(rulebook):
    results = {
        (v.role, v.course) for v in (example_verdict(rulebook, example) for example in rulebook.examples)
    }
    assert results >= {(role, course) for _, role, course in CASES.values()}
    assert len(rulebook.examples) >= 50


def test_even_without_a_hire_the_role_and_a_basis_are_named(rulebook):
    for answers in ({"evidence": "buy"}, {"work": "predict", "data": "none"}, {}):
        verdict = decide(rulebook, facts_of(rulebook, answers_read(rulebook, answers), on=date(2026, 11, 21)))
        assert verdict.headcount == "none"
        assert verdict.role and verdict.basis and verdict.level
