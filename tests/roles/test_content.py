"""What the documents hold: complete, sourced, held somewhere, and said in German."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import rolematcher
from rolematcher.packaged import packaged_text
from rolematcher.roles.content import content
from rolematcher.roles.fit import fit_profile
from rolematcher.roles.profile import HOUSE, role_profiles
from rolematcher.roles.texts import role_texts
from rolematcher.rules.decide import settle
from rolematcher.rules.facts import must_haves_by_role
from rolematcher.rules.read import shipped_rulebook
from rolematcher.rules.read_answers import answers_read

from .kinds import KINDS

STARTING_POINTS = {
    point["slug"]: point["answers"]
    for point in tomllib.loads(packaged_text("starting_points.toml"))["starting_point"]
}

WORKED = [
    ("voice-transcription", "ai_engineer", "speech"),
    ("medical-imaging", "ml_engineer", "medical_images"),
    ("internal-knowledge-search", "ai_engineer", "documents"),
    ("customer-reviews", "ai_engineer", "text"),
]
CODES = {"onet-2025", "esco-2024"}
"""Sources of occupation codes alone; the others are the documents."""


def test_every_document_has_kinds_of_content():
    assert {kind.source for kind in KINDS} == set(role_profiles().source) - CODES
    assert len({kind.id for kind in KINDS}) == len(KINDS)
    started = {kind.section for kind in KINDS if kind.shown_on == "starting_point"}
    assert started == {slug for slug, _role, _focus in WORKED}
    used = re.findall(r"^sources? = (.*)", packaged_text("content.toml"), re.MULTILINE)
    assert set(re.findall(r'"([^"]+)"', " ".join(used))) - {HOUSE} <= set(role_profiles().source)


def test_another_trade_is_named_and_an_unknown_one_is_still_answered():
    asked = next(question for question in shipped_rulebook().questions if question.id == "trade")
    choices = {choice.id for choice in asked.choices} - {"unsure"}
    assert choices <= {trade.id for trade in content().trades}
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


@pytest.mark.parametrize("slug", STARTING_POINTS)
def test_a_starting_point_is_answered_as_the_rulebook_asks(slug):
    answers = answers_read(shipped_rulebook(), STARTING_POINTS[slug])
    settled = settle(shipped_rulebook(), answers, date(2026, 11, 26))
    assert settled.role in role_profiles().role
    owners = must_haves_by_role(shipped_rulebook(), answers.must_haves)
    assert set(owners) <= {settled.role}, "a must-have of another role"


@pytest.mark.parametrize(("slug", "role", "focus"), WORKED)
def test_a_worked_project_gives_its_role_and_what_to_look_for(slug, role, focus):
    answers = answers_read(shipped_rulebook(), STARTING_POINTS[slug])
    settled = settle(shipped_rulebook(), answers, date(2026, 11, 26))
    assert (settled.role, settled.recommendation) == (role, "hire")
    fitted = fit_profile(role, answers)
    assert focus in fitted.focuses
    assert [item.skill for item in fitted.must_haves if item.requested] == list(answers.must_haves)


def test_every_text_is_said_in_german():
    said = set()
    for path in Path(rolematcher.__file__).parent.rglob("*.po"):
        with path.open("rb") as file:
            said |= {message.id for message in read_po(file, locale="de") if message.id and message.string}
    for name, texts in role_texts().items():
        assert len(texts) > 50, name
        assert not set(texts) - said, name
