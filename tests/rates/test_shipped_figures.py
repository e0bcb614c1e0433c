"""The figures that ship: the published averages are among the sources, and every row is traceable."""

from __future__ import annotations

import re

import pytest

from rolematcher.pay.figures import figures_packaged
from rolematcher.pay.market import Market

from .market import TODAY

SIMPLILEARN = {
    "US": ("USD", 100000, 187652),
    "IN": ("INR", 1550000, 1200000),
    "AE": ("AED", 313790, 341021),
    "GB": ("GBP", 64000, 58000),
    "AU": ("AUD", 100000, 125000),
}


@pytest.mark.parametrize("place", SIMPLILEARN)
def test_the_published_averages_of_five_countries_stand_among_the_sources(place):
    currency, *averages = SIMPLILEARN[place]
    for role, average in zip(("ai_engineer", "ml_engineer"), averages, strict=True):
        found = Market(figures_packaged(), TODAY).estimate(role, place, "permanent")
        (ours,) = [source for source in found.sources if source.publisher == "Simplilearn"]
        assert (ours.currency, ours.typical, ours.kind) == (currency, average, "pay_unstated")


@pytest.mark.parametrize(("role", "price"), [("ai_engineer", 25), ("ml_engineer", 35)])
def test_embedded_offshore_is_one_providers_price_an_hour(role, price):
    found = Market(figures_packaged(), TODAY).estimate(role, "OFFSHORE", "embedded_offshore")
    assert (found.typical, found.unit, found.currency, found.kind) == (price, "hour", "USD", "bill_rate")
    assert found.publishers == 1


def test_every_fact_used_for_money_has_a_number_the_right_way_round_and_a_web_address_or_none():
    used = (
        "employer_burden.statutory",
        "employer_burden.loading_factor",
        "recruiter_fee",
        "time_to_hire",
        "ratio",
    )
    facts = figures_packaged().facts
    assert len(facts) == 123
    for fact in facts:
        assert re.fullmatch(r"(https?://\S+)?", fact.url), fact
        if fact.key.startswith(used):
            assert fact.range and fact.range[0] <= fact.range[1], fact
