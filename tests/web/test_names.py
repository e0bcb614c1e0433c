"""Places by name: every division that the product knows is named in both languages and can be typed so."""

import csv
import tomllib

import pytest
from django.utils import translation

from rolematcher.intake.places import place_code
from rolematcher.packaged import packaged_text
from rolematcher.pay.figures import figures_packaged
from rolematcher.web.names import divisions, from_to, place_name


@pytest.mark.parametrize(
    ("language", "code", "name"),
    [
        ("en", "US-CA", "California, United States"),
        ("de", "US-CA", "Kalifornien, Vereinigte Staaten"),
        ("de", "DE-BY", "Bayern, Deutschland"),
        ("en", "DE-BY", "Bavaria, Germany"),
    ],
)
def test_a_division_is_named_with_its_country(language, code, name):
    with translation.override(language):
        assert place_name(code) == name


def test_a_year_is_no_span_with_a_month_of_it():
    assert (from_to("2026", "2026-01"), from_to("2025-12", "2026")) == ("2026", "December 2025 to 2026")


def test_every_division_in_the_shipped_data_has_a_name_in_both_languages():
    figures = figures_packaged()
    laws = {rule.place for rules in (figures.transparency, figures.past_pay) for rule in rules}
    towns = csv.DictReader(packaged_text("reading/places.csv").splitlines())
    shipped = set(tomllib.loads(packaged_text("reading/regions.toml"))["divisions"]) | laws
    shipped |= {f"{row['country']}-{row['state']}" for row in towns if row["state"]}
    assert {code for code in shipped if "-" in code} - divisions().keys() == set()
    assert all(row["en"] and row["de"] for row in divisions().values())


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("California", "US-CA"),
        ("california, united states", "US-CA"),
        ("Kalifornien", "US-CA"),
        ("Bavaria", "DE-BY"),
        ("Georgia", "GE"),
        ("Georgia, United States", "US-GA"),
        ("Punjab, Pakistan", "PK-PB"),
        ("us-ca", "us-ca"),
    ],
)
def test_a_division_can_be_typed_by_its_name(typed, code):
    with translation.override("de" if typed == "Kalifornien" else "en"):
        assert place_code(typed) == code
