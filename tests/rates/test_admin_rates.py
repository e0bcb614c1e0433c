"""Rates in the admin: checked forms, who changed what, stale marks, coverage, who may."""

from __future__ import annotations

import csv
import io
import uuid

import pytest
from django.contrib.admin import site
from django.urls import reverse

from rolematcher.accounts.models import AuditEvent
from rolematcher.rates.models import ConversionFact, ExchangeRate, RateObservation
from rolematcher.rates.services import rates_load

from .market import columns, row

pytestmark = pytest.mark.django_db
LIST = "admin:rates_rateobservation_changelist"
ADD = "/admin/rates/rateobservation/add/"


def test_the_list_shows_figures_and_its_age_filter_agrees_with_the_mark(editor):
    for number, as_of in enumerate(["2023", "2024-12", "2025-01-31"]):
        RateObservation.objects.create(**columns(publisher=f"Old {number}", as_of=as_of))
    RateObservation.objects.create(**columns(publisher="New", as_of="2999"))
    stale = editor.get(reverse(LIST), {"age": "stale", "place": "US"}).content.decode()
    fresh = editor.get(reverse(LIST), {"age": "fresh", "role__exact": "ai_engineer"}).content.decode()
    assert stale.count('<span class="mark">over 12 months</span>') == 3
    assert all(f"Old {number}<" in stale for number in range(3)) and "New<" not in stale
    assert "New<" in fresh and "Old " not in fresh
    assert "USD\u00a0100,000 a year" in fresh
    assert "New<" not in editor.get(reverse(LIST), {"place": "GB"}).content.decode()


def test_every_change_of_a_row_is_kept_with_who_old_new_and_why(editor, rules_editor):
    editor.post(ADD, row(publisher="Added", why="A new survey"))
    stored = RateObservation.objects.get(publisher="Added")
    assert stored.changed_by == rules_editor
    change, delete = (
        reverse(f"admin:rates_rateobservation_{page}", args=[stored.pk]) for page in ("change", "delete")
    )
    editor.post(change, row(publisher="Added", typical="110000", why="Misread"))
    editor.post(delete, {"post": "yes"})
    assert RateObservation.objects.exists(), "nothing is removed without a reason"
    editor.post(delete, {"post": "yes", "why": "Withdrawn"})
    assert not RateObservation.objects.exists()
    events = AuditEvent.objects.filter(verb__startswith="rateobservation.").order_by("id")
    assert {event.actor_id for event in events} == {rules_editor.pk}
    assert [(event.detail["why"], event.detail["changed"]["typical"]) for event in events] == [
        ("A new survey", [None, "100000.00"]),
        ("Misread", ["100000.00", "110000.00"]),
        ("Withdrawn", ["110000.00", None]),
    ]


def test_several_rows_are_removed_with_a_reason_only(editor):
    stored = RateObservation.objects.create(**columns())
    ask = {"action": "delete_selected", "_selected_action": [stored.pk]}
    assert "Why" in editor.post(reverse(LIST), ask).content.decode()
    editor.post(reverse(LIST), {**ask, "post": "yes"})
    assert RateObservation.objects.exists()
    editor.post(reverse(LIST), {**ask, "post": "yes", "why": "Twice on file"})
    assert not RateObservation.objects.exists()
    assert AuditEvent.objects.get(verb="rateobservation.removed").detail["why"] == "Twice on file"


def test_an_unlikely_figure_is_kept_where_somebody_insists(editor):
    odd = row(place="SE", currency="SEK", typical="62000", why="Survey")
    page = editor.post(ADD, odd)
    assert "The unit that fits is: month" in str(page.context["adminform"].form.errors["typical"])
    editor.post(ADD, {**odd, "insisted": "A tenth of a post", "cautions": ["one_city"]})
    stored = RateObservation.objects.get()
    assert (stored.insisted, stored.cautions) == ("A tenth of a post", "one_city")
    change = reverse("admin:rates_rateobservation_change", args=[stored.pk])
    assert 'value="one_city"' in editor.get(change).content.decode()


def test_the_same_publisher_typed_otherwise_is_told_at_the_form(editor):
    RateObservation.objects.create(**columns(publisher="StepStone"))
    page = editor.post(ADD, row(publisher="STEPSTONE", why="New"))
    assert "on file already" in str(page.context["adminform"].form.errors["publisher"])


FACT = {"key": "hours_a_year", "value": "5", "unit": "x", "place": "US", "publisher": "B", "as_of": "2026"}
EXCHANGE = {"base": "EUR", "quote": "USD", "rate": "1.1", "on": "2026-11-01", "publisher": "Central bank"}


@pytest.mark.parametrize(
    ("model", "sound", "wrong"),
    [
        (ConversionFact, FACT, ({"key": "Not a key"}, {"value": "9-5"}, {"as_of": "soon"})),
        (ExchangeRate, EXCHANGE, ({"quote": "EUR"}, {"base": "XXQ"})),
    ],
)
def test_facts_and_exchange_rates_are_checked_too(editor, model, sound, wrong):
    add = reverse(f"admin:rates_{model._meta.model_name}_add")
    for changed in wrong:
        page = editor.post(add, {**sound, **changed, "why": "x"})
        assert set(page.context["adminform"].form.errors) == set(changed)
    editor.post(add, {**sound, "why": "x"})
    assert model.objects.get().changed_by is not None


def coverage_cell(editor, place: str) -> str:
    """The status of the permanent AI engineer at a place, as the CSV of the coverage says it."""
    response = editor.get(reverse("admin:rates_rateobservation_coverage"), {"as": "csv"})
    cells = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    wanted = (place, "ai_engineer", "permanent")
    return next(
        one["status"] for one in cells if (one["place"], one["role"], one["engagement_type"]) == wanted
    )


def test_coverage_says_what_each_cell_is_and_a_new_figure_changes_it_at_once(editor):
    rates_load()
    page = editor.get(reverse("admin:rates_rateobservation_coverage"))
    assert {id for id, _words, count in page.context["statuses"] if count} >= {"sourced", "modelled", "none"}
    text = page.content.decode()
    assert "role=automation_specialist&amp;place=GB&amp;engagement_type=permanent" in text
    assert coverage_cell(editor, "MT") == "modelled"
    malta = {"place": "MT", "currency": "EUR", "typical": "48000"}
    editor.post(ADD, row(**malta, why="A survey"))
    assert coverage_cell(editor, "MT") == "sourced"
    RateObservation.objects.filter(place="MT").delete()
    RateObservation.objects.create(**columns(**malta, as_of="2024-01"))
    assert coverage_cell(editor, "MT") == "old"


PAGES = {"coverage": "view", "export": "view", "import": "import", "upload": "import"}
"""Each page of ours with the right it asks for."""


@pytest.mark.parametrize(
    ("who", "rights"),
    [
        ("recruiter", ""),
        ("reviewer", "view"),
        ("rules_editor", "view import"),
        ("administrator", "view import"),
    ],
)
def test_each_page_answers_only_whom_it_may(client, request, who, rights):
    client.force_login(request.getfixturevalue(who))
    for page, right in PAGES.items():
        key = [uuid.uuid4()] if page == "upload" else []
        address, allowed = reverse(f"admin:rates_rateobservation_{page}", args=key), 404 if key else 200
        for ask in (client.get, client.post) if right == "import" else (client.get,):
            assert ask(address).status_code == (allowed if right in rights.split() else 403), page


def test_every_page_of_rates_is_in_the_list_above():
    prefix = "rates_rateobservation_"
    stock = {"changelist", "add", "history", "delete", "change"}
    named = {pattern.name for pattern in site._registry[RateObservation].get_urls() if pattern.name}
    assert {name.removeprefix(prefix) for name in named} - stock == set(PAGES)


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
