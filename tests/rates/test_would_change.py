"""What a rate, a fact or an exchange rate changed by hand would do to past decisions, before it is saved."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from rolematcher.accounts.models import AuditEvent
from rolematcher.rates.models import ExchangeRate, RateObservation
from rolematcher.rates.services import rates_load

from .market import POST, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def decisions(decision_of, recruiter, quick_papers):
    """One in Malta, one in France; what a preview leaves behind fails the test."""
    rates_load()
    yield [decision_of(recruiter, **POST, place=place, client="Secret Ltd") for place in ("MT", "FR")]
    assert RateObservation.objects.count() == 337 and not ExchangeRate.objects.exists()
    assert not AuditEvent.objects.filter(verb__contains="rate").exists() and not LogEntry.objects.exists()


def test_a_rate_that_is_typed_in_says_which_decisions_would_change_and_saves_nothing(editor, decisions):
    typed = row(place="MT", currency="EUR", typical="48000") | {"cautions": [], "why": "", "_preview": "yes"}
    refused = editor.post(reverse("admin:rates_rateobservation_add"), typed)
    assert "told" not in refused.context  # it asks why first, as saving would
    page = editor.post(reverse("admin:rates_rateobservation_add"), typed | {"why": "A new survey"})
    told = page.context["told"]
    assert (told.changed, told.total) == (1, 2)
    text = page.content.decode()
    assert decisions[0].number in text and decisions[1].number not in text and "Secret Ltd" not in text
    assert "was added" not in text and "Nothing is saved yet" in text


def test_a_rate_that_is_removed_says_so_too(editor, decisions):
    french = RateObservation.objects.filter(place="FR", role="ai_engineer", engagement_type="permanent")
    one = reverse("admin:rates_rateobservation_delete", args=[french[0].pk])
    assert editor.post(one, {"post": "yes", "_preview": "yes"}).context["told"].total == 2
    several = {"action": "delete_selected", "post": "yes", "_preview": "yes"}
    several["_selected_action"] = [one.pk for one in french]
    page = editor.post(reverse("admin:rates_rateobservation_changelist"), several)
    assert [one.number for one in page.context["told"].listed] == [decisions[1].number]


def test_an_exchange_rate_moves_figures_that_come_from_another_country(editor, decisions):
    typed = {"base": "EUR", "quote": "USD", "rate": "1.2", "on": "2026-11-01", "publisher": "Own"}
    page = editor.post(reverse("admin:rates_exchangerate_add"), typed | {"why": "Newer", "_preview": "yes"})
    assert [one.number for one in page.context["told"].listed] == [decisions[0].number]


def test_what_changes_no_figure_says_that_every_figure_stays(editor, decisions):
    typed = row(place="JP", currency="JPY", typical="9000000", proxy="on") | {"why": "For later"}
    page = editor.post(reverse("admin:rates_rateobservation_add"), typed | {"_preview": "yes"})
    assert page.context["told"].changed == 0
    assert "every figure stays" in page.content.decode()


@pytest.mark.parametrize("model", ["rateobservation", "conversionfact", "exchangerate"])
def test_every_form_offers_it(editor, model):
    page = editor.get(reverse(f"admin:rates_{model}_add")).content.decode()
    assert 'name="_preview"' in page
