"""The facts rules read: one per question, and those worked out from dates, hours, places and skills."""

from datetime import date

import pytest

from rolematcher.rules import answers_read, facts_of, must_haves_by_role

ON = date(2026, 11, 21)


def facts(rulebook, **answers):
    return facts_of(rulebook, answers_read(rulebook, answers), ON)


def test_an_unknown_team_leaves_every_member_unknown(rulebook):
    members = [f"team.{who}" for who in ("developers", "ml", "ai", "automation")]
    assert {facts(rulebook)[member] for member in members} == {"unsure"}
    assert {facts(rulebook, team=[])[member] for member in members} == {"no"}
    assert [facts(rulebook, team=["ml"])[member] for member in members] == ["no", "yes", "no", "no"]


@pytest.mark.parametrize(
    ("fact", "answers", "value"),
    [
        ("deadline", {}, "unsure"),
        ("deadline", {"timeline": {"lasts": "ongoing"}}, "none"),
        ("deadline", {"timeline": {"needed_by": "2026-01-01"}}, "under_60_days"),
        ("deadline", {"timeline": {"needed_by": "2027-01-19"}}, "under_60_days"),
        ("deadline", {"timeline": {"needed_by": "2027-01-20"}}, "later"),
        ("lasts", {}, "unsure"),
        ("lasts", {"timeline": {"weeks": 12}}, "one_off"),
        ("lasts", {"timeline": {"weeks": 13}}, "3_to_12_months"),
        ("lasts", {"timeline": {"weeks": 52}}, "3_to_12_months"),
        ("lasts", {"timeline": {"weeks": 53}}, "ongoing"),
        ("lasts", {"timeline": {"weeks": 53, "lasts": "one_off"}}, "one_off"),
        ("hours", {"timeline": {"weeks": 4}}, "unsure"),
        ("hours", {"timeline": {"hours_a_week": 29}}, "part_time"),
        ("hours", {"timeline": {"hours_a_week": 30}}, "full_time"),
        ("team_time", {}, "unsure"),
        ("team_time", {"team_hours": 0}, "little"),
        ("team_time", {"team_hours": 9}, "little"),
        ("team_time", {"team_hours": 10}, "enough"),
        ("market", {}, "unsure"),
        ("market", {"place": "DE-BY"}, "eu"),
        ("market", {"place": "US"}, "other"),
        ("budget_cover", {"budget": "$120,000 a year", "place": "US"}, "not_set"),
        ("figure", {"place": "US"}, "unsure"),
        ("search_time", {"timeline": {"needed_by": "2027-01-20"}}, "unsure"),
    ],
)
def test_a_fact_is_worked_out_from_what_was_said(rulebook, fact, answers, value):
    assert facts(rulebook, **answers)[fact] == value


@pytest.mark.parametrize(
    ("must_haves", "roles"),
    [
        (["Python", "SQL", "AWS"], {}),
        (["LangChain", "Python"], {"ai_engineer": ("LangChain",)}),
        (["vector databases and RAG"], {"ai_engineer": ("vector databases and RAG",)}),
        (["Vector-DB"], {"ai_engineer": ("Vector-DB",)}),
        (["scikit-learn", "PyTorch"], {"ml_engineer": ("scikit-learn", "PyTorch")}),
        (["LLM fine-tuning"], {"ml_engineer": ("LLM fine-tuning",)}),
        (["n8n or Zapier"], {"automation_specialist": ("n8n or Zapier",)}),
        (["RAG", "TensorFlow"], {"ai_engineer": ("RAG",), "ml_engineer": ("TensorFlow",)}),
        (["storage", "make things work", "dragging"], {}),
    ],
)
def test_must_haves_are_sorted_to_the_roles_they_mark(rulebook, must_haves, roles):
    assert must_haves_by_role(rulebook, must_haves) == roles
    mix = facts(rulebook, must_haves=must_haves)["must_haves_mix"]
    assert mix == ("none", "one_role", "two_roles")[min(len(roles), 2)]
