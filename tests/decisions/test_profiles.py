"""The role profiles: complete, sourced, and each leaving out what is another role's."""

from __future__ import annotations

import pytest

from rolematcher.decisions.profiles import role_profiles
from rolematcher.engine.decision.skills import musts_by_role
from tests.briefs.made import preview

ROLES = ("ai_engineer", "ml_engineer", "automation_specialist")
LISTS = (
    "responsibilities",
    "tools",
    "must_haves",
    "learnable",
    "leave_out",
    "certifications",
    "signals",
    "deliverables",
    "outcomes",
)


@pytest.fixture(scope="module")
def profiles():
    return role_profiles()


@pytest.mark.parametrize("role", ROLES)
def test_a_profile_has_every_part_with_its_sources(profiles, role):
    profile = profiles[role]
    for part in LISTS:
        assert profile[part]["items"], part
        assert profile[part]["sources"], part
    assert len(profile["in_short"]) == 3
    assert len(profile["interview"]) == 6
    assert len(profile["ad"]["duties"]) == 5
    assert {flag["against"] for flag in profile["red_flags"]} == {*ROLES, "title"} - {role}
    assert set(profile["works_with"]) - {"sources"} == set(ROLES) - {role}
    assert all(source["publisher"] and source["title"] and source["date"] for source in profile["sources"])


@pytest.mark.parametrize("role", ROLES)
def test_what_is_left_out_is_named_as_another_roles(profiles, role):
    assert all(item["role"] in set(ROLES) - {role} for item in profiles[role]["leave_out"]["items"])


@pytest.mark.parametrize("role", ROLES)
def test_no_must_have_is_another_roles_skill_in_the_rulebook(profiles, role):
    rulebook = preview().rulebook
    skills = [item["skill"] for item in profiles[role]["must_haves"]["items"]]
    named = musts_by_role(rulebook, skills)
    assert set(named) <= {role}, named


@pytest.mark.parametrize("role", ROLES)
def test_what_is_left_out_is_recognised_by_the_rulebook(profiles, role):
    rulebook = preview().rulebook
    named = musts_by_role(rulebook, [item["skill"] for item in profiles[role]["leave_out"]["items"]])
    assert role not in named


def test_a_profile_is_a_copy_that_no_decision_can_change(profiles):
    role_profiles()["ai_engineer"]["name"] = "changed"
    assert role_profiles()["ai_engineer"]["name"] == "AI engineer"


def test_profiles_hold_no_figures_of_pay(profiles):
    assert not any(sign in str(profile) for profile in profiles.values() for sign in ("USD", "$", "€", "£"))
