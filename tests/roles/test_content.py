"""What the documents hold: complete, sourced, held somewhere, and said in German."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import rolematcher
from rolematcher.packaged import packaged_text
from rolematcher.roles.content import content
from rolematcher.roles.profile import role_profiles
from rolematcher.roles.texts import role_texts

DOCUMENTS = (
    "simplilearn-2026",
    "recruiting-from-scratch-2026",
    "myexamcloud-2026",
    "ad-snipper-2026",
    "wealthy-tent-2026",
)
TRADES = (
    *("web_development", "mobile_app", "data_analysis", "data_engineering", "testing", "design"),
    *("seo_marketing", "trading_bot", "it_support", "infrastructure", "research", "product_management"),
    "other",
)


def test_every_document_has_kinds_of_content():
    kinds = content().content_kinds
    assert {kind.source for kind in kinds} == set(DOCUMENTS)
    assert len({kind.id for kind in kinds}) == len(kinds)


@pytest.mark.parametrize("kind", content().content_kinds, ids=lambda kind: kind.id)
def test_a_kind_of_content_is_held_where_it_says(kind):
    where, _dot, field = kind.held_by.partition(".")
    if where == "role":
        assert all(getattr(profile, field) for profile in role_profiles().role.values())
    elif where == "content":
        assert getattr(content(), field)
    else:
        publisher = role_profiles().source[kind.source].publisher
        assert publisher in packaged_text(kind.held_by)
    if kind.shown_on == "starting_point":
        assert kind.section in {project.slug for project in content().projects}


def test_every_source_used_is_on_file():
    assert set(content().source_keys()) <= set(role_profiles().source)


def test_another_trade_is_named_and_an_unknown_one_is_still_answered():
    assert tuple(trade.id for trade in content().trades) == TRADES
    assert content().trade("testing").look_for == "Test engineer (QA)"
    assert content().trade("beekeeping").id == "other"


def test_postings_tiers_and_the_person_for_both_are_as_published():
    assert {posting.role: posting.count for posting in content().postings} == {
        "ai_engineer": 530,
        "ml_engineer": 137,
    }
    assert [(tier.number, tier.role, tier.price) for tier in content().tiers] == [
        (1, "automation_specialist", None),
        (2, "ai_engineer", 25),
        (3, "ml_engineer", 35),
    ]
    assert content().tiers[0].money is None
    assert content().tiers[1].money.unit == "hour"
    assert content().both_in_one.priced_as.seniority == "senior"


def test_the_worked_projects_are_starting_points():
    points = {
        point["slug"] for point in tomllib.loads(packaged_text("starting_points.toml"))["starting_point"]
    }
    assert {project.slug for project in content().projects} <= points


def test_every_text_is_said_in_german():
    said = set()
    for path in Path(rolematcher.__file__).parent.rglob("*.po"):
        with path.open("rb") as file:
            said |= {message.id for message in read_po(file, locale="de") if message.id and message.string}
    for name, texts in role_texts().items():
        assert len(texts) > 50, name
        assert not set(texts) - said, name
