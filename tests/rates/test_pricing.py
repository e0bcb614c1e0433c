"""What people enter is in the figures of the next decision, over the packaged ones."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from rolematcher.pay.figures import figures_packaged
from rolematcher.rates.models import ExchangeRate, RateObservation
from rolematcher.rates.pricing import figures_on_file

pytestmark = pytest.mark.django_db


def test_nothing_entered_is_the_packaged_bundle():
    assert figures_on_file().all == figures_packaged().all


def test_a_row_a_person_enters_is_in_the_next_bundle_and_removed_is_gone(rules_editor):
    row = RateObservation.objects.create(
        role="ai_engineer", place="MT", engagement_type="permanent", currency="EUR", unit="year",
        kind="base_pay", typical=50000, statistic="median", publisher="Our survey", title="Survey",
        interest="recruiter", as_of="2026-06", changed_by=rules_editor,
    )  # fmt: skip
    figures = figures_on_file()
    assert figures is figures_on_file()
    assert [seen.publisher for seen in figures.rows("ai_engineer", "MT", "permanent")] == ["Our survey"]
    row.delete()
    assert figures_on_file().all == figures_packaged().all


def test_the_operators_exchange_rate_comes_first():
    ExchangeRate.objects.create(base="USD", quote="EUR", rate="0.5", on="2026-11-01", publisher="House")
    day = ExchangeRate.objects.get().on
    assert figures_on_file().exchange.rate("USD", "EUR", day).publisher == "House"


def test_estimate_names_the_nearest_place():
    with pytest.raises(CommandError, match=r"Nearest: .*DE"):
        call_command("rates", "estimate", "ai_engineer", "DEE")
