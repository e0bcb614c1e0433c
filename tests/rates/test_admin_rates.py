"""Rates in the admin: checked forms, who changed what, stale marks, coverage, and import with a preview."""

from __future__ import annotations

import csv
import io
import time
import uuid

import pytest
from django.contrib.admin import site
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rolematcher.rates import uploads as rates_uploads
from rolematcher.rates.models import ConversionFact, ExchangeRate, RateObservation
from rolematcher.rates.services import rates_load

from .market import row
from .test_import import file_of

pytestmark = pytest.mark.django_db
LIST = "admin:rates_rateobservation_changelist"
IMPORT = "admin:rates_rateobservation_import"


@pytest.fixture
def editor(client, rules_editor):
    """A client signed in as a rules editor."""
    client.force_login(rules_editor)
    return client


def upload(client, *rows: dict[str, str], name: str = "rates.csv"):
    """Upload rows and follow to the preview."""
    file = SimpleUploadedFile(name, file_of(*rows).getvalue(), "text/csv")
    return client.post(reverse(IMPORT), {"file": file}, follow=True)


def press(client, page, verb: str, **fields: str):
    """Press a button of the preview page."""
    key = page.context["key"]
    return client.post(reverse(f"admin:rates_rateobservation_upload_{verb}", args=[key]), fields, follow=True)


def test_the_list_shows_figures_and_marks_stale_ones(editor):
    rates_load()
    page = editor.get(
        reverse(LIST), {"place": "GB", "role__exact": "ml_engineer", "engagement__exact": "permanent"}
    )
    # Currency and amount are held together by a space that does not break.
    text = page.content.decode().replace("\u00a0", " ")
    assert "GBP 58,000 a year" in text
    assert "over 12 months" in text


def test_the_age_filter_agrees_with_the_mark(editor):
    for number, as_of in enumerate(["2023", "2024-12", "2025-01-31"]):
        RateObservation.objects.create(**_columns(publisher=f"Old {number}", as_of=as_of))
    RateObservation.objects.create(**_columns(publisher="New", as_of="2999"))
    stale = editor.get(reverse(LIST), {"age": "stale"}).content.decode()
    fresh = editor.get(reverse(LIST), {"age": "fresh"}).content.decode()
    assert stale.count('<span class="mark">over 12 months</span>') == 3
    assert all(f"Old {number}<" in stale for number in range(3)) and "New<" not in stale
    assert "New<" in fresh and "Old " not in fresh


def _columns(**columns: str) -> dict[str, object]:
    given = row(**columns)
    return {**given, "proxy": False}


def test_a_row_is_added_with_who_did_it_and_its_history(editor, rules_editor):
    add = reverse("admin:rates_rateobservation_add")
    editor.post(add, row(publisher="Added"))
    stored = RateObservation.objects.get(publisher="Added")
    assert stored.changed_by == rules_editor
    editor.post(
        reverse("admin:rates_rateobservation_change", args=[stored.pk]),
        row(publisher="Added", typical="110000"),
    )
    history = editor.get(reverse("admin:rates_rateobservation_history", args=[stored.pk])).content.decode()
    assert "Changed Typical." in history
    assert LogEntry.objects.filter(object_id=str(stored.pk)).count() == 2


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"typical": "-5"}, "without a sign"),
        ({"low": "9", "typical": "8"}, "rising order"),
        ({"as_of": "soon"}, "Write 2026"),
        ({"currency": "ZZZ"}, "not a currency code"),
        ({"region": "Texas"}, "country code such as US"),
        ({"url": "javascript:alert(1)"}, "not a web address"),
    ],
)
def test_a_wrong_row_is_refused_at_its_field(editor, columns, words):
    page = editor.post(reverse("admin:rates_rateobservation_add"), row(**columns))
    errors = page.context["adminform"].form.errors
    assert words in str(errors[next(name for name in columns if name in errors)])
    assert not RateObservation.objects.exists()


def test_facts_and_exchange_rates_are_checked_too(editor):
    fact = {"key": "Not a key", "value": "5", "unit": "x", "region": "US", "publisher": "B", "as_of": "2026"}
    assert editor.post(reverse("admin:rates_conversionfact_add"), fact).context["adminform"].form.errors
    editor.post(reverse("admin:rates_conversionfact_add"), {**fact, "key": "hours_per_year"})
    assert ConversionFact.objects.get().changed_by is not None
    rate = {"base": "EUR", "quote": "EUR", "rate": "1.1", "on": "2026-11-01", "publisher": "Central bank"}
    assert editor.post(reverse("admin:rates_exchangerate_add"), rate).context["adminform"].form.errors
    editor.post(reverse("admin:rates_exchangerate_add"), {**rate, "quote": "USD"})
    assert ExchangeRate.objects.get().quote == "USD"


def test_coverage_shows_grades_and_offers_to_fill_the_holes(editor):
    rates_load()
    text = editor.get(reverse("admin:rates_rateobservation_coverage")).content.decode()
    assert "36 holes" in text
    assert "role=automation_specialist&amp;region=GB&amp;engagement=permanent" in text
    assert "USD 25 an hour" in text


def test_an_import_is_shown_first_and_saved_on_the_word(editor, rules_editor):
    page = upload(editor, row(), row(publisher="Beta"))
    assert page.context["preview"]["counts"] == [2, 0, 0, 0]
    assert not RateObservation.objects.exists()
    saved = press(editor, page, "save")
    assert "Saved: 2 new, 0 changed, 0 same, 0 left out." in saved.content.decode()
    assert set(RateObservation.objects.values_list("changed_by", flat=True)) == {rules_editor.pk}


def test_what_an_import_changes_is_shown_column_by_column(editor):
    press(editor, upload(editor, row()), "save")
    text = upload(editor, row(typical="110000")).content.decode()
    assert "100000 → 110000" in text


def test_refused_rows_are_named_and_left_out_only_on_the_word(editor):
    page = upload(editor, row(), row(publisher="Beta", unit="fortnight"))
    text = page.content.decode()
    assert "&#x27;fortnight&#x27; is not known." in text
    refused = press(editor, page, "save")
    assert "Nothing was saved" in refused.content.decode()
    assert not RateObservation.objects.exists()
    page = upload(editor, row(), row(publisher="Beta", unit="fortnight"))
    press(editor, page, "save", despite_refused="yes")
    assert RateObservation.objects.count() == 1


def test_an_import_can_be_dropped(editor):
    page = upload(editor, row())
    press(editor, page, "drop")
    assert not RateObservation.objects.exists()
    key = page.context["key"]
    assert editor.get(reverse("admin:rates_rateobservation_upload", args=[key])).status_code == 404


def test_rates_changed_after_the_preview_give_a_new_preview(editor):
    page = upload(editor, row())
    RateObservation.objects.create(**_columns(typical="90000"))
    again = press(editor, page, "save")
    assert "have changed since the last preview" in again.content.decode()
    assert again.context["preview"]["counts"] == [0, 1, 0, 0]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("photo.csv", b"\x89PNG\0\0", "CSV UTF-8"), ("rates.csv", b"colour\n", "Not known: colour")],
)
def test_a_file_that_cannot_be_read_says_why(editor, name, content, words):
    page = editor.post(reverse(IMPORT), {"file": SimpleUploadedFile(name, content)}, follow=True)
    assert words in page.content.decode()


def test_no_file_is_said_at_the_form(editor):
    assert "Choose a CSV file." in editor.post(reverse(IMPORT)).content.decode()


def test_an_upload_is_seen_by_its_owner_only(editor, client, administrator):
    page = upload(editor, row())
    address = reverse("admin:rates_rateobservation_upload", args=[page.context["key"]])
    client.force_login(administrator)
    assert client.get(address).status_code == 404


PAGES = {
    "coverage": ("view", "GET"),
    "export": ("view", "GET"),
    "import": ("import", "GET"),
    "upload": ("import", "GET"),
    "upload_save": ("import", "POST"),
    "upload_drop": ("import", "POST"),
}
MAY = {
    "anonymous": set(),
    "recruiter": set(),
    "reviewer": {"view"},
    "rules_editor": {"view", "import"},
    "administrator": {"view", "import"},
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", MAY)
def test_each_page_answers_only_whom_it_may(client, request, who, page):
    if who != "anonymous":
        client.force_login(request.getfixturevalue(who))
    key = [uuid.uuid4()] if page.startswith("upload") else []
    right, method = PAGES[page]
    address = reverse(f"admin:rates_rateobservation_{page}", args=key)
    status = client.generic(method, address).status_code
    if who in ("anonymous", "recruiter"):
        assert status in (302, 403)
    elif right in MAY[who]:
        assert status == (404 if key else 200)
    else:
        assert status == 403


def test_every_page_of_rates_is_in_the_list_above():
    prefix = "rates_rateobservation_"
    stock = {"changelist", "add", "history", "delete", "change"}
    named = {pattern.name for pattern in site._registry[RateObservation].get_urls() if pattern.name}
    assert {name.removeprefix(prefix) for name in named} - stock == set(PAGES)


@pytest.mark.parametrize("page", ["upload_save", "upload_drop"])
def test_what_changes_something_is_not_done_by_looking(editor, page):
    key = upload(editor, row()).context["key"]
    assert editor.get(reverse(f"admin:rates_rateobservation_{page}", args=[key])).status_code == 405


def test_the_filtered_list_is_exported_as_it_stands(editor):
    rates_load()
    response = editor.get(
        reverse("admin:rates_rateobservation_export"),
        {"place": "OFFSHORE", "role__exact": "ai_engineer"},
    )
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    (only,) = csv.DictReader(io.StringIO(text))
    assert (only["publisher"], only["typical"]) == ("Ad Snipper", "25")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_a_long_file_is_read_beside_the_request_with_a_progress_bar(editor, monkeypatch):
    monkeypatch.setattr(rates_uploads, "LONG", 0)
    page = upload(editor, *[row(publisher=f"P{number}") for number in range(2500)])
    key = page.context["key"]
    address = reverse("admin:rates_rateobservation_upload", args=[key])
    assert _finished(key)["stage"] == "read"
    polled = editor.get(address, headers={"HX-Request": "true"})
    assert (polled.status_code, polled["HX-Refresh"]) == (204, "true")
    editor.post(reverse("admin:rates_rateobservation_upload_save", args=[key]), {})
    assert _finished(key)["stage"] == "saved"
    assert RateObservation.objects.count() == 2500


def _finished(key) -> dict:
    """Wait for the work beside the request; the test run itself ends what hangs."""
    while (state := rates_uploads._state(key))["stage"] in ("reading", "saving"):
        time.sleep(0.02)
    return state


def test_while_it_is_read_the_page_shows_how_far(editor, rules_editor, monkeypatch):
    monkeypatch.setattr(rates_uploads, "_run", lambda *_args, **_options: None)
    page = upload(editor, *[row(publisher=f"P{number}") for number in range(9)])
    key = page.context["key"]
    rates_uploads._step(key, 5)
    address = reverse("admin:rates_rateobservation_upload", args=[key])
    text = editor.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "row 5 of about 10" in text
    assert 'value="50"' in text
    later = time.time() + rates_uploads.SILENT_SECONDS + 1
    assert rates_uploads.upload_state(key, user=rules_editor, now=later)["stage"] == "failed"
