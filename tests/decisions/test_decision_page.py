"""The decision page and its PDF: all the brief says, for those who may see it, a 404 for everybody else."""

from __future__ import annotations

import hashlib
import html
import uuid

import pytest

from rolematcher.briefs.content import content_of
from rolematcher.briefs.models import Brief


@pytest.fixture
def decision(decision_of, recruiter):
    return decision_of(
        recruiter,
        client="Müller & Søn <Ltd>",
        project="Support chatbot",
        work="language",
        evidence="untested",
        wish="finetune",
        app="yes",
        platform="code",
        team=["developers"],
        data="none",
        stage="prototype",
        place="US",
        engagement="permanent",
        budget={"amount": "120000", "currency": "USD", "per": "year", "kind": "pay"},
    )


def test_the_page_says_what_the_brief_says(ana, decision):
    page = html.unescape(ana.get(decision.get_absolute_url()).content.decode())
    content = content_of(decision)
    said = [content.recommendation, content.firmness.sentence, content.first_step, content.rates.budget]
    said += [line.because for line in content.why]
    said += [risk.title for risk in content.risks]
    said += [row.here for row in content.compared]
    said += [answer.answer for answer in content.answers]
    said += [row.publisher for group in content.rates.groups for row in group.rows]
    for sentence in said:
        assert sentence in page
    assert '<svg class="chart' in page


def test_everybody_who_may_see_it_does_and_nobody_else(
    loaded, decision, signed, recruiter, colleague, stranger, reviewer
):
    address = decision.get_absolute_url()
    seen = {
        person.username: signed(person).get(address).status_code
        for person in (recruiter, colleague, stranger, reviewer)
    }
    assert seen == {"rita": 200, "carl": 200, "stella": 404, "rachel": 200}


def test_somebody_who_was_disabled_sees_nothing_any_more(decision, signed, recruiter):
    client = signed(recruiter)
    recruiter.is_active = False
    recruiter.save()
    assert client.get(decision.get_absolute_url()).status_code == 302


def test_the_page_is_not_cached(ana, decision):
    assert ana.get(decision.get_absolute_url())["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("queued", "the PDF is next in line"),
        ("rendering", "The PDF is being made"),
        ("failed", "The PDF could not be made. Too many pages."),
    ],
)
def test_the_state_of_the_pdf_is_said_in_words(ana, decision, state, words):
    brief = Brief.objects.get(decision=decision)
    Brief.objects.filter(pk=brief.pk).update(state=state, error="Too many pages.")
    page = ana.get(f"/files/{brief.public_id}/state/").content.decode()
    assert words in page
    assert ("hx-get" in page) is (state != "failed")


def test_a_ready_pdf_is_downloaded_safely_under_a_readable_name(ana, ready, decision):
    brief = ready(decision)
    answer = ana.get(f"/files/{brief.public_id}/")
    assert answer.getvalue().startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert "support-chatbot" in answer["Content-Disposition"].lower()
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"


def test_a_pdf_is_only_for_those_who_may_see_its_decision(
    ready, decision, signed, colleague, stranger, client
):
    brief = ready(decision)
    for address in (f"/files/{brief.public_id}/", f"/files/{brief.public_id}/state/"):
        assert signed(colleague).get(address).status_code == 200
        assert signed(stranger).get(address).status_code == 404
        assert client.get(address).status_code == 302


def test_the_page_shows_the_fingerprint_of_the_file_it_offers(ana, ready, decision):
    brief = ready(decision)
    file = b"".join(ana.get(f"/files/{brief.public_id}/").streaming_content)
    shown = ana.get(f"/files/{brief.public_id}/state/").content.decode()
    assert hashlib.sha256(file).hexdigest() in shown


def test_a_pdf_that_is_not_ready_is_not_there(ana, decision):
    assert ana.get(f"/files/{Brief.objects.get().public_id}/").status_code == 404
    assert ana.get(f"/files/{uuid.uuid4()}/").status_code == 404


def test_a_client_copy_can_be_asked_for(ana, decision):
    ana.post(f"{decision.get_absolute_url()}pdf/", {"variant": "client"})
    assert set(Brief.objects.values_list("variant", flat=True)) == {"full", "client"}


def test_an_unknown_paper_is_refused_in_words(ana, decision):
    answer = ana.post(f"{decision.get_absolute_url()}pdf/", {"paper": "a0"})
    assert answer.status_code == 400
    assert b"it is one of a4, letter" in answer.content


@pytest.mark.parametrize(("asked", "pause"), [("", 150), ("3", 60), ("9", 250), ("20", 700), ("400", 2000)])
def test_the_page_asks_for_its_pdf_at_once_and_ever_more_rarely(client, recruiter, decision_of, asked, pause):
    brief = decision_of(recruiter).briefs.get()
    client.force_login(recruiter)
    page = client.get(f"/files/{brief.public_id}/state/", {"asked": asked} if asked else {})
    shown = page.content.decode()
    assert f'hx-trigger="load delay:{pause}ms"' in shown
    assert f"/state/?asked={int(asked or 0) + 1}" in shown


@pytest.mark.parametrize("asked", ["-1", "x", "9" * 40, "\u0661", "1.5", "<b>"])
def test_a_count_nobody_can_have_made_counts_as_none(client, recruiter, decision_of, asked):
    brief = decision_of(recruiter).briefs.get()
    client.force_login(recruiter)
    assert b"delay:150ms" in client.get(f"/files/{brief.public_id}/state/", {"asked": asked}).content
