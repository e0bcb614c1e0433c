"""Briefs of decisions in the database: number, people, status, override, versions, replay."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from rolematcher.briefs.content import content_of
from rolematcher.briefs.pdf import brief_pdf, decision_json_of
from rolematcher.decisions.commandline import replayed
from rolematcher.decisions.services import decision_make, decision_override

from .made import CHATBOT, COURSES, ON

pytestmark = pytest.mark.django_db


def made(decision) -> bytes:
    return brief_pdf(content_of(decision), variant="full", paper="a4", language="en").data


@pytest.fixture
def decision(decision_of, recruiter):
    return decision_of(recruiter, **COURSES["hire_then_review"])


def test_a_saved_decision_has_its_number_its_asker_and_its_status(decision):
    said = content_of(decision)
    assert said.number == decision.number
    assert said.title == f"Hiring brief {decision.number}"
    assert said.asked_by == "Rita Moreno"
    assert said.status == "final"
    assert said.file_name == f"{decision.number}-Müller-Søn-Ltd-Answers-for-the-service-desk.pdf"


def test_an_overridden_brief_leads_with_the_override_and_keeps_the_original(decision, reviewer):
    before = content_of(decision)
    decision_override(
        decision,
        user=reviewer,
        role="ml_engineer",
        course="hire",
        reason="The client has a research group.\nThe board agreed.",
        agreed_with="Head of Talent",
        seen=0,
    )
    said = content_of(decision)
    assert said.recommendation == "Hire one ML engineer."
    assert said.status == "overridden"
    assert said.overridden.original == before.recommendation
    assert said.overridden.agreed_with == "Head of Talent"
    assert said.why_heading == "Why the rules advised otherwise"
    assert said.firmness.word == "The rules were firm"
    assert said.search.role == "ml_engineer"
    assert [column.here for column in said.compared[:2]] == ["Chosen by override.", "What the rules advised."]
    assert said.data["override"]["role"] == "ml_engineer"
    assert made(decision) != b""


def test_a_later_version_says_so_in_its_number(decision, recruiter):
    later = decision_make(CHATBOT, user=recruiter, key="later", on=ON, version_of=decision)
    assert content_of(later).number == f"{later.number} v2"


def test_the_same_saved_decision_gives_the_same_bytes_read_anew(decision):
    again = type(decision).objects.get(pk=decision.pk)
    assert made(decision) == made(again)


def test_a_brief_replays_to_the_same_decision(decision):
    told = replayed(made(decision))
    assert told["same"]
    assert told["then"]["role"] == decision.role


def test_an_altered_brief_does_not_replay_to_the_same(decision):
    data = decision_json_of(made(decision))
    data["answers"]["wish"] = "no"
    said = content_of(decision)
    from dataclasses import replace

    forged = brief_pdf(replace(said, data=data), variant="full", paper="a4", language="en").data
    assert not replayed(forged)["same"]


def test_the_decide_command_writes_a_brief_that_replays(loaded, tmp_path, capsys):
    sheet, pdf = tmp_path / "sheet.json", tmp_path / "brief.pdf"
    sheet.write_text('{"work": "language", "app": "yes", "place": "US"}')
    call_command("decide", str(sheet), pdf=str(pdf))
    assert pdf.read_bytes().startswith(b"%PDF-1.7")
    capsys.readouterr()
    call_command("decide", str(pdf), replay=True)
    assert '"same": true' in capsys.readouterr().out


def test_a_saved_brief_is_written_with_few_queries(decision, django_assert_max_num_queries):
    fresh = type(decision).objects.select_related("owner", "edition").get(pk=decision.pk)
    with django_assert_max_num_queries(1):
        content_of(fresh)
