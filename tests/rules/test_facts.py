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
    ("place", "market"), [(None, "unsure"), ("DE", "eu"), ("DE-BY", "eu"), ("US", "other")]
)
def test_the_market_follows_from_the_place(rulebook, place, market):
    assert facts(rulebook, place=place)["market"] == market


def test_what_pay_finds_waits_for_it(rulebook):
    found = facts(rulebook, budget="$120,000 a year", place="US")
    assert (found["budget_cover"], found["figure"], found["search_time"]) == ("not_set", "unsure", "unsure")


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
