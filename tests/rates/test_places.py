"""Places the form takes, places that have names, and places rates are filed under: they agree."""

from __future__ import annotations

from rolematcher.engine.money.observation import CURRENCIES
from rolematcher.engine.regions import ALSO_WRITTEN, COUNTRIES, EU_COUNTRIES, EU_GROUPS, GROUPS, REGIONS
from rolematcher.rates.services import packaged_facts, packaged_observations

from .market import PLACES


def test_every_place_with_a_name_is_one_the_form_takes():
    assert set(PLACES.by_code) <= REGIONS
    assert all(place.name and place.currency in CURRENCIES for place in PLACES.by_code.values())


def test_the_named_groups_are_the_ones_rates_are_published_for():
    assert {code for code in PLACES.by_code if code not in COUNTRIES} == GROUPS
    for code in GROUPS:
        assert set(PLACES.by_code[code].members) <= COUNTRIES


def test_a_group_counts_as_the_european_union_exactly_where_a_member_is_in_it():
    for code in GROUPS:
        assert (code in EU_GROUPS) == bool(set(PLACES.by_code[code].members) & EU_COUNTRIES)


def test_every_shipped_rate_and_fact_is_filed_under_a_place_with_a_name():
    assert {row.region for row in packaged_observations()} <= set(PLACES.by_code)
    # Codes of occupations are one standard's for the whole European Union; they are no figures.
    figures = [fact for fact in packaged_facts() if not fact.key.startswith("occupation.")]
    assert figures and {fact.region for fact in figures} - {""} <= REGIONS


def test_every_place_with_a_name_of_its_own_has_a_rate_or_is_a_member_of_a_group():
    filed = {row.region for row in packaged_observations()}
    members = {member for place in PLACES.by_code.values() for member in place.members}
    assert set(PLACES.by_code) <= filed | members


def test_there_are_as_many_countries_as_the_standard_has():
    assert len(COUNTRIES) == 249
    assert EU_COUNTRIES < COUNTRIES and len(EU_COUNTRIES) == 27


def test_other_spellings_stand_for_places_there_are_and_are_none_themselves():
    assert set(ALSO_WRITTEN.values()) <= REGIONS
    assert not set(ALSO_WRITTEN) & REGIONS
