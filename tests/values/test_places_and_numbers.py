"""Places, currencies, whole numbers and days from outside: one function each, a cure for what is wrong."""

from datetime import date, datetime

import pytest

from rolematcher.values.currencies import CURRENCIES, currency_of
from rolematcher.values.message import Message
from rolematcher.values.numbers import day_read, whole_read
from rolematcher.values.places import COUNTRIES, EU_COUNTRIES, country_of, market_of, place_read


@pytest.mark.parametrize(
    ("typed", "code"),
    [("DE", "DE"), (" us-ca ", "US-CA"), ("latam", "LATAM"), ("XK", None), ("XX-1", None), (49, None)],
)
def test_a_place_is_a_country_a_division_or_a_group(typed, code):
    read = place_read(typed)
    assert read == code if code else isinstance(read, Message)


def test_what_people_write_for_a_code_is_asked_back():
    assert place_read("uk") == Message(id="values.place.meant", values={"typed": "UK", "meant": "GB"})


@pytest.mark.parametrize(
    ("place", "market"),
    [
        (None, "unsure"), ("FR", "eu"), ("FR-IDF", "eu"), ("DACH", "eu"), ("GB", "other"), ("CH", "other"),
        ("LATAM", "other"), ("GLOBAL", "unsure"), ("OFFSHORE", "unsure"),
    ],
)  # fmt: skip
def test_the_market_of_a_place(place, market):
    assert market_of(place) == market


def test_the_lists_are_whole():
    assert len(EU_COUNTRIES) == 27 and EU_COUNTRIES < COUNTRIES and len(COUNTRIES) == 249
    assert len(set(CURRENCIES)) == len(CURRENCIES) > 150


@pytest.mark.parametrize(
    ("place", "currency"),
    [
        *(("DE", "EUR"), ("US-CA", "USD"), ("BG", "EUR"), ("CH", "CHF"), ("IN", "INR"), ("DACH", "EUR")),
        (None, ""),
    ],
)
def test_the_currency_of_a_place(place, currency):
    assert currency_of(place) == currency


def test_most_countries_have_a_currency_in_use():
    assert sum(bool(currency_of(code)) for code in COUNTRIES) > 240
    assert country_of("US-CA") == "US" and country_of("DACH") == ""


@pytest.mark.parametrize(("typed", "number"), [("40", 40), (40, 40), (" 1 ", 1), ("80", 80)])
def test_a_whole_number_is_read(typed, number):
    assert whole_read(typed, least=1, most=80) == number


@pytest.mark.parametrize(
    "typed", ["0", "81", "40.0", 40.0, True, "-1", "４０", "1e1", "", None, "9" * 1000, 10**30]
)
def test_a_number_out_of_bounds_or_not_whole_is_refused(typed):
    found = whole_read(typed, least=1, most=80)
    assert isinstance(found, Message) and found.values["most"] == 80


def test_a_day_is_a_day_of_the_calendar():
    assert day_read("2027-01-31") == date(2027, 1, 31)
    for typed in ("2027-02-30", "31.01.2027", "", None, 20270131, "２０２７-01-31", datetime(2027, 1, 31)):
        assert isinstance(day_read(typed), Message)
