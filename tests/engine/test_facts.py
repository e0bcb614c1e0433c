"""The facts rules read: one per question, and those worked out from dates, hours, places and skills."""

from datetime import date

import pytest

from rolematcher.engine.decision.answers import answers_read, facts_of
from rolematcher.engine.decision.skills import musts_by_role
from rolematcher.engine.regions import COUNTRIES, EU_COUNTRIES, market_of

TODAY = date(2026, 11, 21)
BUDGET = {"amount": "120,000", "currency": "usd", "per": "year", "kind": "pay"}


def facts(rulebook, **answers):
    return facts_of(rulebook, answers_read(rulebook, answers), on=TODAY)


def test_an_unknown_team_leaves_every_member_unknown(rulebook):
    assert {facts(rulebook)[f"team.{who}"] for who in ("developers", "ml", "ai", "automation")} == {"unsure"}
    nobody = facts(rulebook, team=[])
    assert {nobody[f"team.{who}"] for who in ("developers", "ml", "ai", "automation")} == {"no"}
    assert (facts(rulebook, team=["ml"])["team.ml"], facts(rulebook, team=["ml"])["team.ai"]) == ("yes", "no")


def test_every_fact_has_one_of_its_values(rulebook):
    found = facts(rulebook, work="agent", team=["ai"], engagement="agency", place="FR", musts=["RAG"])
    for fact in rulebook.facts:
        assert found[fact.id] in fact.values


@pytest.mark.parametrize(
    ("timeline", "deadline"),
    [
        (None, "unsure"),
        ({"lasts": "ongoing"}, "none"),
        ({"needed_by": "2026-11-21"}, "under_60_days"),
        ({"needed_by": "2026-01-01"}, "under_60_days"),
        ({"needed_by": "2027-01-19"}, "under_60_days"),
        ({"needed_by": "2027-01-20"}, "later"),
    ],
)
def test_the_deadline_is_counted_from_the_day(rulebook, timeline, deadline):
    assert facts(rulebook, timeline=timeline)["deadline"] == deadline


@pytest.mark.parametrize(
    ("timeline", "lasts"),
    [
        (None, "unsure"),
        ({"weeks": 12}, "one_off"),
        ({"weeks": 13}, "3_to_12_months"),
        ({"weeks": 52}, "3_to_12_months"),
        ({"weeks": 53}, "ongoing"),
        ({"weeks": 53, "lasts": "one_off"}, "one_off"),
    ],
)
def test_the_length_is_what_was_said_or_what_the_weeks_say(rulebook, timeline, lasts):
    assert facts(rulebook, timeline=timeline)["lasts"] == lasts


@pytest.mark.parametrize(("hours", "fact"), [(None, "unsure"), (29, "part_time"), (30, "full_time")])
def test_full_time_begins_at_thirty_hours(rulebook, hours, fact):
    assert facts(rulebook, timeline={"hours_a_week": hours, "weeks": 4})["hours"] == fact


@pytest.mark.parametrize(("hours", "fact"), [(None, "unsure"), (0, "little"), (9, "little"), (10, "enough")])
def test_ten_hours_a_week_are_enough_for_an_own_team(rulebook, hours, fact):
    assert facts(rulebook, team_hours=hours)["team_time"] == fact


@pytest.mark.parametrize(
    ("place", "market"),
    [
        (None, "unsure"),
        ("DE", "eu"),
        ("FR", "eu"),
        ("DACH", "eu"),
        ("GB", "other"),
        ("CH", "other"),
        ("NO", "other"),
        ("US", "other"),
        ("LATAM", "other"),
        ("GLOBAL", "unsure"),
        ("OFFSHORE", "unsure"),
    ],
)
def test_the_market_of_a_place(rulebook, place, market):
    assert facts(rulebook, place=place)["market"] == market_of(place) == market


def test_the_european_union_has_its_27_countries():
    assert len(EU_COUNTRIES) == 27 and EU_COUNTRIES < COUNTRIES
    assert len(COUNTRIES) == 249


def test_money_facts_wait_for_the_estimate(rulebook):
    found = facts(rulebook, budget=BUDGET, place="US")
    assert (found["budget_cover"], found["figure"], found["search_time"]) == ("not_set", "unsure", "unsure")


@pytest.mark.parametrize(
    ("musts", "roles"),
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
def test_musts_are_sorted_to_the_roles_they_mark(rulebook, musts, roles):
    assert musts_by_role(rulebook, musts) == roles
    mix = facts(rulebook, musts=musts)["musts_mix"]
    assert mix == ("none", "one_role", "two_roles")[min(len(roles), 2)]
