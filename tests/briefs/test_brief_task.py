"""A queued brief becomes a PDF, and what stands in the way leaves the row as somebody can mend it."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from rolematcher.briefs.models import Brief
from rolematcher.briefs.pdf_files import pdf_intact
from rolematcher.briefs.tasks import brief_make, sweep
from rolematcher.decisions.models import Decision
from rolematcher.decisions.records import record_columns

pytestmark = pytest.mark.django_db


@pytest.fixture
def brief(decision_of, recruiter) -> Brief:
    """The queued brief of a decision made through the service."""
    decision = decision_of(recruiter, work="connect", app="no", client="Müller & Søn <Ltd>", place="US")
    return decision.briefs.get()


def after_make(brief: Brief) -> Brief:
    brief_make(brief.pk)
    brief.refresh_from_db()
    return brief


def test_a_decision_comes_with_a_queued_brief_that_becomes_a_pdf(brief):
    assert brief.state == "queued"
    after_make(brief)
    assert (brief.state, brief.attempts, brief.error) == ("ready", 1, "")
    assert pdf_intact(brief.file, brief.sha256)
    reader = PdfReader(io.BytesIO(brief.path.read_bytes()))
    assert len(reader.pages) == brief.pages
    assert "Müller & Søn <Ltd>" in reader.pages[0].extract_text()


def test_making_it_twice_makes_it_once(brief):
    first = after_make(brief).sha256
    assert after_make(brief).sha256 == first
    assert brief.history.count() == 1


def test_a_disk_that_refuses_sets_the_brief_back_and_the_next_attempt_succeeds(brief, settings, tmp_path):
    settings.BRIEFS_DIR = tmp_path / "in-the-way"
    settings.BRIEFS_DIR.write_text("a file where the folder should be")
    after_make(brief)
    assert (brief.state, brief.error, brief.file) == ("queued", "NotADirectoryError", "")
    settings.BRIEFS_DIR.unlink()
    Brief.objects.update(due_at=brief.created_at)
    assert after_make(brief).state == "ready"
    assert list(brief.history.values_list("outcome", flat=True)) == ["retry", "ready"]


def test_a_brief_that_can_never_be_made_fails_at_once_and_says_no_more_than_the_kind(brief):
    Decision.objects.filter(pk=brief.decision_id).update(**record_columns({"client": "a secret"}, {}, {}))
    after_make(brief)
    assert (brief.state, brief.attempts) == ("failed", 1)
    assert "secret" not in brief.error
    assert brief.error.isidentifier()


def test_an_unknown_brief_is_no_error():
    brief_make(987_654)


def test_a_sweep_wakes_a_worker_for_a_brief_whose_message_was_lost(brief, queue_of_briefs):
    queue_of_briefs.purge()
    assert sweep().due == (brief.pk,)
    assert queue_of_briefs.size() == 1


def test_a_client_copy_in_letter_and_german_is_made_as_asked(brief, recruiter):
    from rolematcher.briefs.services import brief_request

    other = brief_request(brief.decision, user=recruiter, variant="client", paper="letter", language="de")
    after_make(other)
    page = PdfReader(io.BytesIO(other.path.read_bytes())).pages[0]
    assert other.state == "ready"
    assert [round(float(side)) for side in page.mediabox[2:]] == [612, 792]
