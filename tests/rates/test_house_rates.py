"""Agreed rates of past decisions: a source of their own, only where the operator switched them on."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from rolematcher.decisions.models import Outcome
from rolematcher.pay.market import Market
from rolematcher.rates.pricing import figures_on_file

from .market import POST

pytestmark = pytest.mark.django_db


AGREED = {"agreed_currency": "USD", "agreed_unit": "year", "agreed_kind": "base_pay"}


@pytest.fixture
def agreed(decision_of, recruiter, settings):
    """What was agreed for a post in the US, each time a decision of its own; such rates are switched on."""
    settings.HOUSE_RATES = True

    def make(amount: str, at: str, **columns: str) -> None:
        said = {"right_role": "yes", "hired_role": "ai_engineer", "agreed_amount": amount} | AGREED | columns
        outcome = Outcome.objects.create(
            decision=decision_of(recruiter, **POST, place="US"), by=recruiter, **said
        )
        when = timezone.make_aware(dt.datetime.fromisoformat(at))
        Outcome.objects.filter(pk=outcome.pk).update(at=when)

    return make


def ours() -> list:
    return [row for row in figures_on_file().all if row.interest == "house" and row.seniority == "all"]


def test_agreed_rates_are_one_publisher_with_count_and_dates(agreed):
    for amount, at in (("150000", "2026-05-01"), ("170000", "2026-07-01"), ("160000", "2026-06-01")):
        agreed(amount, at)
    (house,) = ours()
    assert (house.low, house.typical, house.high) == (150000, 160000, 170000)
    assert (house.publisher, house.title) == ("Our own placements", "Agreed rates, 2026-05 to 2026-07")
    assert (house.sample_size, house.as_of) == (3, "2026-07-01")
    market = Market(figures_on_file(), dt.date(2026, 8, 1))
    found = market.estimate("ai_engineer", "US", "permanent")
    (source,) = [source for source in found.sources if source.publisher == "Our own placements"]
    assert source.part == "votes"


def test_rates_two_years_older_than_the_newest_are_left_out(agreed):
    agreed("90000", "2023-05-01")
    agreed("150000", "2026-05-01")
    (house,) = ours()
    assert (house.low, house.sample_size) == (150000, 1)


@pytest.mark.parametrize(
    "columns", [{"agreed_unit": "fortnight"}, {"agreed_currency": ""}, {"agreed_kind": "gift"}]
)
def test_what_was_recorded_by_halves_is_left_out(agreed, columns):
    agreed("150000", "2026-05-01", **columns)
    assert ours() == []


def test_agreed_rates_are_mixed_in_while_switched_on_and_never_unasked(agreed, settings):
    agreed("150000", "2026-05-01")
    assert len(ours()) == 1
    settings.HOUSE_RATES = False
    assert ours() == []
