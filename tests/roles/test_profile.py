"""The role profiles: complete, sourced, and each leaving out what is another role's."""

from __future__ import annotations

import pytest

from rolematcher.roles.fit import focuses
from rolematcher.roles.profile import HOUSE, Listed, RoleProfile, role_profiles

ROLES = ("ai_engineer", "ml_engineer", "automation_specialist")


@pytest.fixture(params=ROLES)
def profile(request) -> RoleProfile:
    return role_profiles().role[request.param]


def test_every_list_has_lines_and_sources_on_file(profile):
    for name in RoleProfile.model_fields:
        part = getattr(profile, name)
        if isinstance(part, Listed):
            assert part.items and part.sources, name
    keys = {*profile.sources, *profile.must_haves.sources, *profile.day.sources, *profile.codes.sources}
    keys |= {key for block in focuses().block for key in block.sources}
    assert keys - {HOUSE} <= set(role_profiles().source)
    assert all(
        source.publisher and source.title and source.date for source in role_profiles().source.values()
    )


def test_a_profile_tells_the_role_from_the_other_two(profile):
    me = next(role for role, each in role_profiles().role.items() if each is profile)
    others = set(ROLES) - {me}
    assert {flag.against for flag in profile.red_flags} == {*others, "title"}
    assert {item.role for item in profile.leave_out.items} <= others
    assert {role for role in ROLES if getattr(profile.works_with, role)} == others
    assert len(profile.in_short) == 3
    assert len(profile.career_stages.items) == 3
    assert profile.hands_over.text not in {role_profiles().role[other].hands_over.text for other in others}


def test_goals_run_in_order_of_time(profile):
    assert [goal.by for goal in profile.outcomes.items] == sorted(goal.by for goal in profile.outcomes.items)
    assert profile.short_goals.items[-1].share == 100


def test_codes_are_written_as_their_owners_write_them(profile):
    codes = profile.codes
    assert codes.esco.code.startswith("http://data.europa.eu/esco/occupation/")
    assert codes.isco.code.isdigit() and len(codes.isco.code) == 4
    assert all(code.code[2] == "-" and code.code.startswith("15") for code in codes.onet)


def test_certifications_of_the_documents_are_all_there():
    certifications = [profile.certifications for profile in role_profiles().role.values()]
    named = " ".join(line for each in certifications for line in (*each.items, each.note))
    codes = "PCEP PCAP PCED PCAD Java AIP-C01 AIF-C01 AI-102 Databricks"
    google = ("Generative AI Leader", "Google Cloud Digital Leader", "Google Professional Machine Learning")
    assert [name for name in (*codes.split(), *google) if name not in named] == []


def test_profiles_hold_no_figures_of_pay():
    text = role_profiles().model_dump_json()
    assert not any(sign in text for sign in ("USD", "$", "€", "£"))
