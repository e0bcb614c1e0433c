"""Rates from a file in the admin: shown first, saved on the word, dropped; seen by its owner alone."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rolematcher.outbox.models import Job
from rolematcher.rates.models import RateImport, RateObservation

from .market import POST, columns, file_of, row

pytestmark = pytest.mark.django_db
IMPORT = "admin:rates_rateobservation_import"


@pytest.fixture
def upload(editor, jobs_done):
    """Upload rows, let the worker read them, and follow to the preview."""

    def send(*rows: dict[str, str], content: bytes = b"", name: str = "rates.csv"):
        file = SimpleUploadedFile(name, content or file_of(*rows).getvalue(), "text/csv")
        page = editor.post(reverse(IMPORT), {"file": file}, follow=True)
        jobs_done()
        return editor.get(page.request["PATH_INFO"])

    return send


@pytest.fixture
def press(editor, jobs_done):
    """Press a button of the preview page, let the worker do it, and look again."""

    def send(page, **button: str):
        after = editor.post(page.request["PATH_INFO"], button, follow=True)
        return editor.get(after.request["PATH_INFO"], follow=True) if jobs_done() else after

    return send


def test_an_import_is_shown_first_and_saved_on_the_word(editor, upload, press, rules_editor):
    page = upload(row(), row(publisher="Beta"))
    assert page.context["preview"].counts == (2, 0, 0, 0)
    assert not RateObservation.objects.exists()
    saved = press(page, save="all")
    assert "Saved: 2 new, 0 changed, 0 same, 0 left out." in saved.content.decode()
    assert set(RateObservation.objects.values_list("changed_by", flat=True)) == {rules_editor.pk}
    assert "100000 → 110000" in upload(row(typical="110000")).content.decode()


def test_refused_rows_are_named_and_left_out_only_on_the_word(upload, press):
    rows = row(), row(publisher="Beta", unit="fortnight")
    page = upload(*rows)
    assert "“fortnight” is not known" in page.content.decode()
    assert "Nothing was saved" in press(page, save="all").content.decode()
    assert not RateObservation.objects.exists()
    press(upload(*rows), save="despite_refused")
    assert RateObservation.objects.count() == 1


def test_what_was_thrown_away_or_saved_leaves_no_file_behind(editor, upload, press):
    page = upload(row())
    press(page, drop="yes")
    assert not RateObservation.objects.exists()
    assert editor.get(page.request["PATH_INFO"]).status_code == 404
    press(upload(row(publisher="Beta")), save="all")
    assert not RateImport.objects.exists()


def test_rates_changed_after_the_preview_are_not_overwritten(upload, press):
    page = upload(row())
    RateObservation.objects.create(**columns(typical="90000"))
    assert "changed after the preview" in press(page, save="all").content.decode()
    page = upload(row())
    RateObservation.objects.update(typical="95000")
    assert "changed after the preview" in press(page, save="all").content.decode()
    assert RateObservation.objects.get().typical == 95000


def test_a_file_that_is_none_or_cannot_be_read_says_why(editor, upload):
    assert "Choose a file." in editor.post(reverse(IMPORT)).content.decode()
    assert "not a table" in upload(content=b"\x89PNG\0\0").content.decode()


def test_past_decisions_that_would_get_another_figure_are_named_before_it_is_saved(
    upload, decision_of, recruiter, quick_papers
):
    here = decision_of(recruiter, **POST, place="MT", client="Secret Ltd")
    decision_of(recruiter, **POST, place="FR")
    page = upload(row(place="MT", currency="EUR", typical="48000"))
    told = page.context["preview"].consequences
    assert (told.changed, told.total) == (1, 2)
    assert [one.number for one in told.listed] == [here.number]
    assert told.listed[0].before != told.listed[0].after
    assert here.number in page.content.decode() and "Secret Ltd" not in page.content.decode()


def test_how_dates_are_meant_is_asked_once_and_the_file_read_again(upload, press):
    page = upload(row(as_of="05/06/2026"))
    assert "can be read in two ways" in page.content.decode()
    again = press(page, first="month")
    assert not again.context["preview"].open_date
    press(again, save="all")
    assert RateObservation.objects.get().as_of == "2026-05-06"


def test_an_import_whose_job_failed_says_so(editor, upload, monkeypatch):
    monkeypatch.setattr("rolematcher.rates.tasks.rates_preview", lambda *_args, **_options: 1 / 0)
    address = upload(row()).request["PATH_INFO"]
    Job.objects.filter(kind="rate_import").update(state=Job.FAILED)
    assert "Something went wrong; nothing was saved." in editor.get(address).content.decode()


def test_an_upload_is_seen_by_its_owner_only(editor, upload, administrator):
    address = upload(row()).request["PATH_INFO"]
    editor.force_login(administrator)
    assert editor.get(address).status_code == 404


def test_while_it_is_read_the_page_says_so_and_looks_again(editor):
    page = editor.post(reverse(IMPORT), {"file": SimpleUploadedFile("rates.csv", b"")}, follow=True)
    text = editor.get(page.request["PATH_INFO"], headers={"HX-Request": "true"}).content.decode()
    assert "The file is being read." in text and 'hx-trigger="every 1s"' in text
    assert "No worker is running" in text
