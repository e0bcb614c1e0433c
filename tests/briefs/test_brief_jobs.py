"""A queued brief becomes a file, and what stands in the way leaves it as somebody can mend it."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.utils import timezone
from pypdf import PdfReader

from rolematcher.accounts.clients import client_erase
from rolematcher.briefs import tasks
from rolematcher.briefs.made import BriefError, BriefFile
from rolematcher.briefs.models import Brief
from rolematcher.briefs.services import brief_request, brief_retry
from rolematcher.outbox.models import Job
from rolematcher.outbox.services import job_claim
from rolematcher.outbox.tasks import job_run
from rolematcher.web.files import file_intact, file_keep, files_unused

pytestmark = pytest.mark.django_db

FILE = BriefFile(b"%PDF-1.7\nwords of one brief\n%%EOF\n", pages=1)


@pytest.fixture
def brief(decision_of, recruiter, storage) -> Brief:
    """The queued brief of a decision made through the service."""
    return decision_of(
        recruiter, work="connect", app="no", client="Müller & Søn <Ltd>", place="US"
    ).briefs.get()


def again(brief: Brief) -> Brief:
    return Brief.objects.select_related("job").get(pk=brief.pk)


def stored(folder) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


def test_a_decision_comes_with_a_queued_brief_that_becomes_a_pdf(brief, jobs_done):
    assert brief.state == "queued"
    assert jobs_done() == 1
    brief = again(brief)
    assert (brief.state, brief.error) == ("ready", "")
    assert file_intact(brief.file, brief.sha256)
    with default_storage.open(brief.file) as file:
        reader = PdfReader(io.BytesIO(file.read()))
    assert len(reader.pages) == brief.pages
    assert "Müller & Søn <Ltd>" in reader.pages[0].extract_text()


def test_asking_twice_is_one_brief_and_one_job(brief, recruiter):
    assert brief_request(brief.decision, user=recruiter) == brief
    assert Job.objects.filter(kind="brief").count() == 1


def test_somebody_who_waits_goes_before_a_batch(brief, recruiter):
    batch = brief_request(brief.decision, user=recruiter, language="de", priority=Job.BATCH)
    assert batch.job.priority < brief.job.priority


def test_a_disk_that_refuses_sets_the_brief_back_and_the_next_attempt_succeeds(
    brief, quick_papers, storage, jobs_done
):
    storage.write_text("a file where the folder should be")
    jobs_done()
    assert (again(brief).state, again(brief).error, again(brief).file) == ("queued", "NotADirectoryError", "")
    storage.unlink()
    Job.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    jobs_done()
    assert again(brief).state == "ready"


def test_a_brief_that_can_never_be_made_fails_at_once_and_says_why(
    brief, recruiter, administrator, monkeypatch, jobs_done
):
    def refuse(content, **options):
        raise BriefError("It has more than 40 pages.")

    monkeypatch.setitem(tasks.MAKERS, "pdf", refuse)
    jobs_done()
    assert (again(brief).state, again(brief).error) == ("failed", "It has more than 40 pages.")
    with pytest.raises(PermissionDenied):
        brief_retry(again(brief), user=recruiter)
    assert brief_retry(again(brief), user=administrator)
    assert again(brief).state == "queued"


@pytest.mark.parametrize("moment", ["while it is made", "after it is made"])
def test_a_client_erased_leaves_no_file_of_hers(brief, administrator, storage, monkeypatch, moment):
    held = job_claim()

    def made(content, **options):
        if moment == "while it is made":
            client_erase("Müller & Søn <Ltd>", user=administrator)
        return FILE

    monkeypatch.setitem(tasks.MAKERS, "pdf", made)
    job_run(held)
    client_erase("Müller & Søn <Ltd>", user=administrator)
    assert stored(storage) == []
    assert not Brief.objects.exists()


def test_files_that_no_row_uses_are_found_once_they_are_at_rest(
    brief, quick_papers, storage, jobs_done, monkeypatch
):
    jobs_done()
    file_keep(b"%PDF- nobody's", folder="briefs", ending="pdf")
    (storage / "briefs" / "left.part").write_text("half")
    assert list(files_unused()) == []
    monkeypatch.setattr("rolematcher.web.files.AT_REST", timedelta(seconds=-1))
    found = list(files_unused())
    assert len(found) == 2
    assert again(brief).file not in found


def test_the_same_content_is_one_file_and_half_a_file_is_none(storage, monkeypatch):
    first = file_keep(b"words", folder="briefs", ending="pdf")
    assert file_keep(b"words", folder="briefs", ending="pdf") == first
    monkeypatch.setattr("os.fsync", lambda _handle: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        file_keep(b"others", folder="briefs", ending="pdf")
    assert len(stored(storage)) == 1
