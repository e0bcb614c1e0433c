"""Rates in the admin: checked forms, who changed what, stale marks, coverage, and import with a preview."""

from __future__ import annotations

import csv
import io
import uuid

import pytest
from django.contrib.admin import site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rolematcher.accounts.models import AuditEvent
from rolematcher.outbox.models import Job
from rolematcher.rates.models import ConversionFact, ExchangeRate, RateImport, RateObservation
from rolematcher.rates.services import rates_load

from .market import file_of, row

pytestmark = pytest.mark.django_db
LIST = "admin:rates_rateobservation_changelist"
IMPORT = "admin:rates_rateobservation_import"


@pytest.fixture
def editor(client, rules_editor):
    """A client signed in as a rules editor."""
    client.force_login(rules_editor)
    return client


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

    def send(page, verb: str, **fields: str):
        key = page.context["key"]
        address = reverse(f"admin:rates_rateobservation_upload_{verb}", args=[key])
        after = editor.post(address, fields, follow=True)
        return editor.get(after.request["PATH_INFO"], follow=True) if jobs_done() else after

    return send


def test_the_list_shows_figures_and_marks_stale_ones(editor):
    rates_load()
    page = editor.get(
        reverse(LIST), {"place": "GB", "role__exact": "ml_engineer", "engagement_type__exact": "permanent"}
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


def test_every_change_of_a_row_is_kept_with_who_old_new_and_why(editor, rules_editor):
    add = reverse("admin:rates_rateobservation_add")
    editor.post(add, row(publisher="Added", why="A new survey"))
    stored = RateObservation.objects.get(publisher="Added")
    assert stored.changed_by == rules_editor
    change = reverse("admin:rates_rateobservation_change", args=[stored.pk])
    editor.post(change, row(publisher="Added", typical="110000", why="Misread"))
    editor.post(reverse("admin:rates_rateobservation_delete", args=[stored.pk]), {"post": "yes"})
    assert RateObservation.objects.exists(), "nothing is removed without a reason"
    editor.post(
        reverse("admin:rates_rateobservation_delete", args=[stored.pk]), {"post": "yes", "why": "Withdrawn"}
    )
    assert not RateObservation.objects.exists()
    added, changed, removed = AuditEvent.objects.filter(verb__startswith="rateobservation.").order_by("id")
    assert {event.actor_id for event in (added, changed, removed)} == {rules_editor.pk}
    assert [event.detail["why"] for event in (added, changed, removed)] == [
        "A new survey",
        "Misread",
        "Withdrawn",
    ]
    assert changed.detail["changed"]["typical"] == ["100000.00", "110000.00"]
    assert removed.detail["changed"]["typical"] == ["110000.00", None]


def test_several_rows_are_removed_with_a_reason_only(editor):
    stored = RateObservation.objects.create(**_columns())
    ask = {"action": "delete_selected", "_selected_action": [stored.pk]}
    assert "Why" in editor.post(reverse(LIST), ask).content.decode()
    editor.post(reverse(LIST), {**ask, "post": "yes"})
    assert RateObservation.objects.exists()
    editor.post(reverse(LIST), {**ask, "post": "yes", "why": "Twice on file"})
    assert not RateObservation.objects.exists()
    assert AuditEvent.objects.get(verb="rateobservation.removed").detail["why"] == "Twice on file"


def test_an_unlikely_figure_is_kept_where_somebody_insists(editor):
    add = reverse("admin:rates_rateobservation_add")
    odd = row(place="SE", currency="SEK", typical="62000", why="Survey")
    page = editor.post(add, odd)
    assert "The unit that fits is: month" in str(page.context["adminform"].form.errors["typical"])
    editor.post(add, {**odd, "insisted": "A tenth of a post", "cautions": ["one_city"]})
    stored = RateObservation.objects.get()
    assert (stored.insisted, stored.cautions) == ("A tenth of a post", "one_city")
    assert (
        "one_city"
        in editor.get(reverse("admin:rates_rateobservation_change", args=[stored.pk])).content.decode()
    )


def test_the_same_publisher_typed_otherwise_is_told_at_the_form(editor):
    RateObservation.objects.create(**_columns(publisher="StepStone"))
    page = editor.post(reverse("admin:rates_rateobservation_add"), row(publisher="STEPSTONE", why="New"))
    assert "on file already" in str(page.context["adminform"].form.errors["publisher"])


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"typical": "-5"}, "not an amount"),
        ({"low": "9", "typical": "8"}, "not in order"),
        ({"as_of": "soon"}, "Write 2026"),
        ({"currency": "ZZZ"}, "not a currency"),
        ({"place": "Texas"}, "country code such as DE"),
        ({"url": "javascript:alert(1)"}, "not a web address"),
    ],
)
def test_a_wrong_row_is_refused_at_its_field(editor, columns, words):
    page = editor.post(reverse("admin:rates_rateobservation_add"), row(**columns, why="x"))
    errors = page.context["adminform"].form.errors
    assert words in str(errors[next(name for name in columns if name in errors)])
    assert not RateObservation.objects.exists()


def test_facts_and_exchange_rates_are_checked_too(editor):
    fact = {"key": "Not a key", "value": "5", "unit": "x", "place": "US", "publisher": "B", "as_of": "2026"}
    fact["why"] = "x"
    assert editor.post(reverse("admin:rates_conversionfact_add"), fact).context["adminform"].form.errors
    editor.post(reverse("admin:rates_conversionfact_add"), {**fact, "key": "hours_per_year"})
    assert ConversionFact.objects.get().changed_by is not None
    rate = {"base": "EUR", "quote": "EUR", "rate": "1.1", "on": "2026-11-01", "publisher": "Central bank"}
    rate["why"] = "x"
    assert editor.post(reverse("admin:rates_exchangerate_add"), rate).context["adminform"].form.errors
    editor.post(reverse("admin:rates_exchangerate_add"), {**rate, "quote": "USD"})
    assert ExchangeRate.objects.get().quote == "USD"


def coverage_cell(editor, place: str) -> str:
    """The status of the permanent AI engineer at a place, as the CSV of the coverage says it."""
    response = editor.get(reverse("admin:rates_rateobservation_coverage"), {"as": "csv"})
    cells = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    found = {(cell["place"], cell["role"], cell["engagement_type"]): cell["status"] for cell in cells}
    return found[place, "ai_engineer", "permanent"]


def test_coverage_says_what_each_cell_is_and_a_new_figure_changes_it_at_once(editor):
    rates_load()
    page = editor.get(reverse("admin:rates_rateobservation_coverage"))
    assert {id for id, _words, count in page.context["statuses"] if count} >= {"sourced", "modelled", "none"}
    text = page.content.decode()
    assert "role=automation_specialist&amp;place=GB&amp;engagement_type=permanent" in text
    assert coverage_cell(editor, "MT") == "modelled"
    columns = {"place": "MT", "currency": "EUR", "typical": "48000"}
    editor.post(reverse("admin:rates_rateobservation_add"), row(**columns, why="A survey"))
    assert coverage_cell(editor, "MT") == "sourced"
    RateObservation.objects.filter(place="MT").delete()
    RateObservation.objects.create(**_columns(**columns, as_of="2024-01"))
    assert coverage_cell(editor, "MT") == "old"


def test_an_import_is_shown_first_and_saved_on_the_word(editor, upload, press, rules_editor):
    page = upload(row(), row(publisher="Beta"))
    assert page.context["preview"].counts == (2, 0, 0, 0)
    assert not RateObservation.objects.exists()
    saved = press(page, "save")
    assert "Saved: 2 new, 0 changed, 0 same, 0 left out." in saved.content.decode()
    assert set(RateObservation.objects.values_list("changed_by", flat=True)) == {rules_editor.pk}


def test_what_an_import_changes_is_shown_column_by_column(editor, upload, press):
    press(upload(row()), "save")
    text = upload(row(typical="110000")).content.decode()
    assert "100000 → 110000" in text


def test_refused_rows_are_named_and_left_out_only_on_the_word(editor, upload, press):
    page = upload(row(), row(publisher="Beta", unit="fortnight"))
    text = page.content.decode()
    assert "“fortnight” is not known" in text
    refused = press(page, "save")
    assert "Nothing was saved" in refused.content.decode()
    assert not RateObservation.objects.exists()
    page = upload(row(), row(publisher="Beta", unit="fortnight"))
    press(page, "save", despite_refused="yes")
    assert RateObservation.objects.count() == 1


def test_an_import_can_be_dropped(editor, upload, press):
    page = upload(row())
    press(page, "drop")
    assert not RateObservation.objects.exists()
    key = page.context["key"]
    assert editor.get(reverse("admin:rates_rateobservation_upload", args=[key])).status_code == 404


def test_rates_changed_after_the_preview_give_a_new_preview(editor, upload, press):
    page = upload(row())
    RateObservation.objects.create(**_columns(typical="90000"))
    again = press(page, "save")
    assert "have changed since the last preview" in again.content.decode()
    assert again.context["preview"].counts == (0, 1, 0, 0)


@pytest.mark.parametrize(
    ("content", "words"), [(b"\x89PNG\0\0", "not a table"), (b"colour\n", "Not known: colour")]
)
def test_a_file_that_cannot_be_read_says_why(upload, content, words):
    assert words in upload(content=content).content.decode()


def test_past_decisions_that_would_get_another_figure_are_named_before_it_is_saved(
    upload, decision_of, recruiter, quick_papers
):
    chatbot = {"work": "language", "evidence": "untested", "app": "yes", "engagement_type": "permanent"}
    here = decision_of(recruiter, **chatbot, place="MT", client="Secret Ltd")
    decision_of(recruiter, **chatbot, place="FR")
    page = upload(row(place="MT", currency="EUR", typical="48000"))
    told = page.context["preview"].consequences
    assert (told.changed, told.total) == (1, 2)
    assert [one.number for one in told.listed] == [here.number]
    assert told.listed[0].before != told.listed[0].after
    assert here.number in page.content.decode() and "Secret Ltd" not in page.content.decode()


def test_how_dates_are_meant_is_asked_once_and_the_file_read_again(upload, press):
    page = upload(row(as_of="05/06/2026"))
    assert "can be read in two ways" in page.content.decode()
    again = press(page, "dates", first="month")
    assert not again.context["preview"].open_date
    press(again, "save")
    assert RateObservation.objects.get().as_of == "2026-05-06"


def test_an_import_whose_job_failed_says_so(editor, upload, monkeypatch):
    monkeypatch.setattr("rolematcher.rates.imports.rates_preview", lambda *_args, **_options: 1 / 0)
    page = upload(row())
    Job.objects.filter(kind="rate_import").update(state=Job.FAILED)
    assert (
        "Something went wrong; nothing was saved." in editor.get(page.request["PATH_INFO"]).content.decode()
    )


def test_what_was_saved_or_thrown_away_leaves_no_file_behind(upload, press):
    press(upload(row()), "save")
    press(upload(row(publisher="Beta")), "drop")
    assert not RateImport.objects.exists()


def test_no_file_is_said_at_the_form(editor):
    assert "Choose a file." in editor.post(reverse(IMPORT)).content.decode()


def test_an_upload_is_seen_by_its_owner_only(upload, client, administrator):
    page = upload(row())
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
    "upload_dates": ("import", "POST"),
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


@pytest.mark.parametrize("page", ["upload_save", "upload_drop", "upload_dates"])
def test_what_changes_something_is_not_done_by_looking(editor, upload, page):
    key = upload(row()).context["key"]
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


def test_while_it_is_read_the_page_shows_how_far(editor):
    file = SimpleUploadedFile("rates.csv", file_of(*[row(publisher=f"P{n}") for n in range(9)]).getvalue())
    page = editor.post(reverse(IMPORT), {"file": file}, follow=True)
    RateImport.objects.update(row=5)
    text = editor.get(page.request["PATH_INFO"], headers={"HX-Request": "true"}).content.decode()
    assert "row 5 of about 10" in text
    assert 'value="50"' in text
    assert "No worker is running" in text
